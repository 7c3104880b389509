// A sending that goes on: its figures, asked for every three seconds until it is over.
// Without script the page is loaded again by its Refresh link.
//
//     <div data-sending="/desk/newsletter/issues/7/progress"><div data-quarter="1" data-over="0" data-words="…">…</div></div>

import { prepareToSay, say } from "../site/saying.js";

const EVERY_MS = 3000;
const SLOWEST_MS = 60000;
const NOT_FOR_US = [401, 403, 404, 410];

function follow(element) {
  const inside = () => element.querySelector("[data-over]");
  let quarter = Number(inside().dataset.quarter);
  let wait = EVERY_MS;
  if (inside().dataset.over === "1") return;
  prepareToSay();

  const ask = async () => {
    try {
      const answer = await fetch(element.dataset.sending, { redirect: "manual" });
      if (NOT_FOR_US.includes(answer.status) || answer.type === "opaqueredirect") return;
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      element.replaceChildren(...page.body.childNodes);
      wait = EVERY_MS;
    } catch {
      wait = Math.min(wait * 2, SLOWEST_MS);
    }
    const { dataset } = inside();
    const isOver = dataset.over === "1";
    // Spoken at each quarter and at the end: every change would talk over everything else.
    if (Number(dataset.quarter) > quarter || isOver) say(dataset.words);
    quarter = Math.max(quarter, Number(dataset.quarter));
    // When it is over, or held, other buttons are needed.
    if (isOver) location.reload();
    else setTimeout(ask, wait);
  };

  setTimeout(ask, wait);
}

export function followSendings() {
  document.querySelectorAll("[data-sending]").forEach(follow);
}
