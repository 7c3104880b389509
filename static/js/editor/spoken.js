// The language and the direction that a block or a few words may name (a quotation in Hebrew in a
// French text): readers' voices and line breaks depend on them, so editing keeps them.

import { Extension, Mark } from "@tiptap/core";

const BLOCKS = [
  ...["paragraph", "heading", "bulletList", "orderedList", "listItem", "blockquote", "figure"],
  ...["table", "tableRow", "tableHeader", "tableCell"],
];

/** `lang` and `dir` on every block that may carry them. */
export const SpokenBlocks = Extension.create({
  name: "spokenBlocks",
  addGlobalAttributes: () => [{ types: BLOCKS, attributes: { lang: { default: null }, dir: { default: null } } }],
});

const both = () => ({ lang: { default: null }, dir: { default: null } });

export const SpokenWords = Mark.create({
  name: "span",
  priority: 990, // inside a link, around everything else
  addAttributes: both,
  parseHTML: () => [{ tag: "span[lang]" }, { tag: "span[dir]" }],
  renderHTML: ({ HTMLAttributes }) => ["span", HTMLAttributes, 0],
});

export const Isolated = Mark.create({
  name: "bdi",
  priority: 980,
  addAttributes: both,
  parseHTML: () => [{ tag: "bdi" }],
  renderHTML: ({ HTMLAttributes }) => ["bdi", HTMLAttributes, 0],
});
