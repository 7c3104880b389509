// The text of an element, with a space wherever the page shows a gap: textContent alone glues the
// last word of one block to the first of the next.

const GAP = new Set(
  ("ADDRESS ARTICLE ASIDE BLOCKQUOTE BR CAPTION CENTER DD DETAILS DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER " +
    "FORM H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN NAV OL P PRE SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL").split(" "),
);

/** Whether an element stands on lines of its own. */
export function isBlock(node) {
  return GAP.has(node.nodeName) && node.nodeName !== "BR";
}

/** The words of `root` (null gives the empty string), one space between any two. */
export function plainText(root) {
  const read = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE) return "";
    const inside = [...node.childNodes].map(read).join("");
    return GAP.has(node.nodeName) ? ` ${inside} ` : inside;
  };
  return root ? read(root).replace(/[ \t\r\n\f]+/g, " ").trim() : "";
}
