// The client against a server in memory: node --test.

import assert from "node:assert/strict";
import { test } from "node:test";

import { FakeServer, Line, pinOf, theCode, thePin } from "./server.mjs";

import { ed25519 } from "@noble/curves/ed25519.js";
import { Incoming, Outgoing, Seal } from "../src/packets.js";
import { dial } from "../src/ssh.js";
import { MSG, bytesOf, joined, message, u32 } from "../src/wire.js";

// meets lets a client come to a server, which with prepares, and waits for dial.
async function meets(prepare = () => {}, options = {}) {
	const line = new Line();
	const dialled = dial(line.transport, { pin: thePin, code: theCode, ...options });
	dialled.catch(() => {});
	const server = new FakeServer(line);
	prepare(server, line);
	server.start();
	line.run(server);
	if (!line.closed && options.breaks) line.breaks();
	return { line, server, dialled };
}

const comesIn = async (prepare, options) => {
	const met = await meets(prepare, options);
	return { ...met, ssh: await met.dialled };
};

async function isRefused(kind, prepare, options) {
	const met = await meets(prepare, options);
	const err = await met.dialled.then(
		() => assert.fail("it came in"),
		(e) => e,
	);
	assert.equal(err.kind, kind, err.message);
	assert.equal(err.cause, undefined, String(err.cause?.stack));
	assert.ok(met.line.closed);
	return { ...met, err };
}

// says says a word and returns what comes of it.
function says(met, word, on = {}) {
	const got = { out: [], err: [], ended: null };
	const s = met.ssh.exec(word, {
		ondata: (b) => got.out.push(Buffer.from(b)),
		onerr: (b) => got.err.push(Buffer.from(b)),
		onend: (end) => {
			assert.equal(got.ended, null, "it ended twice");
			got.ended = end;
		},
		...on,
	});
	met.line.run(met.server);
	return { s, got, out: () => Buffer.concat(got.out) };
}

// state is why a connection has ended, or that it has not.
const state = (ssh) => Promise.race([ssh.closed, Promise.resolve({ kind: "open" })]);

const without = (bytes, text) => assert.ok(Buffer.from(bytes).indexOf(text) < 0, `${text} was sent`);

test("it comes in, says a word, and leaves", async () => {
	const met = await comesIn();
	const { got, out } = says(met, "whoami", { env: { LANG: "zh_CN.UTF-8" } });
	assert.equal(out().toString(), "hello\n");
	assert.deepEqual(got.ended, { exit: 0, why: "" });
	const asked = met.ssh.ask();
	met.line.run(met.server);
	assert.equal(await asked, false);
	met.ssh.close();
	assert.equal((await met.ssh.closed).kind, "closed");
	assert.ok(met.line.closed);
	without(met.line.sentBytes(), theCode);
});

test("its part of the key goes unasked, and again to a server that passes over it", async () => {
	for (const prefers of ["", "mlkem768x25519-sha256"]) {
		const met = await comesIn((s) => (s.prefers = prefers));
		assert.equal(met.server.types().filter((type) => type === MSG.kexInitECDH).length, prefers ? 2 : 1);
		assert.equal(says(met, "whoami").out().toString(), "hello\n");
	}
	// It waits for nothing: it is there before the server has said a word.
	const line = new Line();
	const dialled = dial(line.transport, { pin: thePin, code: theCode });
	await new Promise((done) => setTimeout(done, 50));
	assert.equal(line.seen.length, 3); // the version, the proposal, the key
	without(line.sentBytes(), theCode);
	const server = new FakeServer(line);
	server.start();
	line.run(server);
	await dialled;
});

