// Buttons with data-copy="ids" put the text of these elements on the clipboard, and say so for three seconds.
import { prepareToSay, say } from "./saying.js";

const SHOWN_MS = 3000;

function textOf(ids) {
  return ids
    .split(" ")
    .map((id) => document.getElementById(id)?.innerText.trim())
    .filter(Boolean)
    .join("\n\n")
    .replace(/\n\s*\n\s*/g, "\n\n");
}

function offer(button) {
  const label = button.querySelector("[data-copy-label]");
  const before = label.textContent;
  let timer;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(textOf(button.dataset.copy));
    label.textContent = button.dataset.done;
    say(button.dataset.done);
    clearTimeout(timer);
    timer = setTimeout(() => {
      label.textContent = before;
      say("");
    }, SHOWN_MS);
  });
}

export function offerCopying() {
  const buttons = document.querySelectorAll("[data-copy]");
  if (!navigator.clipboard || buttons.length === 0) return;
  prepareToSay();
  buttons.forEach(offer);
}
