// Tables with a caption, and without what a strict content security policy refuses: the stock
// extension writes widths as inline style. Cells hold paragraphs and lists, nothing wider.

import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";

import { insertBlock } from "./insert.js";
import { plainText } from "./plaintext.js";

const CELL = "(paragraph | list)+";

const attributes = () => ({
  scope: { default: null },
  colspan: { default: 1, parseHTML: (cell) => span(cell, "colspan") },
  rowspan: { default: 1, parseHTML: (cell) => span(cell, "rowspan") },
  // prosemirror-tables asks for it; nobody sets a width, so it is never written.
  colwidth: { default: null, rendered: false, parseHTML: () => null },
});

function span(cell, name) {
  const n = Number.parseInt(cell.getAttribute(name) ?? "1", 10);
  return n > 1 && n <= 100 ? n : 1;
}

const Cell = TableCell.extend({ content: CELL, addAttributes: attributes });
const Header = TableHeader.extend({ content: CELL, addAttributes: attributes });

const Captioned = Table.extend({
  addAttributes() {
    return {
      caption: {
        default: "",
        rendered: false,
        parseHTML: (table) => plainText(table.querySelector(":scope > caption")),
      },
    };
  },

  parseHTML() {
    return [{ tag: "table" }, { tag: "table > caption", ignore: true }];
  },

  // Without a table view the schema alone draws the table, and writes no style.
  renderHTML({ node, HTMLAttributes }) {
    const { caption } = node.attrs;
    const above = caption ? [["caption", { contenteditable: "false" }, caption]] : [];
    return ["table", HTMLAttributes, ...above, ["tbody", 0]];
  },

  // Tab leaves the text (see mount.js), so the stock keys that walk cells with it are left out.
  addKeyboardShortcuts() {
    const { Tab, "Shift-Tab": ShiftTab, ...others } = this.parent();
    return others;
  },
}).configure({ resizable: false, View: null });

export const tables = [Captioned, TableRow, Header, Cell];

/** The table around a selection, as {node, pos}, or null. */
export function tableAround(selection) {
  const { $from } = selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const node = $from.node(depth);
    if (node.type.name === "table") return { node, pos: $from.before(depth) };
  }
  return null;
}

/** Write `caption` on the table around the cursor, without moving the cursor. */
export function setCaption(editor, caption) {
  const found = tableAround(editor.state.selection);
  if (!found || found.node.attrs.caption === caption) return;
  editor.view.dispatch(editor.state.tr.setNodeAttribute(found.pos, "caption", caption));
}

/** Whether the first row of the table around the cursor is all header cells. */
export function hasHeaderRow(editor) {
  const found = tableAround(editor.state.selection);
  if (!found) return false;
  let all = true;
  found.node.firstChild.forEach((cell) => {
    all &&= cell.type.name === "tableHeader";
  });
  return all;
}

/** A new table after the block that the cursor is in, its first row for the headings. */
export function insertTable(editor, { rows = 3, columns = 2 } = {}) {
  const row = (type) => ({
    type: "tableRow",
    content: Array.from({ length: columns }, () => ({ type, content: [{ type: "paragraph" }] })),
  });
  const body = Array.from({ length: rows - 1 }, () => row("tableCell"));
  insertBlock(editor, { type: "table", content: [row("tableHeader"), ...body] }, 4);
}
