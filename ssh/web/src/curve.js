// Keys and signatures on Curve25519: x25519 (RFC 7748) and ed25519 (RFC 8032), each
// for one use at the beginning of a page. Tables for many uses would take longer to
// make than all that is done with them.

import { etc, getPublicKey, hashes, Point, sign } from "@noble/ed25519";
import { pow } from "@noble/curves/abstract/modular.js";
import { montgomery } from "@noble/curves/abstract/montgomery.js";
import { bytesToNumberLE } from "@noble/curves/utils.js";
import { sha512 } from "@noble/hashes/sha2.js";

const { p, n } = Point.CURVE();

export const x25519 = montgomery({
	P: p,
	type: "x25519",
	powPminus2: (x) => pow(x, p - BigInt(2), p),
	adjustScalarBytes: (bytes) => {
		bytes[0] &= 248;
		bytes[31] = (bytes[31] & 127) | 64;
		return bytes;
	},
});

hashes.sha512 = sha512;
export { getPublicKey, sign };

// verify reports whether a signature of 64 bytes is that of a key over a message:
// R = [S]B - [k]A, both in one walk through the bits of S and k, and R as its bytes.
export function verify(signature, text, key) {
	const r = signature.subarray(0, 32);
	const s = bytesToNumberLE(signature.subarray(32));
	if (signature.length !== 64 || s >= n) return false;
	let minus; // -A
	try {
		minus = Point.fromBytes(key).negate();
	} catch {
		return false;
	}
	if (minus.isSmallOrder()) return false;
	const k = etc.mod(bytesToNumberLE(sha512(etc.concatBytes(r, key, text))), n);
	const steps = { "01": Point.BASE, "10": minus, "11": Point.BASE.add(minus) };
	const [ofS, ofK] = [s, k].map((number) => number.toString(2).padStart(253, "0"));
	let sum = Point.ZERO;
	for (let i = 0; i < 253; i++) {
		sum = sum.double();
		const step = steps[ofK[i] + ofS[i]];
		if (step) sum = sum.add(step);
	}
	return sum.toBytes().every((byte, i) => byte === r[i]);
}
