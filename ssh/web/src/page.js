// Joins with the link's pin and code, and shows the stream's lines as they are.

import { dial } from "./ssh.js";
import { websocket } from "./websocket.js";

const [pin, code] = location.hash.slice(1).split(".");
const shown = document.querySelector("pre");
const show = (text) => {
	shown.textContent += text;
};
const decoder = new TextDecoder();
try {
	const ssh = await dial(websocket(new URL("/ssh", location.href.replace(/^http/, "ws"))), { pin, code });
	ssh.exec("page", { env: { LANG: "zh_CN.UTF-8" }, ondata: (bytes) => show(decoder.decode(bytes, { stream: true })), onend: ({ why }) => show(why) });
} catch (err) {
	show(err.say || err.kind);
}
