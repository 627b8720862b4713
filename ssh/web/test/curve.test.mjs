// Keys and signatures against those of Node (OpenSSL) and of another library.

import assert from "node:assert/strict";
import { createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, randomBytes, sign as nodeSigns, verify as nodeVerifies } from "node:crypto";
import { test } from "node:test";

import { ed25519 } from "@noble/curves/ed25519.js";
import { getPublicKey, sign, verify, x25519 } from "../src/curve.js";

const rawOf = (key) => new Uint8Array(Buffer.from(key.export({ format: "jwk" }).x, "base64url"));
const bytes = (hex) => new Uint8Array(Buffer.from(hex, "hex"));
const keyOf = (x) => createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: Buffer.from(x).toString("base64url") }, format: "jwk" });
const order = 2n ** 252n + 27742317777372353535851937790883648493n;
const numberOf = (b) => BigInt("0x" + Buffer.from(b).reverse().toString("hex"));
const asBytes = (number) => new Uint8Array(Buffer.from(number.toString(16).padStart(64, "0"), "hex").reverse());

test("a signature that is right is taken, one that is altered in any part is not", () => {
	for (let i = 0; i < 20; i++) {
		const { publicKey, privateKey } = generateKeyPairSync("ed25519");
		const key = rawOf(publicKey);
		const text = new Uint8Array(randomBytes(32));
		const signature = new Uint8Array(nodeSigns(null, text, privateKey));
		assert.ok(verify(signature, text, key));
		for (const [what, bits] of [[signature, 512], [text, 256], [key, 256]]) {
			const bit = Math.floor(Math.random() * bits);
			what[bit >> 3] ^= 1 << (bit & 7);
			assert.ok(!verify(signature, text, key), `${bit} of ${bits}`);
			what[bit >> 3] ^= 1 << (bit & 7);
		}
		assert.ok(!verify(signature.subarray(0, 63), text, key));
		const same = new Uint8Array([...signature.subarray(0, 32), ...asBytes(numberOf(signature.subarray(32)) + order)]);
		assert.ok(!verify(same, text, key), "a second form of the same signature");
	}
});

test("a key that stands for nobody proves nothing", () => {
	const p = 2n ** 255n - 19n;
	const text = new Uint8Array(32);
	const nobody = [asBytes(1n), asBytes(0n), asBytes(p - 1n), bytes("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), bytes("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")];
	for (const key of [...nobody, asBytes(p), asBytes(p + 1n), asBytes(2n), new Uint8Array(32).fill(255), new Uint8Array(31)]) {
		for (const r of nobody) assert.ok(!verify(new Uint8Array([...r, ...new Uint8Array(32)]), text, key));
	}
});

test("OpenSSL takes and refuses the same", () => {
	const { publicKey, privateKey } = generateKeyPairSync("ed25519");
	const text = new Uint8Array(32);
	const honest = new Uint8Array(nodeSigns(null, text, privateKey));
	for (const s of [0n, 1n, order - 1n, order, 2n ** 253n, 2n ** 256n - 1n, numberOf(honest.subarray(32))]) {
		for (const r of [honest.subarray(0, 32), asBytes(1n), asBytes(0n), asBytes(2n ** 255n - 18n)]) {
			const signature = new Uint8Array([...r, ...asBytes(s)]);
			assert.equal(verify(signature, text, rawOf(publicKey)), nodeVerifies(null, text, keyOf(rawOf(publicKey)), signature));
		}
	}
});

test("a device signs as others do", () => {
	const secret = new Uint8Array(randomBytes(32));
	const text = new Uint8Array(randomBytes(100));
	assert.deepEqual(getPublicKey(secret), ed25519.getPublicKey(secret));
	assert.deepEqual(sign(text, secret), ed25519.sign(text, secret));
});

test("a shared key is that of OpenSSL, and a weak point gives none", () => {
	for (let i = 0; i < 20; i++) {
		const theirs = generateKeyPairSync("x25519");
		const secret = new Uint8Array(randomBytes(32));
		const ours = createPrivateKey({ key: { kty: "OKP", crv: "X25519", d: Buffer.from(secret).toString("base64url"), x: Buffer.from(x25519.getPublicKey(secret)).toString("base64url") }, format: "jwk" });
		const shared = x25519.getSharedSecret(secret, rawOf(theirs.publicKey));
		assert.deepEqual(shared, new Uint8Array(diffieHellman({ privateKey: ours, publicKey: theirs.publicKey })));
		assert.deepEqual(shared, x25519.getSharedSecret(new Uint8Array(Buffer.from(theirs.privateKey.export({ format: "jwk" }).d, "base64url")), x25519.getPublicKey(secret)));
	}
	const secret = new Uint8Array(32).fill(7);
	for (const point of [asBytes(0n), asBytes(1n), asBytes(2n ** 255n - 20n), new Uint8Array(31)]) assert.throws(() => x25519.getSharedSecret(secret, point));
});
