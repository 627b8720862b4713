// A small SSH client for the page: it comes in by the code, to the server whose key
// the link names, and says words. It runs where WebCrypto does not exist.
//
//	transport = {send(Uint8Array), close(), onbytes(cb), onclose(cb)}
//	const ssh = await dial(transport, {pin, user, code, device})
//	const s = ssh.exec("page", {env: {LANG: "zh_CN.UTF-8"}, ondata, onerr, onend})
//	s.write(Uint8Array); s.end(); s.close()
//	await ssh.ask()     // whether the other side is there
//	await ssh.closed    // the SSHError that ended it
//	ssh.close()
//
// pin is the SHA-256 of the host key in base64url, or at least 22 characters of it.
// Nothing is sent about who comes in before the server has proved that key.
// device, if there is one, is the secret key (32 bytes) of a device that may be
// remembered (key add). onend({exit, why}): the word's exit status, or null, and
// what was said about it, such as on standard error.

import { Channel, tidy } from "./channel.js";
import { getPublicKey, sign } from "./curve.js";
import { Exchange, Host, checkProposal, proposal } from "./exchange.js";
import { Incoming, Outgoing } from "./packets.js";
import { MSG, Reader, SSHError, broken, bytesOf, joined, message, raw, u32 } from "./wire.js";

export { SSHError } from "./wire.js";

const hello = "SSH-2.0-pingyi_page";
const patience = 30_000; // milliseconds until the person is in
const mostSaid = 4096; // characters kept of what the server says before that
const mostHeld = 1024; // messages that wait for an exchange of keys

// New keys are made after so many packets or bytes in a direction.
const renewal = { packets: 2 ** 20, bytes: 2 ** 28 };

// dial comes in. It fails with an SSHError.
export function dial(transport, options) {
	return new Promise((ready, failed) => {
		new Connection(transport, options, ready, failed);
	});
}

class Connection {
	#transport;
	#options;
	#ready; // settle dial's promise
	#failed;
	#timer;
	#host;
	#in;
	#out = new Outgoing();
	#session = null; // the id of the first exchange
	#theirHello = "";
	#stage = "new"; // then "exchange", "service", "device" or "code", "open", "over"

	#ours = null; // our KEXINIT of an exchange that goes on
	#theirs = null; // theirs
	#exchange = null;
	#unasked = 0; // the timer of our part of the first key, until it is sent
	#next = null; // the keys that it has made
	#held = []; // messages that wait for its end

	#said = "";
	#asked = []; // who waits for an answer
	#channel = null;
	#channels = 0;
	#over;

	// closed is settled, with the SSHError, when the connection has ended.
	closed = new Promise((done) => {
		this.#over = done;
	});

