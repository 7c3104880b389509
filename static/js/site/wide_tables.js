// A table that is wider than its column scrolls in a region of its own, which the keyboard can reach.

function putIntoRegion(table) {
  const region = document.createElement("div");
  region.className = "prose__scroll";
  table.replaceWith(region);
  region.append(table);
  const caption = table.caption;
  if (caption) caption.id ||= `table-${[...document.querySelectorAll("caption")].indexOf(caption) + 1}`;
  // Whether it must scroll changes with the window; a region that does not scroll is no stop for the Tab key.
  new ResizeObserver(() => {
    const isWide = region.scrollWidth > region.clientWidth + 1;
    region.toggleAttribute("tabindex", false);
    if (!isWide) {
      region.removeAttribute("role");
      region.removeAttribute("aria-labelledby");
      return;
    }
    region.tabIndex = 0;
    if (caption) {
      region.setAttribute("role", "region");
      region.setAttribute("aria-labelledby", caption.id);
    }
  }).observe(region);
}

export function scrollTables() {
  document.querySelectorAll(".prose table").forEach(putIntoRegion);
}
