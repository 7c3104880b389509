// Any page's HTML, brought to what a text may hold: headings of two levels, lists, plain tables,
// links, emphasis. Whatever else there was is taken out, its words stay, and no two of them stick
// together. What was taken out is counted, because the officer is told.

import { addressOf } from "../link.js";
import { isOurs } from "../figure.js";
import { isBlock, plainText } from "../plaintext.js";
import { dropEmptyBlocks, nameBlocks, readBreaks, readSpaces, wrapLooseWords } from "./blocks.js";
import { rename, styleOf, unwrap } from "./quiet.js";
import { flattenTables } from "./tables.js";

const UNSEEN = "title, meta, link, base, style, script, template, noscript, map, wbr, .Apple-interchange-newline";
// What readers saw between two words goes, and leaves the gap.
const NOT_TEXT = "iframe, object, embed, svg, math, video, audio, canvas, input, select, textarea, button";
const STYLED = "[data-style], [class], [align], [bgcolor], font, u, s, strike, center, big, small, mark, tt";
const BLOCK_STYLE = /^(block|flex|grid|table|list-item|table-cell|table-row|flow-root)/;
const KEPT = { A: ["href", "hreflang"], IMG: ["src", "alt"], OL: ["start"], TD: ["colspan", "rowspan"], TH: ["colspan", "rowspan"] };

/** Emphasis that was written as style becomes emphasis; then style says nothing more. */
function readStyle(element) {
  const style = styleOf(element);
  if (style.display === "none" || style["mso-hide"] === "all") {
    element.remove();
    return;
  }
  if (element.nodeName === "SPAN" || element.nodeName === "FONT") {
    const wrapIn = (tag) => {
      const inner = element.ownerDocument.createElement(tag);
      inner.append(...element.childNodes);
      element.append(inner);
    };
    if (/^(bold|bolder|[6-9]00)$/.test(style["font-weight"])) wrapIn("strong");
    if (/^(italic|oblique)/.test(style["font-style"])) wrapIn("em");
    if (style["vertical-align"] === "super") wrapIn("sup");
    if (style["vertical-align"] === "sub") wrapIn("sub");
  }
  // An online word processor wraps all it copies in a <b> of normal weight.
  if (/^(B|STRONG)$/.test(element.nodeName) && /^(normal|[1-4]00)$/.test(style["font-weight"])) unwrap(element);
  else if (/^(I|EM)$/.test(element.nodeName) && style["font-style"] === "normal") unwrap(element);
  else if (BLOCK_STYLE.test(style.display ?? "") && !isBlock(element)) rename(element, "div");
}

/** Two levels of headings, starting at the second: the page's own title is the first. */
function levelHeadings(body) {
  body.querySelectorAll("th b, th strong").forEach((bold) => unwrap(bold));
  const hasFirst = body.querySelector("h1") !== null;
  for (const heading of body.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    heading.querySelectorAll("b, strong").forEach((bold) => unwrap(bold));
    heading.querySelectorAll("br").forEach((br) => br.replaceWith(" "));
    const isInside = heading.closest("li, td, th, blockquote, figcaption, caption");
    const level = Math.min(Number(heading.nodeName[1]) + (hasFirst ? 1 : 0), 3);
    rename(heading, isInside || !plainText(heading) ? "p" : `h${level}`);
  }
}

/** Pictures of ours stay; any other leaves a gap, so that the words around it stay apart. */
function dropImages(body) {
  let dropped = 0;
  for (const image of body.querySelectorAll("img, picture > source")) {
    if (image.nodeName === "IMG" && isOurs(image.getAttribute("src"))) continue;
    if (image.nodeName === "IMG") dropped += 1;
    image.replaceWith(" ");
  }
  for (const figure of body.querySelectorAll("figure")) {
    if (!figure.querySelector("img") || figure.querySelector("table")) rename(figure, "div");
  }
  return dropped;
}

function dropLinks(body) {
  for (const link of body.querySelectorAll("a")) {
    const address = addressOf(link.getAttribute("href") ?? "");
    // An address without a host was relative to a page that is not here any more.
    if (address && address.includes(":") && plainText(link)) link.setAttribute("href", address);
    else {
      // Links side by side, as in a menu, were kept apart by the other page's style.
      if (link.nextSibling?.nodeName === "A") link.after(" ");
      unwrap(link);
    }
  }
}

/** What an element says of its language and direction, where that is news in a text in `language`. */
function isNews(name, value, language) {
  if (name === "dir") return value.toLowerCase() === "rtl";
  return name === "lang" && /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(value) && value.split("-")[0].toLowerCase() !== language;
}

function dropAttributes(body, language) {
  for (const element of body.querySelectorAll("*")) {
    for (const { name, value } of [...element.attributes]) {
      const isKept = KEPT[element.nodeName]?.includes(name) || (language && isNews(name, value, language));
      if (!isKept) element.removeAttribute(name);
    }
  }
}

/**
 * Tidy `body` in place; answers {styles, images}: how many of each were taken out. `language`: that of the
 * text it goes into, for parts in another one; null where what the HTML says of languages is not to be believed.
 */
export function tidy(body, language) {
  body.querySelectorAll(UNSEEN).forEach((element) => element.remove());
  body.querySelectorAll(NOT_TEXT).forEach((element) => element.replaceWith(" "));
  body.querySelectorAll("hr").forEach((line) => rename(line, "div"));
  const styles = body.querySelectorAll(STYLED).length;
  [...body.querySelectorAll("[data-style]")].forEach(readStyle);
  const images = dropImages(body);
  nameBlocks(body);
  flattenTables(body);
  levelHeadings(body);
  dropLinks(body);
  dropEmptyBlocks(body);
  readBreaks(body);
  readSpaces(body);
  wrapLooseWords(body);
  dropAttributes(body, language);
  return { styles, images };
}
