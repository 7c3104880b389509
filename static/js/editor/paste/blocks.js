// Where one word ends and the next begins, in other pages' HTML: each of their blocks becomes one
// that the editor knows, and white space is what readers saw.

import { isBlock } from "../plaintext.js";
import { rename } from "./quiet.js";

const INVISIBLE = /[\u00ad\u200b\ufeff]/g;
const FIXED_RUN = /[ \t\r\n\f]*\u00a0[ \t\r\n\f\u00a0]*/g;

/** Elements that browsers show on lines of their own, and that the editor would read as running text. */
export function nameBlocks(body) {
  for (const element of body.querySelectorAll("dt, dd, main, nav, details, summary, center, legend, address, caption, li, option")) {
    const isAtHome = { LI: "ul, ol", CAPTION: "table" }[element.nodeName];
    if (!isAtHome || !element.parentElement?.matches(isAtHome)) rename(element, "div");
  }
  body.querySelectorAll("pre").forEach((pre) => {
    const lines = pre.textContent.split(/\r?\n/).map((line) => {
      const div = pre.ownerDocument.createElement("div");
      div.textContent = line;
      return div;
    });
    pre.replaceWith(...lines);
  });
}

/** Two line breaks in a row mean a new paragraph, and a break between two blocks means nothing. */
export function readBreaks(body) {
  for (const br of [...body.querySelectorAll("br")]) {
    const next = neighbour(br, "nextSibling");
    const previous = neighbour(br, "previousSibling");
    const isBetween = [next, previous].some((node) => node && isBlock(node));
    if (isBetween) br.remove();
    else if (previous?.nodeName === "BR" || (previous?.nodeName === "DIV" && !previous.hasChildNodes())) {
      previous.remove();
      rename(br, "div");
    }
  }
}

function neighbour(node, direction) {
  let other = node[direction];
  while (other && other.nodeType !== Node.ELEMENT_NODE && !other.data?.trim()) other = other[direction];
  return other;
}

/** Word keeps a paragraph with a fixed space wherever somebody pressed Enter twice. */
export function dropEmptyBlocks(body) {
  for (const block of [...body.querySelectorAll("p, li, blockquote")].reverse()) {
    if (!block.textContent.trim() && !block.querySelector("img, table")) block.remove();
  }
}

/** Loose words beside blocks are paragraphs; without any block they are part of a line, and stay so. */
export function wrapLooseWords(body) {
  if (![...body.children].some(isBlock)) return;
  let paragraph = null;
  for (const node of [...body.childNodes]) {
    if (isBlock(node)) {
      paragraph = null;
    } else if (paragraph || node.textContent.trim()) {
      if (!paragraph) node.before((paragraph = body.ownerDocument.createElement("p")));
      paragraph.append(node);
    }
  }
}

/** Soft hyphens and the like are the other page's; a run with a fixed space in it is one space. */
export function readSpaces(body) {
  const texts = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    node.data = node.data.replace(INVISIBLE, "").replace(FIXED_RUN, (run) => (run.length > 1 ? " " : run));
  }
}
