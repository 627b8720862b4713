// What a page of the server looks like: its data described as elements. What it
// is about is the one h1, choices are buttons or one group of radio buttons,
// rows are tables.

import {el} from "./tree.js";
import {words as w} from "./words.js";

const tones = new Set(["muted", "strong", "accent", "banner", "warn", "late", "filled", "shade", "ink"]);
const tone = t => tones.has(t) ? "t-" + t : undefined;

export const span = (s, key) => s && s[0] ? el("span", {class: tone(s[1]), text: s[0], key}) : null;
const spans = list => (list || []).map(s => span(s));

// clock is mm:ss, or h:mm:ss.
export function clock(s) {
  const two = n => String(Math.floor(n)).padStart(2, "0");
  return s < 3600 ? two(s / 60) + ":" + two(s % 60) : Math.floor(s / 3600) + ":" + two(s % 3600 / 60) + ":" + two(s % 60);
}

// spent are the seconds that a clock shows now; it came at a time.
export function spent(c, came, now) {
  const run = c.paused ? 0 : Math.max(0, (now - came) / 1000);
  return c.down ? Math.max(0, (c.since || 0) - run) : (c.since || 0) + run;
}

export function clockText(c, came, now) {
  const s = Math.floor(spent(c, came, now));
  let text = clock(s);
  if (c.limit && !c.down) text += " / " + clock(c.limit);
  if (c.paused) text += "  " + w.paused;
  return text;
}

export const clockLate = (c, came, now) => c.limit && !c.down ? spent(c, came, now) > c.limit : c.down && spent(c, came, now) <= 0;

const cell = (c, tag) => el(tag, {class: [tone(c[1]), c[3] && "right"].filter(Boolean).join(" ") || undefined, text: (c[0] || "").trim()});

// columns are how wide the cells of a choice are, in halves of a character.
const choiceCell = c => el("span", {
  class: ["cell", tone(c[1]), c[3] && "right"].filter(Boolean).join(" "),
  text: (c[0] || "").trim(),
  css: c[2] ? {"min-width": `min(${c[2] / 2}em, 100%)`} : undefined,
});

// choice is one of a page's choices as a button. That of a ballot has the same
// parts whether it is chosen or not.
function choice(page, i, state) {
  const c = page.choices[i], shut = c.state === "shut";
  const props = {type: "button", key: "c" + i, class: "choice" + (shut ? " shut" : "") + (c.chosen ? " chosen" : ""), "data-pick": i};
  if (shut || state.locked) props["aria-disabled"] = "true";
  if (page.radio) {
    props.role = "radio";
    props["aria-checked"] = c.chosen ? "true" : "false";
    props.class += " radio";
  }
  const label = c.cells && c.cells.length
    ? el("span", {class: "label cells", key: "l"}, c.cells.map(choiceCell))
    : el("span", {class: "label", key: "l", text: (c.label || "").trim()});
  return el("button", props,
    page.radio && el("span", {class: "dot", key: "d", "aria-hidden": "true"}),
    el("span", {class: "words", key: "w"}, label,
      c.note && el("span", {class: "note", key: "n", text: c.note}),
      c.why && el("span", {class: "why", key: "y", text: c.why})));
}

function choices(page, from, to, key, state) {
  const kids = [];
  for (let i = from; i < to; i++) kids.push(choice(page, i, state));
  const props = {class: "choices", key};
  if (page.radio) {
    props.role = "radiogroup";
    props["aria-labelledby"] = "title beside line0 line1";
  }
  return el("div", props, kids);
}

// identity names what is being written: the same field keeps its text.
export const identity = page => page.input ? [page.who, page.input.kind, page.input.label, page.title].join("\n") : "";

