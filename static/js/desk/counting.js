// How long a field's text is, in characters as people count them (an emoji is one, "é" too however
// it is typed). The server writes the first count; script keeps it up to date.
//
//     <input data-count="title-count" data-count-soft="110" data-count-hard="300">
//     <p id="title-count" data-text="%(n)s of 300 characters. …">…</p>

import { prepareToSay, say } from "../site/saying.js";

const SPOKEN_AFTER_MS = 1200; // screen readers hear the count when typing pauses, and only once it matters

/** The number of characters in `text`: grapheme clusters, after the composed form. */
export function lengthOf(text, language) {
  const segmenter = new Intl.Segmenter(language || undefined, { granularity: "grapheme" });
  return [...segmenter.segment(text.normalize("NFC").trim())].length;
}

function watch(field) {
  const counter = document.getElementById(field.dataset.count);
  if (!counter) return;
  const soft = Number(field.dataset.countSoft ?? Number.POSITIVE_INFINITY);
  const hard = Number(field.dataset.countHard ?? Number.POSITIVE_INFINITY);
  const number = new Intl.NumberFormat(document.documentElement.lang);
  let timer;
  const update = () => {
    const n = lengthOf(field.value, field.lang);
    counter.textContent = counter.dataset.text.replace("%(n)s", number.format(n));
    counter.classList.toggle("count--long", n > soft);
    counter.classList.toggle("count--over", n > hard);
    return n;
  };
  update();
  field.addEventListener("input", () => {
    const n = update();
    clearTimeout(timer);
    if (n > soft) timer = setTimeout(() => say(counter.textContent), SPOKEN_AFTER_MS);
  });
}

export function countCharacters() {
  const fields = document.querySelectorAll("[data-count]");
  if (fields.length) prepareToSay();
  fields.forEach(watch);
}
