// Messages as packets on the line (RFC 4253 §4.2 and §6), later each sealed with
// AES-GCM (RFC 5647, as aes128-gcm@openssh.com).

import { AES } from "@stablelib/aes";
import { GCM } from "@stablelib/gcm";

import { broken, joined } from "./wire.js";

const mostPacket = 35000; // bytes of a packet on the line, all in all
const mostLine = 255; // bytes of the version line, which must be the first
const mostSealed = 2 ** 31; // packets under one key
const tagLength = 16;

// Seal is one direction's key. Its nonce counts packets.
export class Seal {
	#cipher;
	#gcm;
	#nonce;
	#left;

	constructor(key, nonce, packets = mostSealed) {
		this.#cipher = new AES(key, true); // GCM only ever encrypts
		this.#gcm = new GCM(this.#cipher);
		this.#nonce = nonce;
		this.#left = packets;
		key.fill(0);
	}

	// next returns the nonce of the next packet.
	#next() {
		if (this.#left <= 0) throw broken("a key was used for too long");
		this.#left--;
		const nonce = this.#nonce.slice();
		for (let i = 11; i > 3; i--) {
			this.#nonce[i]++;
			if (this.#nonce[i] !== 0) break;
		}
		return nonce;
	}

	shut(length, body) {
		return this.#gcm.seal(this.#next(), body, length);
	}

	open(length, body) {
		const plain = this.#gcm.open(this.#next(), body, length);
		if (!plain) throw broken("a packet was altered");
		return plain;
	}

	wipe() {
		this.#cipher.clean();
		this.#gcm.clean();
		this.#nonce.fill(0);
		this.#left = 0;
	}
}

// Incoming takes the line apart: the other side's version line goes to online, what
// packets carry to onmessage. It keeps at most one packet.
export class Incoming {
	#online;
	#onmessage;
	#buffer = new Uint8Array(mostPacket);
	#have = 0;
	#need = 1;
	#step = this.#line;
	#seal = null;
	#stopped = false;
	sequence = 0; // of the next packet
	packets = 0; // under the present key
	bytes = 0;

	constructor(online, onmessage) {
		this.#online = online;
		this.#onmessage = onmessage;
	}

	feed(chunk) {
		for (let at = 0; at < chunk.length && !this.#stopped; ) {
			const n = Math.min(this.#need - this.#have, chunk.length - at);
			this.#buffer.set(chunk.subarray(at, at + n), this.#have);
			this.#have += n;
			at += n;
			if (this.#have === this.#need) this.#step();
		}
	}

	// use opens the packets that follow with a new key, and counts them anew.
	use(seal) {
		this.#seal?.wipe();
		this.#seal = seal;
		this.sequence = this.packets = this.bytes = 0;
	}

	stop() {
		this.#stopped = true;
		this.#seal?.wipe();
		this.#buffer.fill(0);
	}

	#expect(step, need) {
		this.#step = step;
		this.#need = need;
	}

	#line() {
		if (this.#buffer[this.#have - 1] !== 10) {
			if (this.#have === mostLine) throw broken("a first line is too long");
			this.#need++;
			return;
		}
		const line = String.fromCharCode(...this.#buffer.subarray(0, this.#have)).replace(/\r?\n$/, "");
		if (!/^SSH-2\.0-[ -~]*$/.test(line)) throw broken("this is no SSH server");
		this.#have = 0;
		this.#expect(this.#length, 4);
		this.#online(line);
	}

	#length() {
		const length = new DataView(this.#buffer.buffer).getUint32(0);
		const [block, head, tag] = this.#seal ? [16, 0, tagLength] : [8, 4, 0];
		if (length > mostPacket - 4 - tag || length < block - head || (length + head) % block !== 0) throw broken("a packet has an impossible length");
		this.#expect(this.#packet, 4 + length + tag);
	}

	#packet() {
		const body = this.#buffer.subarray(4, this.#need);
		const plain = this.#seal ? this.#seal.open(this.#buffer.slice(0, 4), body) : body.slice();
		const end = plain.length - plain[0];
		if (plain[0] < 4 || end < 2) throw broken("a packet has an impossible padding");
		this.packets++;
		this.bytes += this.#need;
		const sequence = this.sequence;
		this.sequence = (sequence + 1) >>> 0;
		this.#have = 0;
		this.#expect(this.#length, 4);
		this.#onmessage(plain.subarray(1, end), sequence);
	}
}

// Outgoing makes packets of messages.
export class Outgoing {
	#seal = null;
	packets = 0; // under the present key
	bytes = 0;

	use(seal) {
		this.#seal?.wipe();
		this.#seal = seal;
		this.packets = this.bytes = 0;
	}

	wipe() {
		this.#seal?.wipe();
	}

	packet(message) {
		const [block, head] = this.#seal ? [16, 0] : [8, 4];
		const padding = block - ((head + 1 + message.length + 4) % block) + 4;
		const body = new Uint8Array(1 + message.length + padding);
		body[0] = padding;
		body.set(message, 1);
		crypto.getRandomValues(body.subarray(1 + message.length));
		const length = new Uint8Array(4);
		new DataView(length.buffer).setUint32(0, body.length);
		const packet = joined([length, this.#seal ? this.#seal.shut(length, body) : body]);
		if (packet.length > mostPacket) throw broken("a message is too long to send");
		if (this.#seal) body.fill(0);
		this.packets++;
		this.bytes += packet.length;
		return packet;
	}
}
