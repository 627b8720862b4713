// Comes in with ssh2: client.mjs [-t] HOST PORT CODE [WORD]
import ssh2 from "ssh2";

const args = process.argv.slice(2);
const terminal = args[0] === "-t";
if (terminal) args.shift();
const [host, port, code, word] = args;
const line = new ssh2.Client();
const shows = (err, stream) => {
	if (err) throw err;
	stream.pipe(process.stdout);
	stream.stderr.pipe(process.stderr);
	stream.on("exit", (status) => { process.exitCode = status ?? 1; });
	stream.on("close", () => line.end());
	if (!terminal) stream.end();
};
line.on("keyboard-interactive", (name, about, lang, questions, answer) => answer(questions.map(() => code)));
line.on("ready", () => terminal ? line.shell({ term: "xterm-256color", cols: 80, rows: 24 }, shows) : line.exec(word, shows));
line.connect({ host, port: Number(port), username: "anybody", tryKeyboard: true, readyTimeout: 60000 });