	constructor(transport, options, ready, failed) {
		this.#transport = transport;
		this.#options = { ...options, user: options.user || "anybody", renewal: options.renewal ?? renewal };
		this.#ready = ready;
		this.#failed = failed;
		this.#in = new Incoming(
			(line) => {
				this.#theirHello = line;
			},
			(payload, sequence) => this.#receive(payload, sequence),
		);
		this.#timer = setTimeout(() => this.#end(new SSHError("closed", "nothing came for too long", this.#said)), options.patience ?? patience);
		transport.onclose(() => this.#end(this.#gone("the line is gone")));
		this.#guard(() => {
			this.#host = new Host(options.pin);
			this.#stage = "exchange";
			this.#transport.send(bytesOf(hello + "\r\n"));
			this.#propose();
		});
		transport.onbytes((bytes) => this.#guard(() => this.#in.feed(bytes)));
	}

	// exec says a word. There is one at a time.
	exec(word, on = {}) {
		if (this.#channel) throw new Error("ssh: a word is being said");
		this.#channel = new Channel(
			this.#channels++,
			word,
			on,
			(m) => this.#send(m),
			() => this.#stage === "open" && !this.#ours,
		);
		if (this.#stage === "over") queueMicrotask(() => this.#leave());
		return this.#channel;
	}

	// ask asks whether the other side is there. The promise is kept by any answer.
	ask() {
		return new Promise((answered, failed) => {
			if (this.#stage !== "open") {
				failed(new SSHError("closed", "the connection is over"));
				return;
			}
			this.#asked.push([answered, failed]);
			this.#send(message(MSG.globalRequest, "keepalive@openssh.com", true));
		});
	}

	// renew makes new keys.
	renew() {
		if (this.#stage === "open" && !this.#ours) this.#propose();
	}

	close() {
		this.#end(new SSHError("closed", "closed here"), 11);
	}

	// guard ends the connection with what goes wrong.
	#guard(work) {
		if (this.#stage === "over") return;
		try {
			work();
		} catch (err) {
			const why = err instanceof SSHError ? err : Object.assign(broken(String(err)), { cause: err });
			this.#end(why, why.kind === "pin" ? 9 : 2);
		}
	}

	// gone is the end of the line. What the server said in answer to the code is why.
	#gone(message, said = this.#said) {
		return new SSHError(this.#stage === "code" && said ? "code" : "closed", message, said);
	}

	// end ends the connection. reason is what the other side is told, unless it is 0.
	#end(why, reason = 0) {
		if (this.#stage === "over") return;
		const began = this.#stage !== "new";
		this.#stage = "over";
		clearTimeout(this.#timer);
		clearTimeout(this.#unasked);
		try {
			if (reason && began) this.#transport.send(this.#out.packet(message(MSG.disconnect, u32(reason), why.kind, "")));
		} catch {
			// The line is gone, or the key may not be used any more.
		}
		try {
			this.#transport.close();
		} catch {
			// It is closed.
		}
		this.#in.stop();
		this.#out.wipe();
		this.#exchange?.wipe();
		this.#next?.in.wipe();
		this.#held = [];
		this.#failed(why); // without effect once dial has succeeded
		for (const [, failed] of this.#asked.splice(0)) failed(why);
		this.#leave(why.say);
		this.#over(why);
	}

	#leave(why) {
		const left = this.#channel;
		this.#channel = null;
		left?.over(why);
	}

	// send sends a message, or keeps it until an exchange of keys is over.
	#send(payload) {
		if (this.#stage === "over") return;
		this.#guard(() => {
			if (this.#ours && (payload[0] < MSG.kexInit || payload[0] > 49)) {
				if (this.#held.push(payload) > mostHeld) throw broken("too much waits for new keys");
				return;
			}
			this.#transport.send(this.#out.packet(payload));
			this.#worn(this.#out);
		});
	}

	// worn renews the keys when one has been used enough.
	#worn(way) {
		const { packets, bytes } = this.#options.renewal;
		if (way.packets >= packets || way.bytes >= bytes) this.renew();
	}

	#propose() {
		const first = this.#session === null;
		this.#ours = proposal(first);
		this.#exchange = new Exchange(this.#ours);
		this.#transport.send(this.#out.packet(this.#ours));
		if (first) this.#unasked = setTimeout(() => this.#guard(() => this.#follows()));
	}

	// follows sends our part of the first key, whatever the other side proposes.
	#follows() {
		clearTimeout(this.#unasked);
		if (!this.#unasked) return;
		this.#unasked = 0;
		this.#send(this.#exchange.begin());
	}

	#receive(payload, sequence) {
		const type = payload[0];
		if (type === MSG.disconnect) return this.#disconnected(payload);
		if (type >= MSG.kexInit && type <= 49) return this.#exchanges(type, payload);
		if (this.#session === null || this.#stage === "exchange") throw broken("something comes into the first exchange of keys");
		if (type === MSG.ignore || type === MSG.debug || type === MSG.unimplemented) return;
		if (this.#theirs) throw broken("something comes into an exchange of keys");
		const r = new Reader(payload);
		r.u8();
		if (type >= MSG.open && type <= MSG.channelFailure) this.#hearsChannel(type, r);
		else if (this.#heard[type]) this.#heard[type](r);
		else this.#send(message(MSG.unimplemented, u32(sequence)));
		this.#worn(this.#in);
	}

	#disconnected(payload) {
		const r = new Reader(payload.subarray(1));
		r.u32();
		const why = r.text();
		this.#end(this.#gone("the server hangs up", this.#session === null ? "" : this.#said || tidy(why).slice(0, mostSaid)));
	}

	// exchanges takes a message of an exchange of keys. Each comes once, in its turn.
	#exchanges(type, payload) {
		if (type === MSG.kexInit && !this.#theirs) {
			const first = this.#session === null;
			const liked = checkProposal(payload, first);
			if (!this.#theirHello) throw broken("no version came");
			this.#theirs = payload.slice();
			if (!this.#ours) this.#propose();
			this.#follows();
			if (!first || !liked) this.#send(this.#exchange.begin());
		} else if (type === MSG.kexReplyECDH && this.#theirs && this.#exchange) {
			const exchange = this.#exchange;
			this.#exchange = null;
			this.#next = exchange.finish(payload, { host: this.#host, hello, theirHello: this.#theirHello, theirs: this.#theirs, session: this.#session });
			this.#send(message(MSG.newKeys));
			this.#out.use(this.#next.out);
		} else if (type === MSG.newKeys && this.#next && payload.length === 1) {
			const next = this.#next;
			this.#in.use(next.in);
			this.#ours = this.#theirs = this.#next = null;
			if (this.#session === null) {
				this.#session = next.session;
				this.#stage = "service";
				this.#send(message(MSG.serviceRequest, "ssh-userauth"));
				this.#knock();
				return;
			}
			for (const held of this.#held.splice(0)) this.#send(held);
			this.#channel?.pump();
		} else {
			throw broken("an exchange of keys goes out of turn");
		}
	}

	// knock asks to be let in, by the device first.
	#knock() {
		if (this.#options.device) this.#byDevice(this.#options.device);
		else this.#byCode();
	}

	#byDevice(secret) {
		const key = message("ssh-ed25519", getPublicKey(secret));
		const request = message(MSG.authRequest, this.#options.user, "ssh-connection", "publickey", true, "ssh-ed25519", key);
		const signature = sign(joined([message(this.#session), request]), secret);
		this.#method = "device";
		this.#send(joined([request, message(message("ssh-ed25519", signature))]));
	}

	#byCode() {
		const request = message(MSG.authRequest, this.#options.user, "ssh-connection", "password", false, this.#options.code ?? "");
		this.#method = "code";
		this.#send(request);
		request.fill(0);
	}

	#method = ""; // what the server has to answer

	#heard = {
		[MSG.extInfo]: (r) => {
			if (this.#stage === "open") throw broken("an extension comes too late");
			const n = r.u32();
			if (n > 64) throw broken("too many extensions");
			for (let i = 0; i < n; i++) {
				r.name();
				r.string();
			}
			r.end();
		},
		[MSG.serviceAccept]: (r) => {
			if (this.#stage !== "service" || r.name() !== "ssh-userauth") throw broken("a service begins out of turn");
			r.end();
			this.#stage = this.#method;
		},
		[MSG.authBanner]: (r) => {
			this.#authenticating();
			const text = tidy(r.text());
			r.string();
			r.end();
			this.#said = `${this.#said}\n${text}`.trim().slice(0, mostSaid);
		},
		[MSG.authFailure]: (r) => {
			this.#authenticating();
			r.names();
			r.bool();
			r.end();
			if (this.#stage === "device" && this.#options.code) {
				this.#said = "";
				this.#byCode();
				this.#stage = "code";
				return;
			}
			this.#end(new SSHError("code", "the server refuses the code", this.#said), 14);
		},
		[MSG.authSuccess]: (r) => {
			this.#authenticating();
			r.end();
			this.#stage = "open";
			this.#options = { renewal: this.#options.renewal };
			clearTimeout(this.#timer);
			this.#ready(this);
		},
		[MSG.globalRequest]: (r) => {
			this.#isOpen();
			r.name();
			if (r.bool()) this.#send(message(MSG.requestFailure));
		},
		[MSG.requestSuccess]: () => this.#answered(true),
		[MSG.requestFailure]: () => this.#answered(false),
	};

	#authenticating() {
		if (this.#stage !== "device" && this.#stage !== "code") throw broken("the door answers out of turn");
	}

	#isOpen() {
		if (this.#stage !== "open") throw broken("something comes before the person is in");
	}

	#answered(well) {
		this.#isOpen();
		if (this.#asked.length === 0) throw broken("an answer comes that nobody asked for");
		this.#asked.shift()[0](well);
	}

	#hearsChannel(type, r) {
		this.#isOpen();
		if (type === MSG.open) {
			r.name();
			this.#send(message(MSG.openFailure, u32(r.u32()), u32(1), "", ""));
			return;
		}
		const id = r.u32();
		if (!this.#channel || id !== this.#channels - 1) throw broken("something comes for a session that there is not");
		if (this.#channel.hear(type, r)) this.#leave();
	}
}
