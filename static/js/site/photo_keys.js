// The arrow keys lead to the photo before and after, while the photo itself has the focus and nowhere else.

export function followArrows() {
  for (const figure of document.querySelectorAll("[data-photo]")) {
    const { before, after } = figure.dataset;
    if (!before && !after) continue;
    figure.tabIndex = 0;
    figure.setAttribute("aria-keyshortcuts", [before && "ArrowLeft", after && "ArrowRight"].filter(Boolean).join(" "));
    figure.addEventListener("keydown", (event) => {
      if (event.target !== figure || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const there = { ArrowLeft: before, ArrowRight: after }[event.key];
      if (!there) return;
      event.preventDefault();
      location.assign(there);
    });
  }
}
