// What can be done with the thing that the cursor is in (a table, a list, a picture). These rows
// stand under the text: above it they would push the words away from the pointer as they come.

import { Toolbar } from "./toolbar.js";
import { figureAround } from "./figure.js";
import { AltField, setAlt } from "./alt.js";
import { hasHeaderRow, setCaption, tableAround } from "./table.js";
import { may, run } from "./schema.js";
import { labelled, make } from "./dom.js";
import { panelButton } from "./panel.js";

const TABLE = [
  ["row_before", "addRowBefore"],
  ["row_after", "addRowAfter"],
  ["row_delete", "deleteRow"],
  ["column_before", "addColumnBefore"],
  ["column_after", "addColumnAfter"],
  ["column_delete", "deleteColumn"],
  ["cells_merge", "mergeCells"],
  ["cells_split", "splitCell"],
];

/** A row that is there while `applies()`; `refresh()` brings it up to the editor's state. */
class Row {
  constructor(words, editor, label) {
    this.editor = editor;
    this.element = make("div", { class: "editor__tools", role: "group", "aria-label": words.say(label), hidden: true });
  }

  /** `isBusy`: a panel is open, and one row of fields at a time is enough. */
  update(isBusy) {
    const applies = this.applies() && !isBusy;
    const isNew = applies && this.element.hidden;
    this.element.hidden = !applies;
    if (applies) this.refresh();
    // A row that stays at the window's edge may come to lie over the cursor that called it.
    if (isNew && getComputedStyle(this.element).position === "sticky") {
      requestAnimationFrame(() => this.editor.isDestroyed || this.editor.commands.scrollIntoView());
    }
  }
}

class TableRow extends Row {
  constructor(words, editor) {
    super(words, editor, "table_tools");
    this.toolbar = new Toolbar(words, "table_tools", editor);
    const act = (command) => {
      editor.view.focus();
      editor.commands[command]();
    };
    this.toolbar.add("header_row", {
      act: () => act("toggleHeaderRow"),
      isOn: () => hasHeaderRow(editor),
      quiet: true,
    });
    for (const [name, command] of TABLE) {
      this.toolbar.add(name, {
        act: () => act(command),
        may: () => editor.can()[command](),
        quiet: true,
      });
    }
    this.toolbar.add("table_delete", { act: () => act("deleteTable"), quiet: true });
    const input = make("input", { class: "editor__control", type: "text", autocomplete: "off" });
    this.caption = labelled(words.say("table_caption"), input);
    input.addEventListener("input", () => setCaption(editor, input.value));
    leaveByKey(input, editor);
    this.element.append(this.toolbar.element, this.caption.field);
  }

  applies() {
    return tableAround(this.editor.state.selection) !== null;
  }

  refresh() {
    this.toolbar.refresh();
    const { caption } = tableAround(this.editor.state.selection).node.attrs;
    if (this.caption.control.value !== caption) this.caption.control.value = caption;
  }
}

class ListRow extends Row {
  constructor(words, editor) {
    super(words, editor, "list_tools");
    this.toolbar = new Toolbar(words, "list_tools", editor);
    for (const name of ["indent", "outdent"]) {
      this.toolbar.add(name, {
        act: () => run(editor, name),
        may: () => may(editor, name),
        quiet: true,
      });
    }
    this.element.append(this.toolbar.element);
  }

  applies() {
    return this.editor.isActive("listItem");
  }

  refresh() {
    this.toolbar.refresh();
  }
}

class FigureRow extends Row {
  constructor(words, editor) {
    super(words, editor, "picture_tools");
    this.alt = new AltField(words, () => {
      setAlt(editor, this.alt.get());
      this.alt.check({ moveFocus: false });
    });
    const drop = panelButton(words.say("picture_delete"), () => this.drop());
    leaveByKey(this.element, editor);
    this.element.append(this.alt.element, make("div", { class: "editor__actions" }, drop));
  }

  applies() {
    return figureAround(this.editor.state.selection) !== null;
  }

  refresh() {
    const { pos, node } = figureAround(this.editor.state.selection);
    // While somebody types in the field it holds more than the picture does (a space at the end).
    if (this.element.contains(document.activeElement) && this.pos === pos) return;
    this.pos = pos;
    this.alt.set(node.attrs.alt);
  }

  drop() {
    const { pos, node } = figureAround(this.editor.state.selection);
    this.editor.view.focus();
    this.editor.commands.deleteRange({ from: pos, to: pos + node.nodeSize });
  }
}

/** Escape in a field goes back to the text; Enter does too, and does not send the page's form. */
function leaveByKey(element, editor) {
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" && !(event.key === "Enter" && event.target.matches("input"))) return;
    event.preventDefault();
    event.stopPropagation();
    editor.view.focus();
  });
}

/** The rows of tools, to be shown in this order. */
export function makeTools(words, editor) {
  return [new TableRow(words, editor), new ListRow(words, editor), new FigureRow(words, editor)];
}
