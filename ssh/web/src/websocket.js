// A websocket as the client's transport: its binary messages are the bytes of the
// connection.

import { joined } from "./wire.js";

const mostPackets = 7; // in a message: the server takes 256 KiB

export function websocket(url) {
	const line = new WebSocket(url);
	line.binaryType = "arraybuffer";
	const waiting = []; // what was sent in this turn, or before the line was open
	const flush = () => {
		while (waiting.length > 0 && line.readyState !== WebSocket.CONNECTING) line.send(joined(waiting.splice(0, mostPackets)));
	};
	line.addEventListener("open", flush);
	return {
		send: (bytes) => {
			if (waiting.push(bytes) === 1) queueMicrotask(flush);
		},
		close: () => {
			flush();
			line.close();
		},
		onbytes: (cb) =>
			line.addEventListener("message", (e) => {
				if (typeof e.data === "string") line.close();
				else cb(new Uint8Array(e.data));
			}),
		onclose: (cb) => line.addEventListener("close", cb),
	};
}