test("a second word may follow, not two at once", async () => {
	const met = await comesIn((server) => {
		server.word = () => {};
	});
	const first = says(met, "page");
	assert.throws(() => met.ssh.exec("page"));
	met.server.leaves(3);
	met.line.run(met.server);
	assert.deepEqual(first.got.ended, { exit: 3, why: "" });
	met.server.word = (s) => {
		s.prints("没有这个命令。\r\n", 1);
		s.leaves(2);
	};
	let third = null;
	const onend = () => met.ssh.exec("whoami", { onend: (end) => (third = end) });
	says(met, "nonsense", { onend }); // the next may follow at once
	assert.equal(third.exit, 2);
	const second = says(met, "nonsense");
	assert.deepEqual(second.got.ended, { exit: 2, why: "没有这个命令。" });
	assert.equal(Buffer.concat(second.got.err).toString(), "没有这个命令。\r\n");
});

test("a word that a signal ends is told so, beside what it said", async () => {
	for (const [said, why] of [["", "KILL"], ["错了\n", "错了"]]) {
		const met = await comesIn((s) => (s.word = (server) => {
			if (said) server.prints(said, 1);
			server.send(message(MSG.channelRequest, u32(0), "exit-signal", false, "KILL", false, "", ""));
			server.send(message(MSG.close, u32(0)));
		}));
		assert.deepEqual(says(met, "page").got.ended, { exit: null, why });
		assert.equal((await state(met.ssh)).kind, "open");
	}
});

test("a pin that is none, or short, is refused before anything is sent", async () => {
	for (const pin of ["", undefined, thePin.slice(0, 21), thePin + "A", thePin.slice(0, 30) + "+", thePin.slice(0, 30) + "=", "…".repeat(30)]) {
		const { line } = await isRefused("pin", () => {}, { pin });
		assert.equal(line.seen.length, 0);
	}
	await comesIn(() => {}, { pin: thePin.slice(0, 22) });
});

test("to another host key, or one without its proof, no code is sent", async () => {
	const impostor = new Uint8Array(32).fill(8);
	const attacks = {
		"another key": (server) => {
			server.secret = impostor;
			server.hostKey = message("ssh-ed25519", ed25519.getPublicKey(impostor));
		},
		"the key without its secret": (server) => {
			server.secret = impostor;
		},
	};
	for (const [name, attack] of Object.entries(attacks)) {
		const { line, server } = await isRefused("pin", (s) => {
			attack(s);
			s.answer = () => true;
		});
		assert.deepEqual(server.types(), [MSG.kexInit, MSG.kexInitECDH, MSG.disconnect], name);
		without(line.sentBytes(), theCode);
	}
	// The control: with the impostor's own pin the same server gets the code.
	const leak = await comesIn(attacks["another key"], { pin: pinOf(message("ssh-ed25519", ed25519.getPublicKey(impostor))) });
	assert.ok(leak.server.heard.some((m) => Buffer.from(m).indexOf(theCode) > 0));
});

test("a key that is no ed25519 key, or a weak point, is refused", async () => {
	const odd = message("ssh-rsa", new Uint8Array(32));
	await isRefused("protocol", (s) => (s.hostKey = odd), { pin: pinOf(odd) });
	const long = message("ssh-ed25519", new Uint8Array(33));
	await isRefused("protocol", (s) => (s.hostKey = long), { pin: pinOf(long) });
	for (const point of [new Uint8Array(32), Uint8Array.of(1, ...new Uint8Array(31)), new Uint8Array(31), new Uint8Array(33)]) await isRefused("protocol", (s) => (s.point = point));
});

test("something that is slipped into the first exchange of keys ends it (Terrapin)", async () => {
	const slipped = { ignore: message(MSG.ignore, ""), debug: message(MSG.debug, false, "x", ""), unimplemented: message(MSG.unimplemented, u32(0)), banner: message(MSG.authBanner, "x", ""), success: message(MSG.authSuccess), ext: message(MSG.extInfo, u32(0)), ping: message(192, "x") };
	for (const [name, extra] of Object.entries(slipped)) {
		for (const before of [MSG.kexInit, MSG.kexReplyECDH, MSG.newKeys]) {
			let done = false;
			const { server, line } = await isRefused("protocol", (s, l) => {
				// Packets are not sealed yet: whoever stands between can make some.
				l.garble = (bytes) => {
					if (bytes[5] !== before || done) return [bytes];
					done = true;
					return [new Outgoing().packet(extra), bytes];
				};
			}).catch((e) => assert.fail(`${name} before ${before}: ${e.message}`));
			assert.ok(done);
			assert.ok(!server.types().includes(MSG.authRequest), `${name} before ${before}`);
			without(line.sentBytes(), theCode);
		}
	}
});

