// Work that is going on: its bar and its words, asked for every two seconds until it is done.
// Without script the page itself is loaded again (its Refresh header).
//
//     <div data-job="/desk/jobs/7.json"><progress aria-label="…"></progress> <span data-job-text>…</span></div>
//
// The address answers {"share": 0 to 1 or null, "text": a sentence, "is_done": true or false}. When
// the work is done the element gets the event "job:done"; data-job-reload loads the page again.

import { prepareToSay, say } from "../site/saying.js";

const EVERY_MS = 2000;
const SLOWEST_MS = 30000; // after failures we ask less and less often, and never more seldom than this

function follow(element) {
  const bar = element.querySelector("progress");
  const text = element.querySelector("[data-job-text]");
  let quarter = Math.floor((bar?.position ?? 0) * 4);
  let wait = EVERY_MS;

  const show = ({ share, text: words, is_done: isDone }) => {
    if (bar && share === null) bar.removeAttribute("value");
    else if (bar) bar.value = share * bar.max;
    if (text) text.textContent = words;
    // Spoken at each quarter and at the end: more would talk over everything else.
    const reached = share === null ? quarter : Math.floor(share * 4);
    if (reached > quarter || isDone) say(words);
    quarter = Math.max(quarter, reached);
  };

  const ask = async () => {
    let isDone = false;
    try {
      const answer = await fetch(element.dataset.job, { headers: { Accept: "application/json" } });
      if ([401, 403, 404, 410].includes(answer.status)) return;
      if (!answer.ok) throw new Error(String(answer.status));
      const state = await answer.json();
      show(state);
      isDone = state.is_done;
      wait = EVERY_MS;
    } catch {
      wait = Math.min(wait * 2, SLOWEST_MS);
    }
    if (!isDone) setTimeout(ask, wait);
    else finish();
  };

  const finish = () => {
    element.dispatchEvent(new CustomEvent("job:done", { bubbles: true }));
    if (element.hasAttribute("data-job-reload")) location.reload();
  };

  setTimeout(ask, wait);
}

export function followJobs() {
  const jobs = document.querySelectorAll("[data-job]");
  if (jobs.length) prepareToSay();
  jobs.forEach(follow);
}
