// A search for texts of ours beside the links of a text: what is chosen is put into the last empty row.
// Without this the same search is a page of its own (/desk/links/), from which addresses are copied.

const PAUSE = 250; // ms after the last key

function offer(picker) {
  const input = picker.querySelector("input");
  const list = picker.querySelector("ul");
  const said = picker.querySelector("[role=status]");
  const rows = picker.parentElement;
  let timer = 0;
  let asked = 0;

  function put(found) {
    const empty = [...rows.querySelectorAll("[data-link-row]")].filter(
      (row) => !row.querySelector("[data-link=url]").value.trim(),
    );
    const row = empty[0];
    if (!row) {
      said.textContent = picker.dataset.full;
      return;
    }
    const set = (name, value) => {
      const control = row.querySelector(`[data-link=${name}]`);
      control.value = value;
      control.dispatchEvent(new Event("input", { bubbles: true }));
      control.dispatchEvent(new Event("change", { bubbles: true }));
    };
    set("url", found.address);
    if (!row.querySelector("[data-link=title]").value.trim()) set("title", found.title);
    set("language", found.language);
    list.replaceChildren();
    said.textContent = `${picker.dataset.chosen} ${found.title}`;
    row.querySelector("[data-link=title]").focus();
  }

  function show(all) {
    const items = all.map((found) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button--plain";
      button.lang = found.language;
      button.textContent = found.title;
      button.addEventListener("click", () => put(found));
      const facts = document.createElement("span");
      facts.className = "picker__facts";
      facts.textContent = [found.type, found.language.toUpperCase(), found.state].join(", ");
      const item = document.createElement("li");
      item.append(button, " ", facts);
      return item;
    });
    list.replaceChildren(...items);
    said.textContent = items.length ? "" : picker.dataset.none;
  }

  async function ask() {
    const words = input.value.trim();
    const mine = ++asked;
    if (words.length < 2) {
      list.replaceChildren();
      said.textContent = "";
      return;
    }
    const answer = await fetch(`${picker.dataset.linkPicker}?q=${encodeURIComponent(words)}`);
    if (mine === asked && answer.ok) show(await answer.json());
  }

  input.addEventListener("input", (event) => {
    event.stopPropagation(); // what is searched for is no change of the text
    clearTimeout(timer);
    timer = setTimeout(() => ask().catch(() => {}), PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(); // it would send the form
  });
  picker.hidden = false;
}

export function offerTexts() {
  document.querySelectorAll("[data-link-picker]").forEach(offer);
}