test("a first sealed packet that is dropped ends it", async () => {
	await isRefused("protocol", (s, l) => {
		let sealed = false;
		let dropped = false;
		l.garble = (bytes) => {
			if (sealed && !dropped) return (dropped = true), [];
			sealed ||= bytes[5] === MSG.newKeys && bytes.length === 16;
			return [bytes];
		};
	});
});

test("a server without strict exchanges, or with other algorithms, or that guesses, is refused", async () => {
	const edits = [
		(p) => Buffer.from(Buffer.from(p).toString("latin1").replace("kex-strict-s-v00", "kex-strict-x-v00"), "latin1"),
		(p) => Buffer.from(Buffer.from(p).toString("latin1").replace("curve25519-sha256", "curve25519-sha255"), "latin1"),
		(p) => Buffer.from(Buffer.from(p).toString("latin1").replaceAll("aes128-gcm", "aes128-ctr"), "latin1"),
		(p) => Uint8Array.of(...p.subarray(0, p.length - 5), 1, 0, 0, 0, 0),
		(p) => Uint8Array.of(...p, 0),
		(p) => p.subarray(0, p.length - 1),
	];
	for (const edit of edits) {
		await isRefused("protocol", (s) => (s.change = (p) => [p[0] === MSG.kexInit ? edit(p) : p]));
	}
});

test("a wrong code is refused in the server's words", async () => {
	const { err } = await isRefused("code", (s) => (s.banners = ["Wrong code / 入会码不对，\u001b[31m还有 2 次。\r\n"]), { code: "AAAAA-AAAAA" });
	assert.equal(err.say, "Wrong code / 入会码不对，[31m还有 2 次。");
	const cut = await isRefused("code", (s) => {
		s.banners = ["The meeting is over / 会已经结束。"];
		s.change = (p) => (p[0] === MSG.authFailure ? [] : [p]);
	}, { code: "AAAAA-AAAAA", breaks: true }).catch((e) => e);
	assert.equal(cut.err.say, "The meeting is over / 会已经结束。");
});

test("endless banners are not kept", async () => {
	const { err } = await isRefused("code", (s) => (s.banners = Array(50).fill("长".repeat(10000))), { code: "AAAAA-AAAAA" });
	assert.equal(err.say.length, 4096);
});

test("a line that breaks, or is silent, ends everything that waits", async () => {
	const met = await comesIn((s) => (s.word = () => {}));
	const { s, got } = says(met, "page");
	const asked = met.ssh.ask();
	const written = s.write(new Uint8Array(3 << 20));
	met.line.breaks();
	await assert.rejects(asked, { kind: "closed" });
	assert.equal(await written, false);
	assert.deepEqual(got.ended, { exit: null, why: "" });
	assert.equal((await met.ssh.closed).kind, "closed");
	await assert.rejects(met.ssh.ask(), { kind: "closed" });
	assert.equal(await s.write(new Uint8Array(1)), false);
	let late = null;
	met.ssh.exec("page", { onend: (e) => (late = e) });
	await null;
	assert.deepEqual(late, { exit: null, why: "" });

	const line = new Line();
	await assert.rejects(dial(line.transport, { pin: thePin, code: theCode, patience: 20 }), { kind: "closed" });
});