// field is what is written on a page.
function field(page, state) {
  const input = page.input, key = "field " + identity(page);
  const id = "field", many = input.kind === "text";
  const common = {
    id, key: "f", "data-field": input.kind, autocomplete: "off", autocapitalize: "off", autocorrect: "off", spellcheck: "false",
    enterkeyhint: many ? undefined : input.kind === "find" ? "search" : "done",
    "aria-describedby": "room",
  };
  const control = many
    ? el("textarea", {...common, rows: 6})
    : el("input", {...common, type: input.kind === "find" ? "search" : "text", inputmode: input.kind === "number" ? "numeric" : undefined, class: input.kind === "secret" ? "masked" : undefined});
  return el("form", {key, class: "field", "data-form": ""},
    el("label", {for: id, key: "l", class: !input.label || input.label === page.title ? "heard" : undefined, text: input.label || page.title || ""}),
    control,
    el("div", {id: "room", key: "r", class: "room" + (state.room && state.room.over ? " t-warn" : ""), text: state.room ? state.room.text : ""}),
    el("button", {type: "submit", key: "b", class: "main", "aria-disabled": state.locked ? "true" : undefined, text: input.done || (many ? w.done : w.ok)}));
}

// flow describes lines. Rows that follow each other are one table.
function flow(lines, part, page, state) {
  const out = [];
  let rows = null;
  (lines || []).forEach((line, at) => {
    if (line.row) {
      if (!rows || line.head) {
        rows = {key: part + at, head: [], body: []};
        out.push(rows);
      }
      (line.head ? rows.head : rows.body).push(line.row);
      return;
    }
    rows = null;
    const key = part + at;
    if (line.choices) out.push(choices(page, line.choices[0], line.choices[1], "choices" + line.choices[0], state));
    else if (line.writing) out.push(page.input && field(page, state));
    else if (line.gap) out.push(el("div", {class: "gap", key}));
    else if (line.rule) out.push(el("hr", {key}));
    else if (line.hex) out.push(el("pre", {key, class: "hex", text: line.hex}));
    else if (line.text) {
      const mark = line.mark && line.mark[0] && line.mark[0].trim();
      out.push(el("p", {key, id: key, class: (mark ? "marked" : "") + (part === "foot" ? " foot" : "")},
        mark && span([mark, line.mark[1]], "m"),
        mark ? el("span", {key: "t"}, spans(line.text)) : spans(line.text)));
    }
  });
  return out.map(o => o && o.body ? table(o) : o);
}

const table = rows => el("table", {key: rows.key, class: "rows"},
  rows.head.length > 0 && el("thead", {key: "h"}, rows.head.map(r => el("tr", {}, r.map(c => cell(c, "th"))))),
  el("tbody", {key: "b"}, rows.body.map(r => el("tr", {}, r.map(c => cell(c, "td"))))));

// shown describes a page. state: locked (nothing can be tapped), room (for how
// much more there is room), leaving (leaving is asked), came, now.
export function shown(page, state) {
  const stands = [...(page.top || []), ...(page.lines || []), ...(page.foot || [])];
  const placed = stands.some(l => l.choices), writes = stands.some(l => l.writing);
  const all = (page.choices || []).length;
  return [
    el("header", {key: "head"},
      el("p", {class: "where", key: "w"}, page.head && el("span", {text: page.head, key: "h"}), page.side && el("span", {class: "side", text: page.side, key: "s"})),
      page.who && el("p", {class: "who", text: page.who, key: "p"})),
    el("main", {key: "main", "aria-busy": page.busy ? "true" : undefined},
      el("h1", {id: "title", key: "title", tabindex: "-1", text: page.title || page.head || "评议"}),
      page.beside && page.beside.length > 0 && el("p", {class: "beside", id: "beside", key: "beside"}, spans(page.beside)),
      page.clock && el("p", {class: "clock" + (clockLate(page.clock, state.came, state.now) ? " t-late" : ""), key: "clock", role: "timer"},
        el("span", {class: "clocklabel", key: "l", text: (page.clock.down ? w.left_ : w.speech)}), el("b", {key: "t", text: clockText(page.clock, state.came, state.now)})),
      flow(page.top, "top", page, state),
      flow(page.lines, "line", page, state),
      page.input && !writes && field(page, state),
      !placed && all > 0 && choices(page, 0, all, "choices0", state),
      flow(page.foot, "foot", page, state),
      keys(page, false, state), keys(page, true, state)),
    page.margin && el("aside", {key: "margin", class: "margin"}, flow(page.margin, "margin", page, state)),
    foot(page, state),
  ];
}

