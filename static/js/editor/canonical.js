// The document as the server stores it, to the letter: what is posted comes back unchanged from
// app/text/markup.py (but for typography), so a save that changes nothing makes no revision.
// ProseMirror's own serialiser writes what the editor shows (a paragraph in every cell and item);
// this one writes the canonical form that markup.py describes.

import { runsOf, settledText } from "./runs.js";

const MARKS = {
  ...{ link: "a", span: "span", bdi: "bdi", bold: "strong", italic: "em" },
  ...{ superscript: "sup", subscript: "sub" },
};

const escapeText = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
const escapeAttribute = (text) => escapeText(text).replace(/"/g, "&quot;");

/** A start tag; attributes that are null are left out. */
function open(tag, attributes = {}) {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeAttribute(String(value))}"`);
  return `<${tag}${written.join("")}>`;
}

const wrap = (tag, inside, attributes) => `${open(tag, attributes)}${inside}</${tag}>`;

/** What stands in a textblock; the empty string when there is nothing to read. */
function inline(textblock) {
  let html = "";
  const opened = [];
  const closeTo = (length) => {
    while (opened.length > length) html += `</${MARKS[opened.pop().type.name]}>`;
  };
  for (const { text, marks } of runsOf(textblock)) {
    let shared = 0;
    while (shared < opened.length && shared < marks.length && opened[shared].eq(marks[shared])) shared += 1;
    closeTo(shared);
    for (const mark of marks.slice(shared)) {
      html += open(MARKS[mark.type.name], mark.attrs);
      opened.push(mark);
    }
    html += text === null ? "<br>" : escapeText(text);
  }
  closeTo(0);
  return html;
}

const spoken = ({ attrs }) => ({ lang: attrs.lang, dir: attrs.dir });

/** What stands in an item or a cell. A paragraph that is the only one, comes first and says nothing of itself goes bare. */
function content(node) {
  const written = childrenOf(node)
    .map((child) => ({ child, html: block(child) }))
    .filter(({ html }) => html);
  const isParagraph = ({ child }) => child.type.name === "paragraph";
  const [first] = written;
  const isBare = first && isParagraph(first) && written.filter(isParagraph).length === 1 && !saysMore(first.child);
  return written.map(({ child, html }) => (isBare && child === first.child ? inline(child) : html)).join("");
}

const saysMore = ({ attrs }) => attrs.lang !== null || attrs.dir !== null;

function list(tag, node) {
  const items = childrenOf(node).map((item) => filled("li", content(item), spoken(item)));
  const start = node.attrs.start > 1 ? node.attrs.start : null;
  return filled(tag, items.join(""), { start, ...spoken(node) });
}

function table(node) {
  const rows = childrenOf(node).map((row) => wrap("tr", childrenOf(row).map(cell).join(""), spoken(row)));
  const caption = filled("caption", escapeText(settledText(node.attrs.caption)));
  return wrap("table", caption + wrap("tbody", rows.join("")), spoken(node));
}

function cell(node) {
  const { scope, colspan, rowspan } = node.attrs;
  const spans = { colspan: colspan > 1 ? colspan : null, rowspan: rowspan > 1 ? rowspan : null };
  const isHeader = node.type.name === "tableHeader";
  const attributes = { scope: isHeader ? scope : null, ...spans, ...spoken(node) };
  return wrap(isHeader ? "th" : "td", content(node), attributes);
}

function figure(node) {
  const { src, alt, width, height } = node.attrs;
  const image = open("img", { src, alt: alt?.replace(/\s+/g, " ").trim(), width, height });
  return wrap("figure", image + filled("figcaption", inline(node)), spoken(node));
}

const BLOCKS = {
  paragraph: (node) => filled("p", inline(node), spoken(node)),
  heading: (node) => filled(`h${node.attrs.level}`, inline(node), spoken(node)),
  blockquote: (node) => filled("blockquote", childrenOf(node).map(block).join(""), spoken(node)),
  bulletList: (node) => list("ul", node),
  orderedList: (node) => list("ol", node),
  table,
  figure,
};

const childrenOf = (node) => node.content.content;
const filled = (tag, inside, attributes) => (inside ? wrap(tag, inside, attributes) : "");
const block = (node) => BLOCKS[node.type.name](node);

/** The HTML of `doc`. What holds nothing to read (an empty paragraph, an empty item) is left out; cells stay. */
export function canonical(doc) {
  return childrenOf(doc).map(block).join("");
}
