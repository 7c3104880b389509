// Questions that stand closed: the one that the address names is opened; all can be opened at once, and filtered.
// Without this they open one by one.

/** Letters as people search for them: without case, accents, or the apostrophe somebody happens to type. */
function folded(text) {
  return text
    .toLowerCase()
    .replace(/[ґйї]/g, (letter) => ({ ґ: "г\u0001", й: "и\u0001", ї: "і\u0001" })[letter]) // letters of their own
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[’ʼ'`]/g, "'")
    .replace(/\s+/g, " ")
    .trim();
}

/** Open the answer at the fragment of the address, and go there. */
function openNamed() {
  const id = decodeURIComponent(location.hash.slice(1));
  const entry = id && document.getElementById(id)?.closest("details.faq__entry");
  if (!entry) return;
  entry.hidden = false;
  entry.open = true;
  entry.scrollIntoView();
}

function enhance(faq) {
  const tools = faq.querySelector(".faq__tools");
  const entries = [...faq.querySelectorAll("details")];
  const button = tools.querySelector("button");
  const said = tools.querySelector(".faq__said");
  const filter = tools.querySelector("input");
  const words = { show: button.textContent, hide: button.dataset.hide };
  const isAllOpen = () => entries.every((entry) => entry.open || entry.hidden);
  const name = () => {
    button.textContent = isAllOpen() ? words.hide : words.show;
  };

  button.addEventListener("click", () => {
    const open = !isAllOpen();
    for (const entry of entries) if (!entry.hidden) entry.open = open;
    name();
  });
  faq.addEventListener("toggle", name, true);

  if (filter) {
    const texts = entries.map((entry) => folded(entry.textContent));
    filter.addEventListener("input", () => {
      const wanted = folded(filter.value).split(" ");
      entries.forEach((entry, place) => {
        entry.hidden = !wanted.every((word) => texts[place].includes(word));
      });
      for (const group of faq.querySelectorAll(".faq__group")) {
        group.hidden = !group.querySelector("details:not([hidden])");
      }
      const isEmpty = entries.every((entry) => entry.hidden);
      said.textContent = isEmpty ? said.dataset.none.replace("%(q)s", filter.value.trim()) : "";
      name();
    });
  }

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = entries.filter((entry) => !entry.open);
    for (const entry of entries) entry.open = true;
  });
  addEventListener("afterprint", () => {
    for (const entry of closed) entry.open = false;
  });
  tools.hidden = false;
}

export function openAnswers() {
  document.querySelectorAll(".faq").forEach(enhance);
  openNamed();
  addEventListener("hashchange", openNamed);
}
