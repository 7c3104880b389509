// Where pasted words meet those that stand there: a space between the two where there was none. A
// single pasted word is left alone: it may be the rest of another.

import { Fragment, Slice } from "@tiptap/pm/model";

const ENDS_A_WORD = /[\p{L}\p{N}.,;:!?%»”)\]…]$/u;
const BEGINS_A_WORD = /^[\p{L}\p{N}«“„([]/u;

/** The character before (-1) or after (1) a position in its textblock; "" at the edge. */
function beside($at, side) {
  if (!$at.parent.isTextblock) return "";
  const { parentOffset, parent } = $at;
  const [from, to] = side < 0 ? [Math.max(0, parentOffset - 2), parentOffset] : [parentOffset, parentOffset + 2];
  return parent.textBetween(from, Math.min(to, parent.content.size), " ", " ");
}

/** `fragment` with a space before its first text (side -1) or behind its last (1), `depth` levels down. */
function spaced(fragment, side, depth, schema) {
  const child = side < 0 ? fragment.firstChild : fragment.lastChild;
  if (!child || (depth === 0 && !child.isText)) return fragment;
  if (depth === 0) {
    const space = Fragment.from(schema.text(" "));
    return side < 0 ? space.append(fragment) : fragment.append(space);
  }
  const inner = child.copy(spaced(child.content, side, depth - 1, schema));
  return fragment.replaceChild(side < 0 ? 0 : fragment.childCount - 1, inner);
}

/** How deep a slice is open down to running text at one side; -1 when that side is no running text. */
function textDepth(slice, side) {
  const open = side < 0 ? slice.openStart : slice.openEnd;
  let node = side < 0 ? slice.content.firstChild : slice.content.lastChild;
  let depth = 0;
  while (node && !node.isText) {
    if (depth >= open) return -1;
    node = side < 0 ? node.firstChild : node.lastChild;
    depth += 1;
  }
  return node ? depth : -1;
}

/** `slice` with the spaces that it needs to stand at `selection`. */
export function keepApart(slice, selection) {
  const { $from, $to } = selection;
  const text = slice.content.textBetween(0, slice.content.size, " ", " ");
  if (!/\S\s+\S/.test(text)) return slice;
  const { schema } = $from.parent.type;
  let { content } = slice;
  if (ENDS_A_WORD.test(beside($from, -1)) && BEGINS_A_WORD.test(text) && textDepth(slice, -1) >= 0) {
    content = spaced(content, -1, textDepth(slice, -1), schema);
  }
  if (BEGINS_A_WORD.test(beside($to, 1)) && ENDS_A_WORD.test(text) && textDepth(slice, 1) >= 0) {
    content = spaced(content, 1, textDepth(slice, 1), schema);
  }
  // A heading that opens several blocks stays one: it does not become the end of the paragraph before it.
  const isHeaded = content.childCount > 1 && content.firstChild.type.name === "heading" && $from.parentOffset > 0;
  return new Slice(content, isHeaded ? 0 : slice.openStart, slice.openEnd);
}
