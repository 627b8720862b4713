// The page: joins, shows what the server sends, and sends what is tapped and
// written.

import {Link} from "./link.js";
import {el, match} from "./tree.js";
import {clock, identity, joining, plainly, shown} from "./view.js";
import {onWall, picture} from "./wall.js";
import {inEnglish, locale, ours, reads, words as w} from "./words.js";

const GRACE = 400;  // ms in which taps do not count after others changed the page
const TWICE = 300;  // ms in which the second of two taps does not count on the page to which the first led
const DRAFT = 700;  // ms after the first input that the server does not know until a draft is sent
const SLOW = 600;   // ms until it is said that an answer takes time
const CLOCK = 250;  // ms between two looks at the clock
const KEEP = 1000;  // ms until what is kept in this tab is put away

const root = document.getElementById("page"), said = document.getElementById("said");

// what is kept in this tab, so that a reload comes back. In a browser that
// keeps nothing the page works, and a reload asks again. It is put away a moment
// later, or when the tab goes: a phone's browser takes its time over the first, and
// somebody waits for the first page.
const kept = {
  later: new Map(), // what is to be put away
  get(name) { try { return sessionStorage.getItem("pingyi-" + name) || ""; } catch (e) { return ""; } },
  set(name, value) {
    kept.later.set(name, value);
    kept.timer ||= setTimeout(kept.now, KEEP);
  },
  now() {
    clearTimeout(kept.timer);
    kept.timer = 0;
    for (const [name, value] of kept.later) {
      try {
        if (value) sessionStorage.setItem("pingyi-" + name, value);
        else sessionStorage.removeItem("pingyi-" + name);
      } catch (e) { /* it is not kept */ }
    }
    kept.later.clear();
  },
  clear() {
    for (const name of ["code", "pin", "text", "lang"]) kept.set(name, "");
    kept.now();
  },
};

const as = (new URLSearchParams(location.search).get("as") || "").replace(" ", "+");
const role = ["screen", "booth"].find(one => as.startsWith(one)) || ""; // none: a person

const s = {
  mode: "join", // join, page, left
  pin: "", code: "",
  link: null,
  line: "down", later: 0,
  page: null, came: 0,
  sent: null,     // the answer that is not answered: {at: when, finished: it was a text}
  fault: "", farewell: "",
  calm: 0,        // until then taps do not count: they were meant for what stood there before
  notice: "",     // what this page says itself, until the next answer
  leaving: false,
  field: "",      // identity of the field in sight
  dirty: false,   // it holds more than the server sent
  told: "",       // the text that the server has, as far as is known
  keeps: null,    // {id, text, told, title, stays}: the newest text, until it is finished
  refill: null,   // the same: what was being written when the line went down, until its field is there again
};

// ---- joining

// fromLink takes pin and code out of the fragment, and the code out of the
// history. A messenger may have cut the link, or taken words after it for a part
// of it: what is left of a pin that is too short names no server, so it is asked for.
function fromLink() {
  const [, pin, dot, code] = /^([\w-]*)(\.?)([\w-]*)/.exec(location.hash.slice(1));
  if (dot) history.replaceState(null, "", location.pathname + location.search + "#" + pin);
  if (pin.length >= 22) s.pin = pin;
  if (code) s.code = code;
  return Boolean(code);
}

