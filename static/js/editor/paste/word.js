// What only word processors write: lists that are paragraphs with a typed bullet, tracked changes
// and comments. After this their HTML is like any other page's.

import { rename, styleOf, unwrap } from "./quiet.js";

const COMMENTS =
  '[data-annotation], .MsoCommentReference, a.msocomanchor, hr.msocomoff, [data-style*="mso-element:comment-list"], ' +
  '[data-style*="mso-special-character:comment"], [data-style*="mso-element: comment-list"]';

/** Accept tracked changes: what was deleted goes, what was inserted stays. Answers whether there were any. */
function acceptChanges(body) {
  const deleted = body.querySelectorAll("del, .msoDel, .msoDeltext");
  const inserted = body.querySelectorAll("ins, .msoIns");
  deleted.forEach((element) => element.remove());
  inserted.forEach((element) => unwrap(element));
  return deleted.length + inserted.length > 0;
}

/** Leave comments and their marks out, and keep the words that they are about. */
function leaveComments(body) {
  const comments = body.querySelectorAll(COMMENTS);
  comments.forEach((element) => element.remove());
  return comments.length > 0;
}

/** Word's own note of an item: which list, which level (1 is the outermost). Null when it is none. */
function itemOf(paragraph) {
  const note = /(\S+)\s+level(\d+)/.exec(styleOf(paragraph)["mso-list"] ?? "");
  return note ? { list: note[1], level: Math.min(Number(note[2]), 6) } : null;
}

const ROMAN = { i: 1, v: 5, x: 10, l: 50, c: 100 };

/** The number that a typed marker stands for ("3.", "c)", "iv."), or null for a bullet. */
function numberOf(marker, isFirst) {
  const text = marker.replace(/[\s\u00a0().]/g, "");
  if (/^\d+$/.test(text)) return Number(text);
  const isCounted = /^[\s\u00a0(]*[a-zа-яіїєґ]{1,4}[.)][\s\u00a0]*$/iu.test(marker);
  if (!isCounted) return null;
  // "o" and "§" are bullets of Word's symbol fonts; they come without a dot.
  // A single letter is a letter, but for the "i" that begins a list.
  if (/^[ivxlc]+$/i.test(text) && (text.length > 1 || (isFirst && /i/i.test(text)))) {
    const values = [...text.toLowerCase()].map((letter) => ROMAN[letter]);
    return values.reduce((sum, value, at) => sum + (value < (values[at + 1] ?? 0) ? -value : value), 0);
  }
  return text.length === 1 && /[a-z]/i.test(text) ? text.toLowerCase().charCodeAt(0) - 96 : 1;
}

function takeMarker(paragraph) {
  const marks = paragraph.querySelectorAll('[data-marker], [data-style*="mso-list:Ignore"]');
  const text = marks[0]?.textContent ?? "";
  marks.forEach((mark) => mark.remove());
  return text;
}

function startList(document, number) {
  const list = document.createElement(number === null ? "ul" : "ol");
  if (number > 1) list.setAttribute("start", number);
  return list;
}

/** Make lists, nested as Word shows them, of paragraphs that carry an item's note. */
function makeLists(body) {
  let open = []; // the lists we are in, outermost first, as {element, list}
  let previous = null;
  for (const paragraph of [...body.querySelectorAll('[data-style*="mso-list"]')]) {
    const item = itemOf(paragraph);
    if (!item || !/^(P|DIV|H[1-6])$/.test(paragraph.nodeName)) continue;
    const follows = previous && nextElement(previous) === paragraph;
    if (!follows) open = [];
    const number = numberOf(takeMarker(paragraph), open.length < item.level);
    open.length = Math.min(open.length, item.level);
    const innermost = open.at(-1);
    const isOther = innermost && open.length === item.level && innermost.list !== item.list && item.level === 1;
    if (isOther) open.pop();
    while (open.length < item.level) {
      const element = startList(body.ownerDocument, number);
      const parent = open.at(-1)?.element;
      if (!parent) paragraph.before(element);
      else (parent.lastElementChild ?? parent.appendChild(body.ownerDocument.createElement("li"))).append(element);
      open.push({ element, list: item.list });
    }
    open.at(-1).element.append(paragraph);
    rename(paragraph, "li");
    previous = open[0].element;
  }
}

/** The element after `element`, unless words stand between the two. */
function nextElement(element) {
  let next = element.nextSibling;
  while (next && next.nodeType !== Node.ELEMENT_NODE && !next.textContent.trim()) next = next.nextSibling;
  return next?.nodeType === Node.ELEMENT_NODE ? next : null;
}

/** Tell {tracked, comments}: which of the two a document held; both are settled afterwards. */
export function settleWord(body) {
  const comments = leaveComments(body);
  const tracked = acceptChanges(body);
  makeLists(body);
  return { tracked, comments };
}
