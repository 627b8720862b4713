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

// board is the result: a row a person, a line below those within the cap. It has as
// many columns as let its type be largest; all of it is in sight. How large the type is,
// the page finds out (fit), which knows what else is on the wall.
function board(wall) {
  const right = (tag, list) => list.map(text => el(tag, {class: "right", text: String(text)}));
  const rows = (wall.rows || []).map(r => el("tr", {}, el("td", {text: r.name}), right("td", [`${r.numbers[0]}/${r.ballots} ${r.share}`, ...r.numbers.slice(1)])));
  const names = wall.names || [];
  if (wall.line && wall.line.text) rows.splice(wall.line.after, 0, el("tr", {class: "cap"}, el("td", {colspan: 1 + names.length, text: wall.line.text})));
  const long = n => Math.ceil(rows.length / n);
  const size = n => Math.min(4.4, 36 / (long(n) + 1), 3.3 * innerWidth / innerHeight / n); // about, in vh
  const columns = [1, 2, 3].reduce((best, n) => size(n) > size(best) ? n : best);
  return el("div", {class: "board", key: "board", "data-fit": ""}, Array.from({length: columns}, (_, i) =>
    el("table", {}, el("thead", {}, el("tr", {}, el("th", {}), right("th", names))), el("tbody", {}, rows.slice(i * long(columns), (i + 1) * long(columns))))));
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