test("what the server says when it hangs up is told", async () => {
	const met = await comesIn();
	met.server.send(message(MSG.disconnect, u32(2), "服务器关闭了。", ""));
	met.line.run(met.server);
	const why = await met.ssh.closed;
	assert.equal(why.kind, "closed");
	assert.equal(why.say, "服务器关闭了。");
	// Before the server has proved its key nobody's sentence is shown.
	const early = await isRefused("closed", (s) => (s.change = (p) => (p[0] === MSG.kexReplyECDH ? [message(MSG.disconnect, u32(2), "请到 http://… 登录", "")] : [p])));
	assert.equal(early.err.say, "");
});

test("output is taken as it was asked for, and not more", async () => {
	const big = Buffer.alloc(9_000_000, "0123456789");
	const met = await comesIn((s) => (s.word = (server) => server.prints(big)));
	const { out } = says(met, "big");
	assert.equal(Buffer.compare(out(), big), 0);
	const floods = {
		"a message too long": (server) => server.send(message(MSG.data, u32(0), new Uint8Array(32769))),
		"after its end": (server) => {
			server.leaves(0);
			server.send(message(MSG.data, u32(0), "x"));
		},
		"two ends of the output": (server) => {
			server.send(message(MSG.eof, u32(0)));
			server.send(message(MSG.eof, u32(0)));
		},
		"after the output's end": (server) => {
			server.send(message(MSG.eof, u32(0)));
			server.send(message(MSG.data, u32(0), "x"));
		},
	};
	for (const [name, flood] of Object.entries(floods)) {
		const bad = await comesIn((s) => (s.word = flood));
		says(bad, "big");
		assert.equal((await state(bad.ssh)).kind, "protocol", name);
	}
	// What we have closed is not asked for any more.
	const left = await comesIn((s) => (s.word = () => {}));
	const { s } = says(left, "big");
	s.close();
	for (let i = 0; i < 64; i++) left.server.send(message(MSG.data, u32(0), new Uint8Array(32768)));
	left.line.run(left.server);
	assert.equal((await state(left.ssh)).kind, "open");
	left.server.send(message(MSG.data, u32(0), new Uint8Array(1)));
	left.line.run(left.server);
	assert.equal((await state(left.ssh)).kind, "protocol");
});

test("input waits for room", async () => {
	const met = await comesIn((s) => (s.word = () => {}));
	const { s } = says(met, "vote");
	const written = s.write(new Uint8Array(3 << 20).fill(1));
	s.end();
	met.line.run(met.server);
	const sent = () => met.server.heard.filter((m) => m[0] === MSG.data).reduce((n, m) => n + m.length - 9, 0);
	assert.equal(sent(), 1 << 20);
	assert.ok(!met.server.types().includes(MSG.eof));
	met.server.send(message(MSG.windowAdjust, u32(0), u32(5 << 20)));
	met.line.run(met.server);
	assert.equal(await written, true);
	assert.equal(sent(), 3 << 20);
	assert.equal(met.server.types().at(-1), MSG.eof);
	met.server.send(message(MSG.windowAdjust, u32(0), u32(0xffffffff)));
	met.line.run(met.server);
	assert.equal((await met.ssh.closed).kind, "protocol");
});

test("both sides change keys on the way", async () => {
	const big = Buffer.alloc(3_000_000, "0123456789");
	for (const renewal of [{ packets: 10, bytes: 2 ** 28 }, { packets: 2 ** 20, bytes: 100_000 }]) {
		const met = await comesIn((s) => (s.word = (server) => server.prints(big)), { renewal });
		const { out } = says(met, "big");
		assert.equal(Buffer.compare(out(), big), 0);
		assert.ok(met.server.exchanges > 2, `${met.server.exchanges}`);
	}
	const met = await comesIn((s) => (s.word = () => {}));
	const { s, out } = says(met, "page");
	for (let i = 0; i < 5; i++) {
		met.server.propose();
		met.ssh.renew();
		const written = s.write(bytesOf(`line ${i}\n`));
		const asked = met.ssh.ask();
		met.line.run(met.server);
		assert.equal(await written, true);
		assert.equal(await asked, false);
		met.server.prints(`answer ${i}\n`);
		met.line.run(met.server);
	}
	assert.equal(met.server.exchanges, 6);
	assert.equal(out().toString(), "answer 0\nanswer 1\nanswer 2\nanswer 3\nanswer 4\n");
	// Another host key in the middle is refused.
	met.server.secret = new Uint8Array(32).fill(9);
	met.server.propose();
	met.line.run(met.server);
	assert.equal((await met.ssh.closed).kind, "pin");
});

