// Bars that stay at the window's edges must not cover the cursor.

/** How many pixels of the window's edge are covered: by what the page says, and by `bars` that stay in sight. */
function covered(padding, bars) {
  const height = ({ element }) => (getComputedStyle(element).position === "sticky" ? element.offsetHeight : 0);
  const ours = bars.reduce((sum, bar) => sum + height(bar), 0);
  const page = Number.parseFloat(getComputedStyle(document.documentElement)[padding]) || 0;
  const isTop = padding === "scrollPaddingTop"; // what the page keeps free there is this very toolbar's place
  // On a small screen, better a covered cursor than a text that jumps at each letter.
  return Math.min((isTop ? Math.max(ours, page) : ours + page) + 8, innerHeight * 0.4);
}

/** The editor's scroll settings; `parts` has the toolbar and the rows of tools. Read each time, as they come and go. */
export function keepClear(parts) {
  const edges = {
    get top() {
      return covered("scrollPaddingTop", [parts.toolbar]);
    },
    get bottom() {
      return covered("scrollPaddingBottom", parts.tools);
    },
    left: 5,
    right: 5,
  };
  return { scrollThreshold: edges, scrollMargin: edges };
}
