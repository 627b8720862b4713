// A websocket as the client's transport: its binary messages are the bytes of the
// connection.

export function websocket(url) {
	const line = new WebSocket(url);
	line.binaryType = "arraybuffer";
	const early = []; // sent before it was open
	line.addEventListener("open", () => {
		for (const bytes of early.splice(0)) line.send(bytes);
	});
	return {
		send: (bytes) => {
			if (line.readyState === WebSocket.CONNECTING) early.push(bytes);
			else line.send(bytes);
		},
		close: () => line.close(),
		onbytes: (cb) =>
			line.addEventListener("message", (e) => {
				if (typeof e.data === "string") line.close();
				else cb(new Uint8Array(e.data));
			}),
		onclose: (cb) => line.addEventListener("close", cb),
	};
}