const clean = pin => pin.normalize("NFKC").trim().replace(/^SHA256:/i, "").replace(/\+/g, "-").replace(/\//g, "_").replace(/[=\s]/g, "");

function start() {
  if (!window.WebSocket || !window.TextDecoder || !crypto.getRandomValues) {
    s.fault = w.fault.old;
    return draw();
  }
  const fresh = fromLink();
  if (!s.pin) s.pin = kept.get("pin");
  if (!fresh && kept.get("code") && kept.get("pin") === s.pin) {
    s.code = kept.get("code");
    if (kept.get("lang")) reads(kept.get("lang") === "en");
    try { s.refill = JSON.parse(kept.get("text") || "null"); } catch (e) { s.refill = null; }
  }
  document.documentElement.lang = inEnglish ? "en" : "zh-CN";
  s.asksPrint = !s.pin;
  if (s.code && s.pin) return join();
  draw();
  offers(s.asksPrint ? "print" : "code");
}

// offers puts the cursor into a field of the page that asks for the code, with the
// code in it that nobody has refused.
function offers(field) {
  if (s.code) document.getElementById("code").value = s.code;
  focusOn(field);
}

function join() {
  s.fault = "";
  kept.set("code", s.code);
  kept.set("pin", s.pin);
  const url = (location.protocol === "https:" ? "wss://" : "ws://") + location.host + "/ssh";
  if (s.link) s.link.close();
  s.link = new Link({url, pin: s.pin, user: as, code: s.code, locale, columns: () => s.columns = columns()}, {line: came, state: changed, bye});
  s.link.open();
}

let tries = 0; // of who typed: the last one counts

// typed takes what was typed on the page that asks for the code, as it stood there
// at the tap.
async function typed() {
  if (s.line === "dialing") return;
  const mine = ++tries;
  const code = document.getElementById("code").value.trim();
  if (s.asksPrint) {
    const print = clean(document.getElementById("print").value);
    const pin = await theirs();
    if (mine !== tries) return;
    if (!pin) return fault(w.fault.closed, "code");
    if (!begins(pin, print)) return fault(w.printBad, "print");
    s.pin = pin;
  }
  if (!code) return fault(w.codeEmpty, "code");
  if (code.replace(/[^\p{L}\p{N}]/gu, "").length < 10) return fault(w.codeShort, "code");
  s.code = code;
  s.typed = true;
  join();
}

// theirs is the fingerprint of this server; none if it does not answer.
const theirs = () => fetch("/pin").then(r => r.ok ? r.text().then(clean) : "").catch(() => "");

// begins reports whether a fingerprint begins as somebody copied it from the wall.
const begins = (pin, begin) => begin.length >= 6 && pin.toLowerCase().startsWith(begin.toLowerCase());

function fault(text, field) {
  s.fault = text;
  draw();
  focusOn(field);
}

// focusedButton is what the button is called that has the focus, if one has it.
function focusedButton() {
  const b = document.activeElement && document.activeElement.closest("button");
  return b ? (b.querySelector(".label") || b).textContent : "";
}

function focusOn(id) {
  const node = document.getElementById(id);
  if (node) node.focus({preventScroll: id === "title"});
}

// ---- the line

function changed(state, what) {
  if (state === "failed") {
    const refused = what.kind === "code" || what.kind === "pin";
    if (refused) kept.set("code", "");
    Object.assign(s, {mode: "join", line: "down", page: null, sent: null, link: null, code: refused ? "" : s.code});
    s.fault = ours(what.say || "") || w.fault[what.kind] || w.fault.protocol;
    if (what.kind === "pin") { s.pin = s.asksPrint ? "" : s.pin; }
    draw();
    return offers("code");
  }
  if (state === "down" && s.line === "up") {
    if (s.sent) s.unsure = true;
    s.sent = null;
  }
  const broke = state === "down" && s.line === "up";
  s.line = state;
  s.later = what || 0;
  if (broke) {
    keepText();
    s.refill = s.refill || s.keeps;
  }
  if (state === "up") {
    s.notice = s.unsure ? w.unsure : "";
    s.unsure = false;
    s.back = true;
  }
  if (state === "dialing" && document.getElementById("opening")) return; // the page that came says it
  if (state !== "up" || s.page) draw();
}

function bye(text) {
  forget();
  s.mode = "left";
  s.farewell = text;
  draw();
  focusOn("title");
}

// forget ends what this tab knows of the person.
function forget() {
  if (s.link) s.link.close();
  kept.clear();
  Object.assign(s, {link: null, page: null, code: "", sent: null, line: "down", leaving: false, refill: null, field: "", dirty: false, notice: "", fault: ""});
}

// ---- pages

function came(page, line) {
  const mine = s.sent, before = s.page, back = s.back;
  s.line_ = line;
  s.came = Date.now();
  if (page.busy) { // the outcome follows
    s.page = ticked();
    s.mode = "page";
    return draw();
  }
  if (!mine && !back && before && before.input && identity(before) !== identity(page)) sendDraft();
  s.back = false;
  s.mode = "page";
  page = s.page = ticked();
  if (mine || page.said) s.notice = back ? s.notice : "";
  if (mine) s.leaving = false;
  s.sent = null;
  reads(page.lang === "en");
  kept.set("lang", page.lang);
  document.documentElement.lang = page.lang === "en" ? "en" : "zh-CN";
  const places = mine || back ? null : controls(), focused = root.contains(document.activeElement), button = focusedButton();
  draw();
  text(page, mine, back);
  if (places && places !== controls()) s.calm = performance.now() + GRACE;
  const turns = !before || about(before) !== about(page);
  if (turns && !mine && !back) dropSecret();
  if (mine && turns) s.calm = performance.now() + TWICE;
  if (turns) turned(mine || !before);
  const gone = (mine || focused) && document.activeElement === document.body;
  if (gone || button && focusedButton() && focusedButton() !== button) focusOn("title"); // what had the focus is gone, or another button
  wide();
}

// ticked is the newest page with its running times as they are now: ⟦+48⟧ counts
// up from 48 seconds, ⟦-12⟧ down from 12.
function ticked() {
  const run = (Date.now() - s.came) / 1000;
  return JSON.parse(s.line_.replace(/⟦([+-])(\d+)⟧/g, (_, way, from) => clock(Math.max(0, Number(from) + (way === "+" ? run : -run)))));
}

// about is what a page is about; with something else it is another page.
const about = page => JSON.stringify([page.title, page.beside, page.radio]);

// turned begins another page at its top, and hands the focus on.
function turned(mine) {
  const active = document.activeElement;
  if (!mine && active && active.id === "field") return;
  scrollTo(0, 0);
  if (mine) focusOn(s.page.input ? "field" : "title");
}

// controls says what can be tapped, and where it stands.
function controls() {
  return [...root.querySelectorAll("main button, main input, main textarea")].map(b => {
    const r = b.getBoundingClientRect();
    return [b.textContent, Math.round(r.top), Math.round(r.left)].join();
  }).join("\n");
}

// columns is how wide a line may be, in halves of a character. It is below 100
// always: from there on a ballot is one table.
const columns = () => innerWidth >= 1000 ? 99 : Math.max(40, Math.min(58, Math.floor(Math.min(innerWidth, 680) / 10)));

// wide tells the server when that has changed.
function wide() {
  const n = columns();
  if (n === s.columns || s.line !== "up" || !s.page || s.page.wall) return;
  s.columns = n;
  s.link.send(JSON.stringify({columns: n}));
}
addEventListener("resize", () => {
  clearTimeout(s.resized);
  s.resized = setTimeout(() => { wide(); if (s.page) draw(); }, 300);
});

// ---- what is written

const field = () => document.getElementById("field");

// text brings the field and the server's text together. What was written here
// and the server has not answered stays; so does all of it while it has the
// focus and nothing was finished.
function text(page, mine, back) {
  const id = identity(page), node = field();
  const other = id !== s.field;
  if (other) {
    s.timer = clearTimeout(s.timer);
    s.field = id;
    s.dirty = false;
    s.told = "";
  }
  if (!node) {
    if (mine && !mine.finished) keep(null); // it was handed in or put away
    if (back && s.refill && s.refill.stays && page.title !== s.refill.title) {
      s.notice = (s.notice ? s.notice + " " : "") + w.lost(s.refill.title);
      draw();
    }
    return;
  }
  const theirs = page.input.text || "";
  if (s.refill && s.refill.id === id) {
    const {text: mineIs, told} = s.refill, elsewhere = mineIs === told && theirs.startsWith(mineIs); // it was gone on with
    s.refill = null;
    if (elsewhere && !composing && node.value !== theirs) node.value = theirs;
    s.told = theirs;
    if (mineIs !== theirs && !elsewhere) {
      if (node.value !== mineIs && !composing) node.value = mineIs;
      s.dirty = true;
      s.notice = (s.notice ? s.notice + " " : "") + w.refilled;
      soonDraft(0);
    }
  } else if (other || (mine && node.value === s.told) || (!s.dirty && document.activeElement !== node)) {
    if (!composing && node.value !== theirs) node.value = theirs;
    s.dirty = false;
    s.told = theirs;
  }
  draw();
}

let composing = false;

// soonDraft sends a draft in a moment, also while somebody writes without a pause.
function soonDraft(ms) { s.timer ||= setTimeout(sendDraft, ms); }

// sendDraft sends the text so far, unless the line is down: then it is sent when
// the line is back.
function sendDraft() {
  s.timer = clearTimeout(s.timer);
  const node = field();
  if (!node || !s.page || !s.page.input || !s.dirty || composing) return;
  if (node.value === s.told || !["text", "line"].includes(s.page.input.kind)) return;
  if (s.link && s.link.send(JSON.stringify({at: s.page.at, draft: node.value}))) s.told = node.value;
  keepText();
}

// keepText keeps a text here until it is finished: the server's copy ends with
// the server. Of a secret one, a recovery code or an anonymous comment, nothing is
// put away.
function keepText() {
  const node = field();
  if (role === "booth") return; // the next person must not find it
  if (!node || !s.page || !s.page.input || s.page.input.kind !== "text" && s.page.input.kind !== "line") return;
  keep(node.value ? {id: identity(s.page), text: node.value, told: s.told, title: s.page.title || "", stays: !s.page.secret} : null);
  if (s.line !== "up") s.refill = s.keeps;
}

function keep(one) {
  s.keeps = one;
  const stays = [one, s.refill].find(text => text && text.stays);
  kept.set("text", stays ? JSON.stringify(stays) : "");
}

// dropSecret ends the secret texts: the meeting has moved on, and what they were for
// is over.
function dropSecret() {
  if (s.refill && !s.refill.stays) s.refill = null;
  if (s.keeps && !s.keeps.stays) keep(null);
}

function room() {
  const node = field(), most = s.page && s.page.input && s.page.input.most;
  if (!node || !most) return null;
  const left = most - [...node.value].length;
  if (left < 0) return {text: w.over_(-left), over: true};
  return {text: left <= Math.max(20, most / 10) ? w.more(left) : "", over: false};
}

// ---- answers

// answers sends one answer about the page in sight.
function answers(what, finished) {
  if (s.line !== "up") return tell(w.waits);
  if (s.sent) return tell(w.pending);
  sendDraft();
  if (!s.link.send(JSON.stringify({at: s.page.at, ...what}))) return tell(w.waits);
  s.sent = {finished, at: Date.now()};
  s.notice = "";
  setTimeout(draw, SLOW + 10);
  draw();
}

// pick sends a choice. All picks of a page are equally long, so that what was
// picked cannot be seen from outside.
function pick(n) {
  if (s.line !== "up") return tell(w.waits);
  if (s.sent) return tell(w.pending);
  sendDraft();
  const width = String(s.page.choices.length).length;
  if (!s.link.send('{"at":' + JSON.stringify(s.page.at) + ',"pick":' + String(n).padStart(width) + "}")) return tell(w.waits);
  s.sent = {at: Date.now()};
  s.notice = "";
  setTimeout(draw, SLOW + 10);
  draw();
}

// seek sends what is looked for, as it is typed.
function seek() {
  s.timer = clearTimeout(s.timer);
  const node = field();
  if (!node || composing || node.value === s.told) return;
  if (s.sent || s.line !== "up") { s.timer = setTimeout(seek, 100); return; }
  if (s.link.send(JSON.stringify({at: s.page.at, text: node.value}))) {
    s.told = node.value;
    s.sent = {finished: true, at: Date.now()};
  }
}

// finish hands the text of the field in.
function finish() {
  const node = field();
  if (!node || composing) return;
  s.timer = clearTimeout(s.timer);
  if (s.line !== "up") return tell(w.waits);
  if (s.sent) return tell(w.pending);
  keepText();
  if (!s.link.send(JSON.stringify({at: s.page.at, text: node.value}))) return tell(w.waits);
  s.told = node.value;
  s.sent = {finished: s.page.input.kind === "text", at: Date.now()}; // after a text come choices
  s.notice = "";
  setTimeout(draw, SLOW + 10);
  draw();
}

function tell(text) {
  s.notice = text;
  draw();
}

// ---- taps

let down = 0; // when the finger came down
addEventListener("pointerdown", e => { down = e.timeStamp; }, true);

root.addEventListener("click", e => {
  const b = e.target.closest("button");
  if (!b) return;
  const does = b.dataset.do;
  if (does) return doing(does);
  if (b.type === "submit" || s.mode !== "page") return;
  const meant = e.detail > 0 && down ? down : e.timeStamp;
  if (meant < s.calm) return tell(w.soon);
  if (b.dataset.pick) {
    const c = s.page.choices[b.dataset.pick];
    if (c.state === "shut") return tell((c.label || "").trim() + (c.why ? w.colon + c.why : ""));
    return pick(Number(b.dataset.pick));
  }
  if (b.dataset.key) {
    const k = s.page.keys.find(one => one.key === b.dataset.key);
    if (k.why) return tell(k.why);
    answers({key: k.key});
  }
});

function doing(what) {
  if (what === "ask" || what === "stay") {
    s.leaving = what === "ask";
    draw();
    root.querySelector(s.leaving ? "[data-do=stay]" : "[data-do=ask]").focus();
  } else if (what === "leave") {
    s.leaving = false;
    const up = s.link && s.page && s.link.send(JSON.stringify({quit: true}));
    if (up && role === "booth") return draw(); // the visit ends, not the booth
    setTimeout(() => { if (s.mode === "page") bye(""); }, up ? 1500 : 0); // the server says goodbye, unless the line is down
  } else if (what === "again") {
    s.mode = "join";
    s.asksPrint = !s.pin;
    draw();
    focusOn("code");
  } else if (what === "now" && s.link) s.link.look();
}

root.addEventListener("submit", e => {
  e.preventDefault();
  if ("join" in e.target.dataset) return typed();
  if (e.timeStamp < s.calm && e.submitter) return tell(w.soon);
  finish();
});

root.addEventListener("keydown", e => {
  if (e.target.id === "field" && e.key === "Enter" && (e.isComposing || e.keyCode === 229)) return;
  const group = e.target.closest && e.target.closest("[role=radiogroup]");
  const step = {ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1}[e.key];
  if (!group || !step) return;
  e.preventDefault();
  const all = [...group.querySelectorAll("[role=radio]")];
  all[(all.indexOf(e.target) + step + all.length) % all.length].focus();
});

root.addEventListener("compositionstart", () => { composing = true; });
root.addEventListener("compositionend", e => {
  composing = false;
  if (e.target.id === "field") wrote();
});
root.addEventListener("input", e => { if (e.target.id === "field" && !e.isComposing) wrote(); });

function wrote() {
  s.dirty = true;
  keepText();
  if (s.page.input.kind === "find") {
    clearTimeout(s.timer);
    s.timer = setTimeout(seek, 250);
  } else soonDraft(DRAFT);
  const is = room();
  if (JSON.stringify(is) !== JSON.stringify(s.room)) draw();
}

const leaves = () => { sendDraft(); kept.now(); };
addEventListener("pagehide", leaves);
addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") leaves(); });
addEventListener("hashchange", () => { if (fromLink() || s.mode === "join") { s.asksPrint = !s.pin; draw(); if (s.code && s.pin) join(); } });

// ---- drawing

function draw() {
  const state = {
    ...s, as: role, safe: location.protocol === "https:", dialing: s.line === "dialing",
    locked: s.line !== "up", now: Date.now(), room: s.room = room(),
  };
  const wall = s.mode === "page" && s.page.wall;
  document.documentElement.className = wall ? "onwall" : "";
  match(root, el("div", {id: "page", class: s.page && s.page.margin ? "sides" : undefined}, view(state, wall)));
  for (const node of root.querySelectorAll("[data-code]")) {
    const svg = picture(node.dataset.code, draw);
    if (svg && node.firstChild !== svg) node.replaceChildren(svg);
  }
  if (wall) fit();
  speak();
  if (s.page && s.mode === "page") document.title = (s.page.title || (wall && wall.title) || "评议").trim();
}

function view(state, wall) {
  if (s.mode === "join") return joining(state);
  if (s.mode === "left") return plainly(w.left, s.farewell, true);
  return wall ? onWall(s.page, state) : shown(s.page, state);
}

let wasDown = false;

// speak says the answer to the last thing done, or how the line is.
function speak() {
  let text = "", tone = "";
  if (s.mode === "page") {
    if (s.line !== "up") [text, tone] = [(s.later > 1 ? w.later(s.later) : w.down) + w.meanwhile[role], "t-warn"];
    else if (s.notice) [text, tone] = [s.notice, "t-warn"];
    else if (s.page.busy || s.sent && Date.now() - s.sent.at > SLOW) text = w.busy;
    else {
      const answer = s.page.said || s.page.wall && s.page.wall.said;
      if (answer) [text, tone] = [answer[0], "t-" + answer[1]];
    }
  }
  const down = s.mode === "page" && s.line !== "up";
  if (said.textContent !== text) {
    said.setAttribute("aria-live", down && wasDown ? "off" : "polite"); // nobody is read every second of a wait
    said.textContent = text;
  }
  wasDown = down;
  said.className = tone;
}

// fit sets a name, or the result, as large as its place allows.
let fitted = "", fittedNode = null; // what was sized last: one that comes back is another node
function fit() {
  const stage = root.querySelector(".stage"), node = root.querySelector("[data-fit]");
  const now = stage && stage.textContent.replace(/\d/g, "0") + innerWidth + "x" + innerHeight;
  if (!node || node === fittedNode && now === fitted) return;
  [fitted, fittedNode] = [now, node];
  const table = node.className === "board";
  const chars = [...node.textContent].reduce((n, c) => n + (c.charCodeAt(0) > 255 ? 1 : 0.6), 0.2);
  let size = table ? innerHeight * 0.044 : Math.min(innerHeight * 0.4, stage.clientWidth / Math.max(2, chars));
  do {
    node.style.setProperty("font-size", size + "px");
    size *= table ? 0.97 : 0.92;
  } while (size > (table ? 6 : 20) && (stage.scrollHeight > stage.clientHeight || table && node.offsetWidth > stage.clientWidth));
}
// Clocks go on by themselves.
setInterval(() => {
  if (!s.page || document.visibilityState !== "visible") return;
  const runs = s.line_.includes("⟦"), c = s.page.clock || s.page.wall && s.page.wall.clock;
  if (runs) s.page = ticked();
  if (runs || c && !c.paused) draw();
}, CLOCK);

start();
