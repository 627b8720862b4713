// The wall: one big thing that a room looks at from ten metres.

import {el} from "./tree.js";
import {clock, clockLate, span, spent} from "./view.js";
import {words as w} from "./words.js";

const lines = (list, name) => list && list.length > 0 && el("div", {class: name, key: name}, list.map(s => el("p", {}, typeof s === "string" ? el("span", {text: s}) : span(s))));

let drawn = {link: "", svg: null};

// picture returns a link as a QR code: dark squares on a light ground, with the
// border that cameras want. It is drawn once, and told when it is there.
export function picture(link, then) {
  if (drawn.link === link) return drawn.svg;
  drawn = {link, svg: null};
  import("./qr.js").then(({encode}) => {
    const {data, size} = encode(link, {ecc: "M", border: 4}), ns = "http://www.w3.org/2000/svg";
    let path = "";
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) if (data[y][x]) path += "M" + x + " " + y + "h1v1h-1z";
    }
    const svg = document.createElementNS(ns, "svg"), p = document.createElementNS(ns, "path");
    svg.setAttribute("viewBox", "0 0 " + size + " " + size);
    svg.setAttribute("shape-rendering", "crispEdges");
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", w.scan);
    p.setAttribute("d", path);
    svg.append(p);
    drawn = {link, svg};
    then();
  }, () => { drawn.link = ""; });
  return null;
}

// piece is the picture in the middle.
function piece(wall, state) {
  const c = wall.clock, late = c && clockLate(c, state.came, state.now);
  const time = c && el("div", {key: "time", class: "time" + (late ? " t-late" : ""), role: "timer"},
    el("b", {key: "t", text: clock(Math.floor(spent(c, state.came, state.now)))}));
  switch (wall.kind) {
    case "tallies":
      return el("div", {class: "tallies", key: "tallies"}, (wall.names || []).map((n, i) =>
        el("div", {}, el("span", {key: "n", text: n}), el("b", {key: "v", text: String((wall.numbers || [])[i] || 0)}))));
    case "names":
      return el("ul", {class: "names" + ((wall.names || []).length > 12 ? " many" : ""), key: "names"}, (wall.names || []).map(n => el("li", {text: n})));
    case "entrance":
      return [el("div", {class: "number", key: "number", text: wall.text}), lines([wall.browser, wall.where].filter(Boolean), "ways")];
    case "board":
      return board(wall);
    case "headline":
      return [el("div", {class: "headline", key: "headline", "data-fit": "", text: wall.text || ""}), time || wall.time && el("div", {key: "time", class: "time"}, el("b", {key: "t", text: wall.time}))];
    default:
      return [wall.text && el("div", {class: "number " + (wall.tone === "late" ? "t-late" : ""), key: "number", text: wall.text}), time];
  }
}

// board is the result: a row a person, a line below those within the cap.
function board(wall) {
  const row = r => el("tr", {}, el("td", {text: r.name}), r.numbers.map(n => el("td", {class: "right", text: String(n)})), el("td", {class: "right", text: r.share || ""}));
  const rows = (wall.rows || []).map(row), width = 2 + (wall.names || []).length;
  if (wall.line && wall.line.text) rows.splice(wall.line.after, 0, el("tr", {key: "cap", class: "cap"}, el("td", {colspan: width, text: wall.line.text})));
  return el("table", {class: "list board" + (rows.length > 9 ? " many" : ""), key: "board"},
    el("thead", {key: "h"}, el("tr", {}, el("th", {}), (wall.names || []).map(n => el("th", {class: "right", text: n})), el("th", {}))),
    el("tbody", {key: "b"}, rows));
}

// onWall describes what the wall shows.
export function onWall(page, state) {
  const wall = page.wall;
  return [el("div", {key: "wall", class: "wall" + (wall.code ? " withcode" : "")},
    el("header", {key: "head"}, el("span", {key: "h", text: wall.head || page.head || ""}), el("span", {key: "s", class: "side", text: wall.side || page.side || ""})),
    el("h1", {id: "title", key: "title", tabindex: "-1", text: (wall.title || "").trim()}),
    el("main", {key: "stage"},
      el("div", {class: "stage" + (wall.kind ? "" : " calm"), key: "stage"},
        lines(wall.above, "above"),
        piece(wall, state),
        wall.all > 0 && el("progress", {key: "bar", max: wall.all, value: wall.part || 0, "aria-label": w.bar(wall.part || 0, wall.all)}),
        lines(wall.below, "below")),
      wall.code && el("div", {class: "code", key: "code"}, el("div", {class: "picture", key: "p", own: true, "data-code": wall.code}), el("p", {key: "s", text: wall.label || w.scan}))),
    lines((page.foot || []).filter(l => l.text).map(l => l.text[0]), "foot"),
    lines(wall.footer, "footer"))];
}