test("what waits for new keys is bounded", async () => {
	const met = await comesIn();
	met.server.heard = [];
	met.ssh.renew();
	for (let i = 0; i < 2000; i++) met.server.send(message(MSG.globalRequest, "keepalive@openssh.com", true));
	// The server has the client's proposal only after all these.
	met.line.run({ feed: () => {} });
	assert.equal((await met.ssh.closed).kind, "protocol");
});

test("messages out of turn, malformed or for others end the connection", async () => {
	const wrong = {
		"a second success": message(MSG.authSuccess),
		"a banner after the door": message(MSG.authBanner, "x", ""),
		"a service": message(MSG.serviceAccept, "ssh-userauth"),
		"an extension": message(MSG.extInfo, u32(0)),
		"an answer to nothing": message(MSG.requestSuccess),
		"data for no session": message(MSG.data, u32(0), "x"),
		"a confirmation of nothing": message(MSG.openConfirmation, u32(0), u32(0), u32(1), u32(1)),
		"new keys": message(MSG.newKeys),
		"a key's answer": message(MSG.kexReplyECDH, "", "", ""),
		"a kex that there is not": Uint8Array.of(34),
		"a request that is cut off": message(MSG.globalRequest, u32(200)),
		"a proposal that is cut off": Uint8Array.of(MSG.kexInit, 1, 2, 3),
	};
	for (const [name, m] of Object.entries(wrong)) {
		const met = await comesIn();
		met.server.send(m);
		met.line.run(met.server);
		const why = await state(met.ssh);
		assert.equal(why.kind, "protocol", name);
		assert.equal(why.cause, undefined, name);
	}
	const harmless = [message(MSG.ignore, "x"), message(MSG.debug, false, "x", ""), message(MSG.unimplemented, u32(9)), message(192, "ping"), message(MSG.open, "x11", u32(3), u32(1), u32(1))];
	const met = await comesIn();
	for (const m of harmless) met.server.send(m);
	met.line.run(met.server);
	assert.deepEqual(met.server.types().slice(-2), [MSG.unimplemented, MSG.openFailure]);
	assert.equal(says(met, "whoami").out().toString(), "hello\n");
});

test("nothing but its own messages comes into a change of keys, each once", async () => {
	const extras = { data: message(MSG.data, u32(0), "x"), question: message(MSG.globalRequest, "keepalive@openssh.com", true), "a second proposal": null };
	for (const [name, extra] of Object.entries(extras)) {
		const met = await comesIn((s) => (s.word = () => {}));
		const { out } = says(met, "page");
		let proposed = null;
		met.server.change = (p) => {
			if (p[0] === MSG.kexInit) proposed = p;
			return p[0] === MSG.kexReplyECDH ? [extra ?? proposed, p] : [p];
		};
		met.server.propose();
		met.line.run(met.server);
		assert.equal((await state(met.ssh)).kind, "protocol", name);
		assert.equal(out().length, 0);
	}
	// What may be ignored may come.
	const met = await comesIn();
	met.server.change = (p) => (p[0] === MSG.kexReplyECDH ? [message(MSG.ignore, "x"), p] : [p]);
	met.server.propose();
	met.line.run(met.server);
	assert.equal(says(met, "whoami").out().toString(), "hello\n");
});

