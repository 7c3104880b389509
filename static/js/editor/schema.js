// What a text may hold, and no more: the same list as app/text/markup.py on the server. What the
// schema does not know cannot be typed, pasted or kept.

import { Extension, Mark } from "@tiptap/core";
import { Blockquote } from "@tiptap/extension-blockquote";
import { Bold } from "@tiptap/extension-bold";
import { Document } from "@tiptap/extension-document";
import { HardBreak } from "@tiptap/extension-hard-break";
import { Heading } from "@tiptap/extension-heading";
import { Italic } from "@tiptap/extension-italic";
import { BulletList, ListItem, ListKeymap, OrderedList } from "@tiptap/extension-list";
import { Paragraph } from "@tiptap/extension-paragraph";
import { Text } from "@tiptap/extension-text";
import { Dropcursor, Gapcursor, Selection, TrailingNode, UndoRedo } from "@tiptap/extensions";

import { Figure } from "./figure.js";
import { Link } from "./link.js";
import { Isolated, SpokenBlocks, SpokenWords } from "./spoken.js";
import { tables } from "./table.js";

/** Raised or lowered letters: "CO₂", "1er" in French. One excludes the other. */
function shifted(name, tag, other) {
  return Mark.create({
    name,
    excludes: `${name} ${other}`,
    parseHTML: () => [{ tag }],
    renderHTML: () => [tag, 0],
  });
}

const Superscript = shifted("superscript", "sup", "subscript");
const Subscript = shifted("subscript", "sub", "superscript");

// Lists, quotes and cells hold running text only: a heading inside one would break the outline.
const Item = ListItem.extend({ content: "(paragraph | list)+" });
const Quote = Blockquote.extend({ content: "(paragraph | list)+" });

// A list numbered "a, b, c" would lose its letters at the next save: only the start is kept.
const Numbered = OrderedList.extend({
  addAttributes() {
    return {
      start: {
        default: 1,
        parseHTML: (list) => {
          const n = Number.parseInt(list.getAttribute("start") ?? "1", 10);
          return n > 0 && n < 10000 ? n : 1;
        },
      },
    };
  },
});

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

/**
 * Keys for each command, as ProseMirror writes them; the first is the one that the toolbar names.
 * Control+Alt is AltGr on many keyboards and Command+Shift+3 takes a screenshot on a Mac, hence the two.
 */
export const KEYS = {
  bold: ["Mod-b"],
  italic: ["Mod-i"],
  superscript: ["Mod-."],
  subscript: ["Mod-,"],
  heading: isMac ? ["Mod-Alt-2"] : ["Mod-Shift-2", "Mod-Alt-2"],
  subheading: isMac ? ["Mod-Alt-3"] : ["Mod-Shift-3", "Mod-Alt-3"],
  bullets: ["Mod-Shift-8"],
  numbers: ["Mod-Shift-7"],
  quote: ["Mod-Shift-b"],
  link: ["Mod-k"],
  undo: ["Mod-z"],
  redo: ["Mod-Shift-z"],
  indent: ["Mod-]"],
  outdent: ["Mod-["],
};

/** What every command does to the text. */
const COMMANDS = {
  heading: (chain) => chain.toggleHeading({ level: 2 }),
  subheading: (chain) => chain.toggleHeading({ level: 3 }),
  bold: (chain) => chain.toggleBold(),
  italic: (chain) => chain.toggleItalic(),
  superscript: (chain) => chain.toggleMark("superscript"),
  subscript: (chain) => chain.toggleMark("subscript"),
  bullets: (chain) => chain.toggleBulletList(),
  numbers: (chain) => chain.toggleOrderedList(),
  quote: (chain) => chain.toggleBlockquote(),
  undo: (chain) => chain.undo(),
  redo: (chain) => chain.redo(),
  indent: (chain) => chain.sinkListItem("listItem"),
  outdent: (chain) => chain.liftListItem("listItem"),
};

/** Do a command, in the text. */
export function run(editor, name) {
  editor.view.focus();
  return COMMANDS[name](editor.chain()).run();
}

/** Whether a command can be done where the cursor is. */
export function may(editor, name) {
  return COMMANDS[name](editor.can().chain()).run();
}

const Keys = Extension.create({
  name: "keys",
  priority: 1000,
  addKeyboardShortcuts() {
    const bound = Object.keys(COMMANDS).flatMap((name) => KEYS[name].map((key) => [key, ({ editor }) => run(editor, name)]));
    return Object.fromEntries(bound);
  },
});

/** Every extension of the editor, in no particular order: priorities decide. */
export const extensions = [
  Document,
  Text,
  Paragraph,
  Heading.configure({ levels: [2, 3] }),
  Quote,
  BulletList,
  Numbered,
  Item,
  ListKeymap,
  HardBreak,
  Bold,
  Italic,
  Superscript,
  Subscript,
  Link,
  SpokenWords,
  Isolated,
  SpokenBlocks,
  Figure,
  ...tables,
  Keys,
  UndoRedo,
  Dropcursor.configure({ color: false, width: 2, class: "editor__drop" }),
  Gapcursor,
  TrailingNode,
  Selection.configure({ className: "editor__kept" }),
];
