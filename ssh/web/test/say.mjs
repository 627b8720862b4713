// Comes in and says words: node say.mjs JSON. What it did and got is printed as JSON.
// The argument is
//
//	{host, port, pin, user, code, device (hex), renewal, patience, ask: true, words: [
//	  {word, env, input: FILE, output: FILE, until: TEXT, times}]}
//
// A word with until is closed as soon as its output holds that text.

import { webcrypto } from "node:crypto";
import fs from "node:fs";

import { dial } from "../src/ssh.js";
import { socket } from "./socket.mjs";

globalThis.crypto ??= webcrypto; // Node before 20

const { host, port, words = [], ask, device, ...options } = JSON.parse(process.argv[2]);
if (device) options.device = Uint8Array.from(Buffer.from(device, "hex"));
const line = socket(host, port);
const told = { in: false, words: [] };
const began = performance.now();
const since = (t) => Math.round((performance.now() - t) * 10) / 10;

function says(ssh, { word, env, input, output, until }) {
	const start = performance.now();
	const pieces = [];
	return new Promise((done) => {
		const s = ssh.exec(word, {
			env,
			ondata: (b) => {
				pieces.push(Buffer.from(b));
				if (until && Buffer.concat(pieces).includes(until)) s.close();
			},
			onend: (end) => {
				const out = Buffer.concat(pieces);
				if (output) fs.writeFileSync(output, out);
				done({ ...end, bytes: out.length, out: output ? "" : out.toString(), ms: since(start) });
			},
		});
		if (input) s.write(fs.readFileSync(input));
		if (!until) s.end();
	});
}

try {
	const ssh = await dial(line, options);
	told.in = true;
	told.dialled = { ms: since(began), sent: line.sent, received: line.received };
	ssh.closed.then((why) => (told.why = why.message));
	for (const word of words) told.words.push(await says(ssh, word));
	if (ask) {
		const t = performance.now();
		told.answer = await ssh.ask();
		told.askedFor = since(t);
	}
	ssh.close();
	told.ended = (await ssh.closed).kind;
} catch (err) {
	line.close();
	Object.assign(told, { kind: err.kind ?? "", say: err.say ?? "", message: err.message });
}
Object.assign(told, { sent: line.sent, received: line.received });
console.log(JSON.stringify(told));
