// A picture of the library with its caption. The caption is written in place; the alternative
// text is an attribute, edited in its own field (pictures.js).

import { Node } from "@tiptap/core";
import { NodeSelection, TextSelection } from "@tiptap/pm/state";

// Where every picture of ours lives. A picture from anywhere else is not kept.
const PICTURE = /^\/media\/pictures\/[\w-]{1,80}\/[\w-]{1,80}(?:\.[A-Za-z0-9]{1,8})?$/;

export function isOurs(src) {
  return typeof src === "string" && PICTURE.test(src);
}

const IMAGE = ["src", "alt", "width", "height"];
const ours = (element) => isOurs(element.getAttribute("src"));
const attributesOf = (image) => Object.fromEntries(IMAGE.map((name) => [name, image.getAttribute(name)]));

/** The innermost figure around a selection, as {node, pos}, or null. */
export function figureAround(selection) {
  if (selection instanceof NodeSelection && selection.node.type.name === "figure") {
    return { node: selection.node, pos: selection.from };
  }
  const { $from } = selection;
  return $from.parent.type.name === "figure" ? { node: $from.parent, pos: $from.before() } : null;
}

export const Figure = Node.create({
  name: "figure",
  group: "block",
  content: "inline*",
  isolating: true,
  defining: true,
  selectable: true,

  addAttributes() {
    // They belong to the image inside, so they are read and written by hand.
    const inside = IMAGE.map((name) => [name, { default: null, rendered: false }]);
    return Object.fromEntries(inside);
  },

  parseHTML() {
    return [
      {
        tag: "figure",
        contentElement: (figure) => figure.querySelector("figcaption") ?? document.createElement("figcaption"),
        getAttrs: (figure) => {
          const image = figure.querySelector("img");
          return image && ours(image) && attributesOf(image);
        },
      },
      { tag: "img", getAttrs: (image) => ours(image) && attributesOf(image) },
    ];
  },

  renderHTML({ node, HTMLAttributes }) {
    const { src, alt, width, height } = node.attrs;
    const image = ["img", { src, alt: alt ?? "", width, height, contenteditable: "false", draggable: "false" }];
    return ["figure", HTMLAttributes, image, ["figcaption", 0]];
  },

  addKeyboardShortcuts() {
    return {
      // The caption is one paragraph: Enter goes on below the picture.
      Enter: ({ editor }) => {
        const found = editor.state.selection instanceof TextSelection && figureAround(editor.state.selection);
        if (!found) return false;
        const after = found.pos + found.node.nodeSize;
        return editor.chain().insertContentAt(after, { type: "paragraph" }).setTextSelection(after + 1).run();
      },
      // At the caption's start, the first press chooses the picture, the second deletes it.
      Backspace: ({ editor }) => {
        const { selection } = editor.state;
        const found = selection.empty && selection.$from.parentOffset === 0 && figureAround(selection);
        return found && selection instanceof TextSelection ? editor.commands.setNodeSelection(found.pos) : false;
      },
    };
  },
});
