// One session of a connection (RFC 4254 §6): a word that is said, its input, its
// output and how it ended.

import { MSG, broken, message, u32 } from "./wire.js";

const window = 1 << 21; // bytes that may come before we have asked for more
const mostData = 32768; // bytes of one message
const mostWhy = 4096; // characters kept of what is said on standard error

export class Channel {
	#send; // sends a message
	#ready; // reports whether data may be sent now
	#id;
	#word;
	#on;
	#theirs = null; // the other side's number; null until it has opened
	#started = false; // the word runs
	#room = 0; // bytes that we may send
	#most = 0; // of them in one message
	#window = window; // bytes that may still come
	#waiting = []; // [bytes, done] that wait for room
	#last = false; // nothing is written any more
	#ended = false; // and that was said
	#theirEnd = false;
	#closed = false; // we have said that it is over
	#exit = null;
	#why = "";
	#errors = new TextDecoder();

	constructor(id, word, on, send, ready) {
		this.#id = id;
		this.#word = word;
		this.#on = on;
		this.#send = send;
		this.#ready = ready;
		send(message(MSG.open, "session", u32(id), u32(window), u32(mostData)));
	}

	// write sends input to the word. The promise tells when all of it is on its way:
	// true, or false if the session has ended before.
	write(bytes) {
		if (this.#last || this.#closed) return Promise.resolve(false);
		return new Promise((done) => {
			this.#waiting.push([bytes.slice(), done]);
			this.pump();
		});
	}

	// end says that there is no more input.
	end() {
		this.#last = true;
		this.pump();
	}

	// close ends the session; onend is called when the other side has closed it too.
	close() {
		if (this.#closed) return;
		this.#closed = true;
		this.#drop();
		if (this.#theirs !== null) this.#send(message(MSG.close, u32(this.#theirs)));
	}

	// pump sends what may be sent.
	pump() {
		if (!this.#started || this.#closed) return;
		while (this.#waiting.length > 0 && this.#ready()) {
			const [bytes, done] = this.#waiting[0];
			const n = Math.min(bytes.length, this.#room, this.#most);
			if (n === 0 && bytes.length > 0) return;
			if (n > 0) this.#send(message(MSG.data, u32(this.#theirs), bytes.subarray(0, n)));
			this.#room -= n;
			this.#waiting[0][0] = bytes.subarray(n);
			if (n === bytes.length) {
				this.#waiting.shift();
				done(true);
			}
		}
		if (this.#last && !this.#ended && this.#waiting.length === 0 && this.#ready()) {
			this.#ended = true;
			this.#send(message(MSG.eof, u32(this.#theirs)));
		}
	}

	// over tells that the session has ended, with why if that was not said yet.
	over(why = "") {
		this.#closed = true;
		this.#drop();
		const on = this.#on;
		this.#on = {};
		call(on.onend, { exit: this.#exit, why: this.#exit === 0 ? "" : tidy(this.#why || why) });
	}

	#drop() {
		for (const [, done] of this.#waiting.splice(0)) done(false);
	}

	// hear takes a message for this session, whose number has been read. It reports
	// whether the session is over: then over is to be called.
	hear(type, r) {
		if ((type === MSG.openConfirmation || type === MSG.openFailure) !== (this.#theirs === null)) throw broken("a session is answered out of turn");
		const take = this.#heard[type];
		if (!take) throw broken("a session gets what it cannot get");
		return take(r) === true;
	}

	#heard = {
		[MSG.openConfirmation]: (r) => {
			this.#theirs = r.u32();
			this.#room = r.u32();
			this.#most = Math.min(r.u32(), mostData);
			r.end();
			if (this.#most === 0) throw broken("a session takes no data");
			if (this.#closed) {
				this.#send(message(MSG.close, u32(this.#theirs)));
				return;
			}
			for (const [name, value] of Object.entries(this.#on.env ?? {})) {
				this.#send(message(MSG.channelRequest, u32(this.#theirs), "env", false, name, value));
			}
			this.#send(message(MSG.channelRequest, u32(this.#theirs), "exec", true, this.#word));
		},
		[MSG.openFailure]: (r) => {
			r.u32();
			this.#why = r.text().slice(0, mostWhy);
			r.string();
			r.end();
			return true;
		},
		[MSG.channelSuccess]: (r) => {
			r.end();
			if (this.#started) throw broken("a session begins twice");
			this.#started = true;
			this.pump();
		},
		[MSG.channelFailure]: (r) => {
			r.end();
			if (this.#started) throw broken("a session begins and does not");
			this.close();
		},
		[MSG.windowAdjust]: (r) => {
			this.#room += r.u32();
			r.end();
			if (this.#room > 0xffffffff) throw broken("a session's window is too large");
			this.pump();
		},
		[MSG.data]: (r) => {
			this.#comes(r, (bytes) => call(this.#on.ondata, bytes));
		},
		[MSG.extendedData]: (r) => {
			const kind = r.u32();
			this.#comes(r, (bytes) => {
				if (kind !== 1) return;
				if (this.#why.length < mostWhy) this.#why = (this.#why + this.#errors.decode(bytes, { stream: true })).slice(0, mostWhy);
				call(this.#on.onerr, bytes);
			});
		},
		[MSG.eof]: (r) => {
			r.end();
			if (this.#theirEnd) throw broken("a session's output ends twice");
			this.#theirEnd = true;
		},
		[MSG.close]: (r) => {
			r.end();
			if (!this.#closed) this.#send(message(MSG.close, u32(this.#theirs)));
			return true;
		},
		[MSG.channelRequest]: (r) => {
			const name = r.name();
			const answer = r.bool();
			if (name === "exit-status") {
				this.#exit = r.u32();
				r.end();
			} else if (name === "exit-signal") {
				const signal = r.name();
				r.bool();
				const why = r.text();
				r.string();
				r.end();
				this.#why ||= why || signal;
			}
			if (answer && !this.#closed) this.#send(message(MSG.channelFailure, u32(this.#theirs)));
		},
	};

	// comes takes output, and asks for more when half of what may come has come.
	#comes(r, use) {
		const bytes = r.string();
		r.end();
		if (!this.#started || this.#theirEnd) throw broken("output comes out of turn");
		if (bytes.length > mostData || bytes.length > this.#window) throw broken("more output comes than was asked for");
		this.#window -= bytes.length;
		if (this.#closed) return;
		use(bytes);
		if (this.#closed || this.#window > window / 2) return;
		this.#send(message(MSG.windowAdjust, u32(this.#theirs), u32(window - this.#window)));
		this.#window = window;
	}
}

// call calls somebody's function. What it throws is reported, and is not the
// connection's fault.
export function call(f, ...args) {
	try {
		f?.(...args);
	} catch (err) {
		queueMicrotask(() => {
			throw err;
		});
	}
}

// tidy makes a sentence of what a server said: no control characters, nothing that
// turns the direction of writing.
export const tidy = (text) => text.replace(/[\0-\t\v-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "").trim();
