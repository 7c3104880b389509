// Pasted tables: those that only placed things on a page become running text, the others keep
// their rows and get no table within a table.

import { rename, unwrap } from "./quiet.js";

const PARTS = "tbody, thead, tfoot, tr, td, th, caption";

/** Whether a table holds a page's layout and not data: tables within it, or a single column or row of blocks. */
function isLayout(table) {
  if (table.querySelector("table")) return true;
  const rows = [...table.rows];
  return rows.every((row) => row.cells.length <= 1);
}

function dissolve(table) {
  for (const part of [...table.querySelectorAll(PARTS)]) {
    if (part.closest("table") === table) rename(part, "div");
  }
  rename(table, "div");
}

/** Bring every table in `body` to rows of cells with running text in them. */
export function flattenTables(body) {
  body.querySelectorAll("colgroup, col").forEach((element) => element.remove());
  for (const table of [...body.querySelectorAll("table")]) {
    if (isLayout(table) || table.parentElement.closest("li, blockquote")) dissolve(table);
  }
  for (const table of body.querySelectorAll("table")) {
    table.querySelectorAll("thead td").forEach((cell) => keepSpans(cell, rename(cell, "th")));
    table.querySelectorAll("tr").forEach((row) => row.cells.length || row.remove());
    fillRows(table);
    table.querySelectorAll(":is(td, th) :is(blockquote, figure)").forEach((element) => unwrap(element));
  }
  // What a copied part of a table left behind: cells without a table around them.
  body.querySelectorAll("td, th, tr").forEach((part) => part.closest("table") || rename(part, "div"));
}

/** Short rows get their missing cells at the end; the editor's own repair puts them anywhere. */
function fillRows(table) {
  if (table.querySelector("[rowspan]")) return;
  const rows = [...table.rows];
  const widths = rows.map((row) => [...row.cells].reduce((sum, cell) => sum + Math.min(cell.colSpan, 100), 0));
  const widest = Math.max(...widths);
  rows.forEach((row, at) => {
    const tag = row.cells[0].nodeName;
    for (let n = widths[at]; n < widest; n += 1) row.append(row.ownerDocument.createElement(tag));
  });
}

function keepSpans(from, to) {
  for (const name of ["colspan", "rowspan"]) {
    if (from.hasAttribute(name)) to.setAttribute(name, from.getAttribute(name));
  }
}
