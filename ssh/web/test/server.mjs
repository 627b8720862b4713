// A server in memory that does as it is told, for the tests of the client: an
// honest one by default, on which a test lays its hands.

import { webcrypto } from "node:crypto";

import { ed25519, x25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";

import { proposal } from "../src/exchange.js";
import { Incoming, Outgoing, Seal } from "../src/packets.js";
import { MSG, Reader, joined, bytesOf, message, mpint, u32 } from "../src/wire.js";

globalThis.crypto ??= webcrypto; // Node before 20

export const theCode = "K7QF2-M9DWA";

const hello = "SSH-2.0-made_up";
const secret = new Uint8Array(32).fill(7); // of the host key
const hostKey = message("ssh-ed25519", ed25519.getPublicKey(secret));

export const pinOf = (blob) => Buffer.from(sha256(blob)).toString("base64url");
export const thePin = pinOf(hostKey);

// Line is what lies between client and server: what each has sent waits until run
// brings it to the other. A test may change the bytes (onbytes) and look at all that
// the client has sent.
export class Line {
	#toClient = [];
	#toServer = [];
	#onbytes = () => {};
	#onclose = () => {};
	garble = (bytes) => [bytes];
	seen = []; // everything that the client sent
	closed = false; // by the client

	transport = {
		send: (bytes) => {
			if (this.closed) throw new Error("closed");
			this.seen.push(bytes.slice());
			this.#toServer.push(bytes.slice());
		},
		close: () => {
			this.closed = true;
		},
		onbytes: (cb) => {
			this.#onbytes = cb;
		},
		onclose: (cb) => {
			this.#onclose = cb;
		},
	};

	toClient(bytes) {
		for (const some of this.garble(bytes)) this.#toClient.push(some);
	}

	// run brings everything to the other side until nothing more is sent.
	run(server) {
		while (this.#toServer.length > 0 || (this.#toClient.length > 0 && !this.closed)) {
			while (this.#toServer.length > 0) server.feed(this.#toServer.shift());
			if (this.#toClient.length > 0) this.#onbytes(this.#toClient.shift());
		}
	}

	// bring brings bytes to the client.
	bring(bytes) {
		this.#onbytes(bytes);
	}

	breaks() {
		this.#onclose();
	}

	sentBytes() {
		return joined(this.seen);
	}
}

// FakeServer serves one connection. change may replace a message by others before
// it is sealed; output is what its word prints; renew makes it change keys on the way.
export class FakeServer {
	#in = new Incoming(
		(line) => (this.theirHello = line),
		(payload) => this.#receive(payload.slice()),
	);
	#out = new Outgoing();
	#ours;
	#theirs;
	#session;
	#next;
	#channel = 0;
	#wants; // the client's window
	#rest = []; // output that waits for it
	heard = []; // the messages that the client sent
	exchanges = 0;
	change = (payload) => [payload];
	seal = (packet) => packet;
	secret = secret;
	hostKey = hostKey;
	point = null; // instead of its part of the key
	prefers = ""; // an exchange of keys that it likes better
	passedOver = 0; // what the client sent unasked for the other one
	banners = [];
	answer = (code) => code === theCode;
	word = (server) => {
		server.prints("hello\n");
		server.leaves(0);
	};

	constructor(line) {
		this.line = line;
	}

	// start greets the client.
	start() {
		this.line.toClient(bytesOf(hello + "\r\n"));
		this.propose();
	}

	feed(bytes) {
		this.#in.feed(bytes);
	}

	// send sends a message as change leaves it.
	send(payload) {
		for (const p of this.change(payload)) this.sends(p);
	}

	sends(payload) {
		this.line.toClient(this.seal(this.#out.packet(payload)));
	}

	propose() {
		const first = this.#session === undefined;
		this.#ours = proposal(first, "s");
		if (this.prefers) {
			const names = new Reader(this.#ours.subarray(17)).name();
			this.#ours = joined([this.#ours.subarray(0, 17), message(`${this.prefers},${names}`), this.#ours.subarray(17 + 4 + names.length)]);
		}
		this.send(this.#ours);
	}

	#receive(payload) {
		this.heard.push(payload);
		const type = payload[0];
		const r = new Reader(payload.subarray(1));
		switch (type) {
			case MSG.kexInit:
				this.#theirs = payload;
				if (!this.#ours) this.propose();
				break;
			case MSG.kexInitECDH:
				if (this.prefers && this.exchanges === 0 && this.passedOver++ === 0) break;
				this.#exchanges(r.string());
				break;
			case MSG.newKeys:
				this.#in.use(this.#next);
				break;
			case MSG.serviceRequest:
				this.send(message(MSG.serviceAccept, "ssh-userauth"));
				break;
			case MSG.authRequest:
				this.#authenticates(r);
				break;
			case MSG.globalRequest:
				this.send(message(MSG.requestFailure));
				break;
			case MSG.open:
				r.string();
				this.#channel = r.u32();
				this.#wants = r.u32();
				this.send(message(MSG.openConfirmation, u32(this.#channel), u32(0), u32(1 << 20), u32(32768)));
				break;
			case MSG.channelRequest:
				r.u32();
				if (r.name() !== "exec") break;
				this.send(message(MSG.channelSuccess, u32(this.#channel)));
				this.word(this);
				break;
			case MSG.windowAdjust:
				r.u32();
				this.#wants += r.u32();
				for (const p of this.#rest.splice(0)) this.#emit(p);
				break;
		}
	}

	#exchanges(theirPoint) {
		const mine = x25519.utils.randomSecretKey();
		const point = x25519.scalarMult(mine, x25519.GuBytes);
		const k = mpint(x25519.getSharedSecret(mine, theirPoint));
		const h = sha256(message(this.theirHello, hello, this.#theirs, this.#ours, this.hostKey, theirPoint, point, k));
		this.#session ??= h;
		const derive = (letter, n) => sha256(joined([k.bytes, h, bytesOf(letter), this.#session])).slice(0, n);
		this.#ours = null;
		this.exchanges++;
		this.#next = new Seal(derive("C", 16), derive("A", 12));
		this.send(message(MSG.kexReplyECDH, this.hostKey, this.point ?? point, message("ssh-ed25519", ed25519.sign(h, this.secret))));
		this.send(message(MSG.newKeys));
		this.#out.use(new Seal(derive("D", 16), derive("B", 12)));
		if (this.exchanges === 1) this.send(message(MSG.extInfo, u32(1), "server-sig-algs", "ssh-ed25519"));
	}

	#authenticates(r) {
		r.string();
		r.string();
		const method = r.name();
		for (const b of this.banners) this.send(message(MSG.authBanner, b, ""));
		r.bool();
		if (method === "password" && this.answer(r.text())) {
			this.send(message(MSG.authSuccess));
			this.send(message(MSG.globalRequest, "hostkeys-00@openssh.com", false));
			this.send(message(MSG.globalRequest, "keepalive@openssh.com", true));
			return;
		}
		this.send(message(MSG.authFailure, "password", false));
	}

	// prints is output of the word; kind 1 is standard error.
	prints(bytes, kind = 0) {
		bytes = typeof bytes === "string" ? bytesOf(bytes) : bytes;
		for (let at = 0; at < bytes.length; at += 32768) this.#emit([bytes.subarray(at, at + 32768), kind]);
	}

	#emit([bytes, kind]) {
		if (bytes.length > this.#wants) {
			this.#rest.push([bytes, kind]);
			return;
		}
		this.#wants -= bytes.length;
		this.send(kind ? message(MSG.extendedData, u32(this.#channel), u32(kind), bytes) : message(MSG.data, u32(this.#channel), bytes));
	}

	// leaves ends the word.
	leaves(status) {
		const to = u32(this.#channel);
		this.send(message(MSG.channelRequest, to, "exit-status", false, u32(status)));
		this.send(message(MSG.eof, to));
		this.send(message(MSG.close, to));
	}

	// types are those of the messages that the client sent.
	types() {
		return this.heard.map((m) => m[0]);
	}
}