test("packets of impossible lengths or paddings, and long first lines, are refused", () => {
	const hello = bytesOf("SSH-2.0-x\r\n");
	const packet = (length, body) => joined([hello, u32(length).bytes, body]);
	const bad = {
		"too long": packet(35004, new Uint8Array(0)),
		huge: packet(0xfffffffc, new Uint8Array(0)),
		"no multiple": packet(13, new Uint8Array(0)),
		nothing: packet(0, new Uint8Array(0)),
		"all padding": packet(12, Uint8Array.of(11, ...new Uint8Array(11))),
		"more padding than packet": packet(12, Uint8Array.of(255, ...new Uint8Array(11))),
		"too little padding": packet(12, Uint8Array.of(3, ...new Uint8Array(11))),
		"a long line": bytesOf("SSH-2.0-" + "x".repeat(300)),
		"another protocol": bytesOf("HTTP/1.1 400 Bad Request\r\n"),
		"an old version": bytesOf("SSH-1.99-x\r\n"),
	};
	for (const [name, bytes] of Object.entries(bad)) {
		const got = [];
		const incoming = new Incoming(
			() => {},
			(m) => got.push(m),
		);
		assert.throws(() => incoming.feed(bytes), { kind: "protocol" }, name);
		assert.equal(got.length, 0);
	}
	const got = [];
	new Incoming(
		() => {},
		(m) => got.push([...m]),
	).feed(packet(12, Uint8Array.of(10, 7, ...new Uint8Array(10))));
	assert.deepEqual(got, [[7]]);
});

test("a key is not used for ever, and an altered packet does not open", () => {
	const [key, nonce, head, body] = [16, 12, 4, 32].map((n) => new Uint8Array(n));
	const seal = new Seal(key.slice(), nonce.slice(), 2);
	const shut = [seal.shut(head, body), seal.shut(head, body)];
	assert.notDeepEqual(shut[0], shut[1]);
	assert.throws(() => seal.shut(head, body), { kind: "protocol" });
	const opens = (packets) => {
		const other = new Seal(key.slice(), nonce.slice());
		return packets.map((p) => other.open(head, p));
	};
	assert.deepEqual(opens(shut), [body, body]);
	assert.throws(() => opens([shut[1]]), { kind: "protocol" });
	assert.throws(() => opens([shut[0].with(40, 1)]), { kind: "protocol" });
	// The counter carries.
	const edge = Uint8Array.of(1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 255, 255);
	const [a, b] = [new Seal(key.slice(), edge.slice()), new Seal(key.slice(), Uint8Array.of(1, 2, 3, 4, 0, 0, 0, 0, 0, 1, 0, 0))];
	a.shut(head, body);
	assert.deepEqual(a.shut(head, body), b.shut(head, body));
});

test("a server that sends without end fills no memory", async () => {
	const floods = [message(MSG.ignore, "x".repeat(30000)), message(MSG.globalRequest, "keepalive@openssh.com", true), message(MSG.extendedData, u32(0), u32(1), new Uint8Array(30000)), message(MSG.data, u32(0), new Uint8Array(30000)), message(192, "x".repeat(30000)), message(MSG.open, "x11", u32(0), u32(0), u32(0))];
	for (const flood of floods) {
		const met = await comesIn((s) => (s.word = () => {}));
		says(met, "page", { ondata: () => {}, onerr: () => {} });
		const before = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
		let peak = 0;
		for (let i = 0; i < 800; i++) {
			met.server.send(flood);
			met.line.run(met.server);
			met.line.seen = [];
			met.server.heard = [];
			if (i % 100 === 0) peak = Math.max(peak, process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed - before);
		}
		assert.equal((await state(met.ssh)).kind, "open");
		assert.ok(peak < 64 << 20, `${peak >> 20} MB of ${flood[0]}`);
	}
});

test("bytes in pieces are the same bytes", async () => {
	for (const n of [1, 3, 7, 1000]) {
		const met = await comesIn((s, l) => {
			l.garble = (bytes) => Array.from({ length: Math.ceil(bytes.length / n) }, (_, i) => bytes.subarray(i * n, i * n + n));
		});
		assert.equal(says(met, "whoami").out().toString(), "hello\n");
	}
});
