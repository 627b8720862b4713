// The line to the server: an SSH connection in a websocket, with the word page
// in it. It says when the line is down, also when nothing says so, and dials
// again by itself once a first page has been seen.

import {dial} from "./ssh.js";
import {websocket} from "./websocket.js";

const PULSE = 5000;  // between two questions whether the server is there
const SILENCE = 4000; // the longest wait for an answer
const PATIENCE = 15000; // the longest wait for a first page
const LONGEST = 8; // seconds between two attempts
const LINE = 1 << 20; // the longest line that is read

// late keeps a promise for so many milliseconds at most.
const late = (ms, promise) => new Promise((done, fail) => {
  const timer = setTimeout(() => fail({kind: "closed", say: ""}), ms);
  promise.then(v => { clearTimeout(timer); done(v); }, e => { clearTimeout(timer); fail(e); });
});

// Link is one person's line. See.line(page, line) is told of every page, see.bye of
// the last line, see.state of "dialing", "up", "down" (with seconds until the
// next attempt) and "failed" (with the fault).
export class Link {
  constructor(to, see) {
    this.to = to; // {url, pin, user, code, locale(), columns()}
    this.see = see;
    this.seen = false; // a page has come, so that it is dialled again
    this.attempt = 0;
    this.run = 0; // number of the attempt whose events count
    this.ended = false;
    this.nudge = () => {
      if (document.visibilityState === "visible") this.look();
    };
    document.addEventListener("visibilitychange", this.nudge);
    addEventListener("online", this.nudge);
    addEventListener("pageshow", this.nudge);
  }

  // open dials.
  open() {
    const run = ++this.run;
    clearTimeout(this.timer);
    this.up = false;
    const dialled = this.connect(run); // while the page is drawn
    if (!this.seen) this.see.state("dialing");
    else this.see.state("down", 0);
    dialled.catch(fault => this.fail(run, fault));
  }

  async connect(run) {
    this.way = websocket(this.to.url);
    const ssh = await dial(this.way, {pin: this.to.pin, user: this.to.user, code: this.to.code, patience: PATIENCE});
    if (run !== this.run) return ssh.close();
    this.ssh = ssh;
    let text = "";
    const reader = new TextDecoder();
    this.first = setTimeout(() => this.fail(run, {kind: "closed", say: ""}), PATIENCE);
    this.stream = ssh.exec("page", {
      env: {LANG: this.to.locale(), COLUMNS: String(this.to.columns())},
      ondata: bytes => {
        if (run !== this.run) return;
        text += reader.decode(bytes, {stream: true});
        let end;
        while ((end = text.indexOf("\n")) >= 0) {
          const line = text.slice(0, end);
          text = text.slice(end + 1);
          this.line(run, line);
          if (run !== this.run) return;
        }
        if (text.length > LINE) this.fail(run, {kind: "protocol", say: ""});
      },
      onend: end => this.fail(run, {kind: "closed", say: end && end.why || "", ended: true}),
    });
    this.pulse(run);
  }

  line(run, line) {
    let page;
    try {
      page = JSON.parse(line);
    } catch (e) {
      return this.fail(run, {kind: "protocol", say: ""});
    }
    if (!page || typeof page !== "object") return this.fail(run, {kind: "protocol", say: ""});
    if (page.bye !== undefined) {
      if (page.again) {
        this.seen = true;
        return this.fail(run, {kind: "closed", say: ""}, 1);
      }
      this.close();
      return this.see.bye(page.bye);
    }
    clearTimeout(this.first);
    this.attempt = 0;
    this.seen = true;
    if (!this.up) {
      this.up = true;
      this.see.state("up");
    }
    this.see.line(page, line);
  }

  // pulse asks every few seconds whether the server is still there.
  pulse(run) {
    this.beat = setTimeout(() => this.ask(run, SILENCE).then(() => { if (run === this.run) this.pulse(run); }, () => {}), PULSE);
  }

  async ask(run, silence) {
    try {
      await late(silence, this.ssh.ask());
    } catch (e) {
      this.fail(run, {kind: "closed", say: ""});
      throw e;
    }
  }

  // look sees at once how the line is: after sleep, and when the network is back.
  look() {
    if (this.ended) return;
    if (this.up) this.ask(this.run, 2500).catch(() => {});
    else if (this.seen && this.waiting) this.open();
  }

  // send sends one line and says whether there is a line to send it on.
  send(answer) {
    if (!this.up) return false;
    this.stream.write(new TextEncoder().encode(answer + "\n"));
    return true;
  }

  drop() {
    this.up = this.waiting = false;
    clearTimeout(this.beat);
    clearTimeout(this.timer);
    clearTimeout(this.first);
    const {ssh, way} = this;
    this.ssh = this.way = this.stream = undefined;
    try {
      if (ssh) ssh.close();
      if (way) way.close();
    } catch (e) { /* it was closed already */ }
  }

  // fail ends an attempt. What only time mends is tried again.
  fail(run, fault, soon) {
    if (run !== this.run || this.ended) return;
    this.run++;
    this.drop();
    if (!this.seen || fault.kind === "pin" || fault.kind === "code") {
      this.close();
      this.see.state("failed", fault);
      return;
    }
    let wait = soon || Math.min(LONGEST, 2 ** this.attempt++ / 2);
    wait *= 0.75 + Math.random() / 2; // a room full of phones does not come at once
    this.waiting = true;
    const until = Date.now() + wait * 1000;
    const tick = () => {
      const left = until - Date.now();
      if (left <= 0) return this.open();
      this.see.state("down", Math.ceil(left / 1000));
      this.timer = setTimeout(tick, Math.min(1000, left));
    };
    tick();
  }

  // close ends the line for good.
  close() {
    this.ended = true;
    this.run++;
    this.drop();
    document.removeEventListener("visibilitychange", this.nudge);
    removeEventListener("online", this.nudge);
    removeEventListener("pageshow", this.nudge);
  }
}
