// The client against servers and lines that do anything: node fuzz.mjs [ROUNDS] [SEED].
// A round ends at once, cleanly, and with nothing accepted that was altered on the
// way. What a server with the right key sends may be anything too; it only must not
// break the client, hang it or fill its memory.

import assert from "node:assert/strict";

import { FakeServer, Line, theCode, thePin } from "./server.mjs";

import { dial } from "../src/ssh.js";
import { MSG, bytesOf, joined, message, u32 } from "../src/wire.js";

const rounds = Number(process.argv[2] ?? 500);
const seed = Number(process.argv[3] ?? 1);
const mostMemory = 150 << 20; // bytes beyond what there was at the beginning
const mostWork = 10_000; // milliseconds of a processor for a round

// chance is a generator of numbers (mulberry32): below n, the same for a seed.
function chance(seed) {
	let a = seed >>> 0;
	const next = () => {
		a = (a + 0x6d2b79f5) >>> 0;
		let t = Math.imul(a ^ (a >>> 15), 1 | a);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return (t ^ (t >>> 14)) >>> 0;
	};
	return (n) => next() % n;
}

const noise = (below, n) => Uint8Array.from({ length: n }, () => below(256));

// spoil alters bytes in one of the ways in which bytes go wrong.
function spoil(below, bytes) {
	const b = bytes.slice();
	const at = below(Math.max(1, b.length));
	switch (below(8)) {
		case 0: // one bit
			if (b.length) b[at] ^= 1 << below(8);
			return b;
		case 1: // several bytes
			for (let i = 0; i < 4 && b.length; i++) b[below(b.length)] = below(256);
			return b;
		case 2:
			return b.subarray(0, at);
		case 3:
			return b.subarray(at);
		case 4:
			return joined([b, noise(below, 1 + below(100))]);
		case 5:
			return joined([b.subarray(0, at), noise(below, 1 + below(8)), b.subarray(at)]);
		case 6: { // a length somewhere
			const lengths = [0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 35000, 35001, below(2 ** 32)];
			if (b.length >= 4) b.set(u32(lengths[below(lengths.length)]).bytes, below(b.length - 3));
			return b;
		}
		default:
			return noise(below, below(3000));
	}
}

const types = Object.values(MSG);

// invented is a message that a server may send at any time, or may not.
function invented(below) {
	const type = below(4) ? types[below(types.length)] : below(256);
	const texts = ["", "ssh-userauth", "session", "exit-status", "exit-signal", "keepalive@openssh.com", "x".repeat(below(5000)), "长", "\u202e\u001b[2J"];
	const parts = Array.from({ length: below(6) }, () => [u32(below(3) ? below(4) : below(2 ** 32)), below(2) === 1, texts[below(texts.length)], noise(below, below(below(20) ? 40 : 34000))][below(4)]);
	return message(type, ...parts);
}

// What goes wrong in a round. on tells how; forged is what whoever stands between
// can do, without the server's key.
const ways = [
	{
		name: "bytes on the line",
		forged: true,
		lay(below, server, line) {
			const nth = below(25);
			let n = 0;
			const kept = [];
			line.garble = (bytes) => {
				kept.push(bytes);
				if (n++ !== nth) return [bytes];
				line.altered = true;
				line.early = nth < 4; // up to the server's NEWKEYS
				switch (below(5)) {
					case 0:
						return [];
					case 1:
						return [bytes, bytes];
					case 2:
						return [kept[below(kept.length)], bytes];
					default: {
						const bad = spoil(below, bytes);
						// Nothing proves the padding of a packet in the clear.
						const end = line.early && nth > 0 ? bytes.length - bytes[4] : bytes.length;
						if (bad.length === bytes.length && Buffer.compare(bad.subarray(0, end), bytes.subarray(0, end)) === 0) line.altered = false;
						return [bad];
					}
				}
			};
		},
	},
	{
		name: "two packets change places",
		forged: true,
		lay(below, server, line) {
			const nth = below(25);
			let n = 0;
			let held;
			line.garble = (bytes) => {
				if (n++ === nth) {
					held = bytes;
					line.altered = true;
					line.early = nth < 4;
					return [];
				}
				if (!held) return [bytes];
				const both = [bytes, held];
				held = undefined;
				return both;
			};
		},
	},
	{
		name: "messages",
		lay(below, server) {
			const often = 2 + below(20);
			const old = [];
			server.change = (payload) => {
				old.push(payload);
				if (below(often)) return [payload];
				switch (below(6)) {
					case 0:
						return [];
					case 1:
						return [payload, payload];
					case 2:
						return [old[below(old.length)], payload];
					case 3:
						return [invented(below), payload];
					case 4:
						return [payload, invented(below)];
					default:
						return [spoil(below, payload)].map((m) => (m.length ? m.subarray(0, 34000) : Uint8Array.of(0)));
				}
			};
		},
	},
	{
		name: "a flood",
		lay(below, server) {
			const what = types[below(types.length)];
			const one = below(2) ? invented(below) : message(what, u32(0), "x".repeat(below(30000)), "", true);
			server.word = (s) => {
				for (let i = 0; i < 300 && !s.line.closed; i++) s.send(one);
			};
		},
	},
	{
		name: "changes of keys",
		lay(below, server) {
			const word = server.word;
			server.word = (s) => {
				s.propose();
				if (below(2)) s.send(invented(below));
				if (below(2)) s.propose();
				word(s);
			};
		},
	},
];

