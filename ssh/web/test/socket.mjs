// A TCP connection as the client's transport. It counts what it carries.

import net from "node:net";

export function socket(host, port) {
	const line = net.connect({ host, port: Number(port), noDelay: true });
	line.on("error", () => {});
	const transport = {
		sent: 0,
		received: 0,
		line,
		send(bytes) {
			transport.sent += bytes.length;
			line.write(bytes);
		},
		close: () => line.end(),
		onbytes: (cb) =>
			line.on("data", (bytes) => {
				transport.received += bytes.length;
				cb(bytes);
			}),
		onclose: (cb) => line.on("close", cb),
	};
	return transport;
}