// keys are what else can be done; what is asked for seldom stands by itself, and only
// while it can be done.
function keys(page, seldom, state) {
  const list = (page.keys || []).filter(k => Boolean(k.aside) === seldom && !(seldom && k.why));
  return list.length > 0 && el("div", {class: seldom ? "keys seldom" : "keys", key: seldom ? "seldom" : "keys"}, list.map(k => key(k, state)));
}

function key(k, state) {
  return el("button", {type: "button", key: k.key, class: "key" + (k.why ? " shut" : ""), "data-key": k.key, "aria-disabled": k.why || state.locked ? "true" : undefined},
    el("span", {class: "label", key: "l", text: k.label || k.key}), k.why && el("span", {class: "why", key: "y", text: k.why}));
}

function foot(page, state) {
  return el("footer", {key: "foot"}, state.leaving
    ? [el("p", {key: "q", id: "leaveask"}, page.unsent && el("b", {text: page.unsent, key: "u"}), el("span", {text: w.leaveAsk, key: "a"})), el("div", {class: "keys", key: "k"},
      el("button", {type: "button", class: "key", "data-do": "stay", "aria-describedby": "leaveask", key: "n", text: w.leaveNo}),
      el("button", {type: "button", class: "key", "data-do": "leave", key: "y", text: w.leaveYes}))]
    : [el("button", {type: "button", class: "quiet", "data-do": "ask", key: "l", text: w.leave}), el("p", {class: "small", key: "s", text: kept(state)})]);
}

// kept says what the tab keeps.
const kept = state => state.as === "booth" ? w.keptAtBooth : w.kept;

// joining describes the page that asks for the code.
export function joining(state) {
  const title = state.as === "screen" ? w.wall : state.as === "booth" ? w.booth : w.join;
  if (state.dialing && !state.typed) return plainly(title, w.dialing); // by a link: there is nothing to type
  return [el("main", {key: "join", class: "join"},
    el("h1", {id: "title", key: "title", tabindex: "-1", text: title}),
    el("form", {key: "form", "data-join": "", novalidate: true},
      state.asksPrint && [el("label", {for: "print", key: "pl", text: w.print}),
        el("input", {id: "print", key: "p", type: "text", autocomplete: "off", autocapitalize: "off", autocorrect: "off", spellcheck: "false", "aria-describedby": "printask"}),
        el("p", {id: "printask", key: "pa", class: "small", text: w.printAsk})],
      el("label", {for: "code", key: "cl", text: w.code}),
      el("input", {id: "code", key: "c", type: "text", class: "big", autocomplete: "off", autocapitalize: "characters", autocorrect: "off", spellcheck: "false", enterkeyhint: "go", maxlength: "64", "aria-describedby": "codeask fault"}),
      el("p", {id: "codeask", key: "ca", class: "small", text: w.codeAsk[state.as]}),
      el("p", {id: "fault", key: "f", class: "fault", role: "alert", text: state.fault || ""}),
      el("button", {type: "submit", key: "b", class: "main", "aria-disabled": state.dialing ? "true" : undefined, text: state.dialing ? w.dialing : w.enter})),
    el("div", {key: "honest", class: "honest"}, !state.safe && el("p", {text: w.honest}), el("p", {text: kept(state)})))];
}

// plainly describes a page with one sentence, and a button to come in again.
export const plainly = (title, text, again) => [el("main", {key: "plain", class: "join"},
  el("h1", {id: "title", key: "title", tabindex: "-1", text: title}),
  text && el("p", {key: "t", text}),
  again && el("button", {type: "button", key: "b", class: "main", "data-do": "again", text: w.again}))];
