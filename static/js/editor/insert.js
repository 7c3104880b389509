// Putting a whole block (a table, a picture) into the text.

/**
 * Put `block` after the outermost block that the cursor is in, or in its place when that is an empty
 * paragraph, and the cursor `inside` positions into the new block.
 */
export function insertBlock(editor, block, inside) {
  const { $to } = editor.state.selection;
  const outer = $to.depth ? $to.node(1) : null;
  const isEmpty = outer?.type.name === "paragraph" && outer.content.size === 0;
  const from = outer ? (isEmpty ? $to.before(1) : $to.after(1)) : $to.pos;
  const to = isEmpty ? $to.after(1) : from;
  editor.view.focus();
  editor.chain().insertContentAt({ from, to }, block).setTextSelection(from + inside).scrollIntoView().run();
}
