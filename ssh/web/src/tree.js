// A description of elements, and a document that is changed to match it. What
// stays is never rebuilt or moved, so that a field that is being written in
// keeps its focus, its text and what an input method is composing.

// el describes an element. Props: class, text, key (its name among its
// siblings, else its place), css, own (its children are somebody else's);
// everything else is an attribute, which false and undefined leave out.
export function el(tag, props, ...kids) {
  const one = {tag, key: undefined, attrs: {}, text: undefined, css: undefined, own: false, kids: kids.flat(9).filter(Boolean)};
  for (const name in props) {
    const value = props[name];
    if (name === "key" || name === "text" || name === "css" || name === "own") one[name] = value;
    else if (value !== undefined && value !== false) one.attrs[name] = value === true ? "" : String(value);
  }
  return one;
}

const made = new WeakMap(); // node → the description that it matches

// build makes the node of a description.
function build(want) {
  const node = document.createElement(want.tag);
  made.set(node, {tag: want.tag, key: undefined, attrs: {}, text: undefined, css: undefined, kids: []});
  match(node, want);
  return node;
}

// match changes a node of the same tag until it is what is described.
export function match(node, want) {
  const was = made.get(node) || {attrs: {}, kids: []};
  for (const name in was.attrs) if (!(name in want.attrs)) node.removeAttribute(name);
  for (const name in want.attrs) if (was.attrs[name] !== want.attrs[name]) node.setAttribute(name, want.attrs[name]);
  for (const name in was.css) if (!want.css || !(name in want.css)) node.style.removeProperty(name);
  for (const name in want.css) if (!was.css || was.css[name] !== want.css[name]) node.style.setProperty(name, want.css[name]);
  if (want.text !== undefined) {
    if (was.text !== want.text) node.textContent = want.text;
  } else if (!want.own) {
    if (was.text !== undefined) node.textContent = "";
    children(node, want.kids);
  }
  made.set(node, want);
}

// name is what a described element is called among its siblings.
const name = (want, place) => want.tag + " " + (want.key === undefined ? place : "=" + want.key);

// children makes the children of a node those that are described. The one that
// has the focus, or holds it, is the fixed point around which others move.
function children(node, wants) {
  const old = new Map();
  let place = 0;
  for (const kid of [...node.children]) {
    const is = made.get(kid);
    if (is) old.set(name(is, place++), kid);
    else kid.remove();
  }
  const kids = wants.map((want, at) => {
    const id = name(want, at), kid = old.get(id);
    if (!kid) return build(want);
    old.delete(id);
    match(kid, want);
    return kid;
  });
  for (const kid of old.values()) kid.remove();
  const fixed = Math.max(0, kids.findIndex(kid => kid.contains(document.activeElement)));
  for (let i = fixed; i < kids.length; i++) {
    const after = i ? kids[i - 1] : null, next = after ? after.nextSibling : node.firstChild;
    if (i === fixed && kids[i].parentNode === node) continue;
    if (next !== kids[i]) node.insertBefore(kids[i], next);
  }
  for (let i = fixed - 1; i >= 0; i--) {
    if (kids[i].nextSibling !== kids[i + 1] || kids[i].parentNode !== node) node.insertBefore(kids[i], kids[i + 1]);
  }
}
