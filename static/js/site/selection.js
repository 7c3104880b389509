// What is chosen of a set of photos, told while one chooses: how many, how large, and in each size. Without this the
// page says so when "Update the selection" is pressed; what is chosen is in the address either way.

const UNITS = { fr: ["ko", "Mo", "Go"], uk: ["кБ", "МБ", "ГБ"], en: ["kB", "MB", "GB"] };

/** `bytes` in words, as the server writes them (app/web/filters.py): "4.2 MB". */
export function inWords(bytes, language) {
  const units = UNITS[language] ?? UNITS.en;
  let [value, unit] = [bytes / 1000, 0];
  while (value >= 1000 && unit < 2) [value, unit] = [value / 1000, unit + 1];
  const rounded = unit && value < 100 ? Math.round(value * 10) / 10 : Math.max(1, Math.round(value));
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(rounded)}\u00a0${units[unit]}`;
}

function keep(form) {
  const language = document.documentElement.lang;
  const boxes = [...form.querySelectorAll("input[name=photo]")];
  const size = form.querySelector("select[name=size]");
  const count = form.querySelector("[data-selection-count]");
  const sum = (chosen, name) =>
    chosen.reduce((all, box) => all + Number(box.dataset[name] ?? box.dataset.hd ?? box.dataset.web ?? 0), 0);
  const update = () => {
    const chosen = boxes.filter((box) => box.checked);
    count.textContent = chosen.length
      ? count.dataset.some
          .replace("%(n)s", new Intl.NumberFormat(language).format(chosen.length))
          .replace("%(size)s", inWords(sum(chosen, size.value), language))
      : count.dataset.none;
    for (const option of size.options) {
      const words = inWords(sum(chosen.length ? chosen : boxes, option.value), language);
      option.textContent = option.dataset.words.replace("%(bytes)s", words);
    }
    form.querySelector("[data-select-all]").hidden = chosen.length === boxes.length;
    form.querySelector("[data-clear]").hidden = chosen.length === 0;
    const query = new URLSearchParams(chosen.map((box) => ["photo", box.value]));
    if (chosen.length && size.value !== "web") query.set("size", size.value);
    for (const link of form.querySelectorAll("a.gallery__link")) link.search = query.toString();
  };
  form.addEventListener("change", update);
  form.querySelector("[data-without-script]").hidden = true;
  form.querySelector("[data-select-all]").addEventListener("click", (event) => {
    event.preventDefault();
    for (const box of boxes) box.checked = true;
    update();
    size.focus();
  });
  form.querySelector("[data-clear]").addEventListener("click", (event) => {
    event.preventDefault();
    for (const box of boxes) box.checked = false;
    update();
    boxes[0].focus();
  });
  addEventListener("pageshow", update); // a browser that comes back may have kept the boxes
  update();
}

export function keepSelections() {
  for (const form of document.querySelectorAll("form[data-selection]")) keep(form);
}
