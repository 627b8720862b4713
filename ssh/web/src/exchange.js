// The key exchange (RFC 4253 §7 and §8): curve25519-sha256 (RFC 8731) with an
// ssh-ed25519 host key (RFC 8709), always strict (OpenSSH's PROTOCOL §1.10). There
// is one algorithm of each kind, so nothing can be talked down.

import { sha256 } from "@noble/hashes/sha2.js";

import { verify, x25519 } from "./curve.js";
import { Seal } from "./packets.js";
import { MSG, Reader, SSHError, broken, bytesOf, message, mpint, raw, u32 } from "./wire.js";

const kex = "curve25519-sha256";
const hostKey = "ssh-ed25519";
const cipher = "aes128-gcm@openssh.com";
const mac = "hmac-sha2-256"; // never used: the cipher does it
const none = "none";
const leastPin = 22; // characters: 132 bits

// checkPin refuses a pin that is none or too short to be safe.
export function checkPin(pin) {
	if (typeof pin !== "string" || pin.length < leastPin || pin.length > 43 || /[^A-Za-z0-9_-]/.test(pin)) throw new SSHError("pin", "the link names no host key");
}

const fingerprint = (blob) =>
	btoa(String.fromCharCode(...sha256(blob)))
		.replaceAll("+", "-")
		.replaceAll("/", "_")
		.replace("=", "");

// Host is the server that the pin names.
export class Host {
	#pin;

	constructor(pin) {
		checkPin(pin);
		this.#pin = pin;
	}

	// proves checks the host key and its signature over a message.
	proves(blob, signature, text) {
		if (!fingerprint(blob).startsWith(this.#pin)) throw new SSHError("pin", "another host key than the link's");
		const key = part(blob, 32);
		const sig = part(signature, 64);
		if (!verify(sig, text, key)) throw new SSHError("pin", "the server does not have the link's host key");
	}
}

// part returns the content of a key or a signature.
function part(blob, length) {
	const r = new Reader(blob);
	const name = r.name();
	const content = r.string();
	r.end();
	if (name !== hostKey || content.length !== length) throw broken("the host key is no ed25519 key");
	return content;
}

// proposal is a KEXINIT; the first one of a connection says more, and the client's
// that its part of the key follows unasked.
export function proposal(first, side = "c") {
	const more = first ? `,ext-info-${side},kex-strict-${side}-v00@openssh.com` : "";
	return message(MSG.kexInit, raw(crypto.getRandomValues(new Uint8Array(16))), kex + more, hostKey, cipher, cipher, mac, mac, none, none, "", "", first && side === "c", u32(0));
}

// checkProposal refuses a server that cannot do what we do. It reports whether the
// server likes best what we do: then it takes what follows our proposal unasked, and
// else passes over it (RFC 4253 §7).
export function checkProposal(payload, first) {
	const r = new Reader(payload.subarray(1));
	r.take(16);
	const lists = Array.from({ length: 10 }, () => r.names());
	const guessed = r.bool();
	r.u32();
	r.end();
	const wanted = [kex, hostKey, cipher, cipher, null, null, none, none];
	wanted.forEach((name, i) => {
		if (name && !lists[i].includes(name)) throw broken(`the server does not know ${name}`);
	});
	if (first && !lists[0].includes("kex-strict-s-v00@openssh.com")) throw broken("the server is too old: no strict key exchange");
	if (guessed) throw broken("the server guesses the key exchange");
	return lists[0][0] === kex && lists[1][0] === hostKey;
}

// Exchange is one key exchange, from our side.
export class Exchange {
	#secret = x25519.utils.randomSecretKey();
	#ours;
	#public;

	constructor(ours) {
		this.#ours = ours; // our KEXINIT
	}

	// begin returns the message that begins it.
	begin() {
		this.#public ??= x25519.getPublicKey(this.#secret);
		return message(MSG.kexInitECDH, this.#public);
	}

	// finish checks the server's answer and returns the keys of both directions, and
	// the id of the session if there is none yet.
	finish(payload, { host, hello, theirHello, theirs, session }) {
		const r = new Reader(payload.subarray(1));
		const blob = r.string();
		const point = r.string();
		const signature = r.string();
		r.end();
		if (point.length !== 32) throw broken("the server's part of the key is no point");
		let shared;
		try {
			shared = x25519.getSharedSecret(this.#secret, point);
		} catch {
			throw broken("the server's part of the key is a weak point");
		} finally {
			this.#secret.fill(0);
		}
		const k = mpint(shared);
		const text = message(hello, theirHello, this.#ours, theirs, blob, this.#public, point, k);
		try {
			const h = sha256(text);
			host.proves(blob, signature, h);
			session ??= h;
			const derive = (letter, n) => sha256.create().update(k.bytes).update(h).update(bytesOf(letter)).update(session).digest().subarray(0, n);
			const seal = (iv, key) => new Seal(derive(key, 16), derive(iv, 12));
			return { out: seal("A", "C"), in: seal("B", "D"), session };
		} finally {
			for (const secret of [shared, k.bytes, text]) secret.fill(0);
		}
	}

	wipe() {
		this.#secret.fill(0);
	}
}