// expected is all that the word prints.
const expected = Buffer.concat([Buffer.from("第一行\n"), Buffer.alloc(90_000, "0123456789"), Buffer.from("最后一行\n")]);

async function round(below, way) {
	const line = new Line();
	const server = new FakeServer(line);
	server.banners = ["欢迎"];
	server.word = (s) => {
		s.prints(expected.subarray(0, 20));
		s.prints("旁白\n", 1);
		s.prints(expected.subarray(20));
		s.leaves(0);
	};
	way.lay(below, server, line);
	const options = { pin: thePin, code: theCode };
	if (below(3) === 0) options.renewal = { packets: 4 + below(20), bytes: 2 ** 28 };
	let outcome = null;
	const dialled = dial(line.transport, options).then(
		(ssh) => {
			outcome = "in";
			return ssh;
		},
		(err) => {
			outcome = err;
		},
	);
	const got = [];
	// A server that was confused by its own lies falls silent.
	let silent = false;
	const confused = {
		feed(bytes) {
			try {
				if (!silent) server.feed(bytes);
			} catch {
				silent = true;
			}
		},
	};
	server.start();
	line.run(confused);
	await null;
	await null;
	if (outcome === "in") {
		const ssh = await dialled;
		let ended = 0;
		const s = ssh.exec("page", { ondata: (b) => got.push(Buffer.from(b)), onend: () => ended++ });
		s.write(bytesOf("一行\n"));
		const asked = ssh.ask().catch(() => {});
		line.run(confused);
		line.breaks();
		await asked;
		const why = await ssh.closed;
		assert.equal(why.cause, undefined, why.cause?.stack);
		assert.equal(ended, 1);
	} else {
		line.breaks();
		await dialled;
	}
	if (outcome !== "in") {
		assert.ok(["pin", "code", "closed", "protocol"].includes(outcome.kind), String(outcome.stack));
		assert.equal(outcome.cause, undefined, outcome.cause?.stack);
	}
	assert.ok(line.closed);
	if (way.forged) {
		const taken = Buffer.concat(got);
		assert.equal(Buffer.compare(taken, expected.subarray(0, taken.length)), 0, "altered output was taken");
		if (line.altered && line.early) assert.notEqual(outcome, "in", "an altered exchange of keys was taken");
	}
	assert.ok(Buffer.from(line.sentBytes()).indexOf(theCode) < 0, "the code left in the clear");
	return outcome === "in" ? "in" : outcome.kind;
}

const memory = () => {
	const { heapUsed, arrayBuffers } = process.memoryUsage();
	return heapUsed + arrayBuffers;
};

const start = memory();
let peak = 0;
const ends = {};
for (let i = 0; i < rounds; i++) {
	const below = chance(seed * 1_000_003 + i);
	const way = ways[i % ways.length];
	const began = process.cpuUsage();
	try {
		const end = await round(below, way);
		ends[end] = (ends[end] ?? 0) + 1;
	} catch (err) {
		console.error(`round ${i} of seed ${seed} (${way.name}):`);
		throw err;
	}
	peak = Math.max(peak, memory() - start);
	const work = process.cpuUsage(began).user / 1000;
	assert.ok(work < mostWork, `round ${i} of seed ${seed} (${way.name}) took ${work} ms`);
	assert.ok(peak < mostMemory, `round ${i} of seed ${seed} (${way.name}): ${peak >> 20} MB`);
}
console.log(JSON.stringify({ rounds, seed, ends, megabytes: peak >> 20 }));
