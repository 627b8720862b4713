// The data types of the SSH protocol (RFC 4251 §5). What is cut off, too long or
// followed by something else is refused.

// SSHError says why a connection ended. kind: "pin" (it is not the server of the
// link), "code" (the server refused the code), "closed" (the line is gone) or
// "protocol" (the other side does not keep to the protocol). say is the sentence
// that the authenticated server gave for people, or "".
export class SSHError extends Error {
	constructor(kind, message, say = "") {
		super(message);
		this.name = "SSHError";
		this.kind = kind;
		this.say = say;
	}
}

export const broken = (message) => new SSHError("protocol", message);

const encoder = new TextEncoder();

export const bytesOf = (text) => encoder.encode(text);

// Reader reads one message. What it returns is part of the message's memory.
export class Reader {
	#bytes;
	#at = 0;

	constructor(bytes) {
		this.#bytes = bytes;
	}

	take(n) {
		if (n > this.#bytes.length - this.#at) throw broken("a message is cut off");
		this.#at += n;
		return this.#bytes.subarray(this.#at - n, this.#at);
	}

	u8() {
		return this.take(1)[0];
	}

	bool() {
		return this.u8() !== 0;
	}

	u32() {
		const b = this.take(4);
		return ((b[0] << 24) | (b[1] << 16) | (b[2] << 8) | b[3]) >>> 0;
	}

	string() {
		return this.take(this.u32());
	}

	// text is a string for people, in UTF-8.
	text() {
		try {
			return new TextDecoder("utf-8", { fatal: true }).decode(this.string());
		} catch (err) {
			throw err instanceof SSHError ? err : broken("a text is not UTF-8");
		}
	}

	// name is a string of the protocol, in visible ASCII.
	name() {
		const name = String.fromCharCode(...this.short(this.string()));
		if (/[^!-~]/.test(name)) throw broken("a name is not ASCII");
		return name;
	}

	names() {
		return this.name().split(",");
	}

	short(bytes) {
		if (bytes.length > 4096) throw broken("a name is too long");
		return bytes;
	}

	end() {
		if (this.#at !== this.#bytes.length) throw broken("a message goes on behind its end");
	}
}

// message puts one together: numbers are bytes, true and false too, texts and
// Uint8Arrays are strings with their length; u32 and raw make the rest.
export function message(...parts) {
	const pieces = parts.map((p) => {
		if (typeof p === "number" || typeof p === "boolean") return Uint8Array.of(Number(p));
		if (p instanceof Raw) return p.bytes;
		const bytes = typeof p === "string" ? bytesOf(p) : p;
		return joined([u32(bytes.length).bytes, bytes]);
	});
	return joined(pieces);
}

class Raw {
	constructor(bytes) {
		this.bytes = bytes;
	}
}

export const raw = (bytes) => new Raw(bytes);

export const u32 = (n) => raw(Uint8Array.of(n >>> 24, n >>> 16, n >>> 8, n));

// mpint is a number that is not negative, its bytes as they stand.
export function mpint(bytes) {
	let from = 0;
	while (from < bytes.length && bytes[from] === 0) from++;
	const sign = bytes[from] & 0x80 ? 1 : 0; // a zero before it
	const length = bytes.length - from + sign;
	const all = new Uint8Array(4 + length);
	all[3] = length; // it is short
	all.set(bytes.subarray(from), 4 + sign);
	return raw(all);
}

export function joined(pieces) {
	const all = new Uint8Array(pieces.reduce((n, p) => n + p.length, 0));
	let at = 0;
	for (const p of pieces) {
		all.set(p, at);
		at += p.length;
	}
	return all;
}

// The numbers of the messages (RFC 4250 §4.1.2, RFC 8308).
export const MSG = {
	disconnect: 1,
	ignore: 2,
	unimplemented: 3,
	debug: 4,
	serviceRequest: 5,
	serviceAccept: 6,
	extInfo: 7,
	kexInit: 20,
	newKeys: 21,
	kexInitECDH: 30,
	kexReplyECDH: 31,
	authRequest: 50,
	authFailure: 51,
	authSuccess: 52,
	authBanner: 53,
	globalRequest: 80,
	requestSuccess: 81,
	requestFailure: 82,
	open: 90,
	openConfirmation: 91,
	openFailure: 92,
	windowAdjust: 93,
	data: 94,
	extendedData: 95,
	eof: 96,
	close: 97,
	channelRequest: 98,
	channelSuccess: 99,
	channelFailure: 100,
};
