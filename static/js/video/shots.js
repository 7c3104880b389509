// Writing shots beside the film: a new one where the picture stands, rows moved from the keyboard.
import { hearKeys } from "./player.js";

const KEPT = `shots at ${location.pathname}`;

export function readyShots(form, player) {
  form.addEventListener("keydown", (event) => {
    const way = event.altKey && { ArrowUp: "up", ArrowDown: "down" }[event.key];
    const button = way && event.target.closest("[data-row]")?.querySelector(`[data-move="${way}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
  if (!player) return;
  const here = form.querySelector("[data-here]");
  const at = form.querySelector("[data-at]");
  const add = here.querySelector("[data-do='new-shot']");
  add.addEventListener("click", () => {
    at.value = player.timeline.label(player.frame());
    sessionStorage.setItem(KEPT, JSON.stringify({ frame: player.frame(), label: at.value }));
  });
  here.hidden = false;
  hearKeys([player.section, form], {
    N: () => add.click(),
    " ": player.toggle,
    K: player.toggle,
    ",": () => player.step(-1),
    ".": () => player.step(1),
    ArrowLeft: () => player.seek(player.frame() - Math.round(player.timeline.rate)),
    ArrowRight: () => player.seek(player.frame() + Math.round(player.timeline.rate)),
  });
  comeBack(form, player);
}

/** After a row was added, stand where the film stood, in that row. */
function comeBack(form, player) {
  const kept = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  if (!kept) return;
  const { frame, label } = JSON.parse(kept);
  player.seek(frame);
  const row = [...form.querySelectorAll("[data-row]")].find((each) =>
    [...each.querySelectorAll("input")].some((input) => input.value === label),
  );
  row?.querySelector("input[name$='-description']")?.focus();
}
