// Work that is going on: its bar and its words, asked for every two seconds until it is done.
// Without script the page itself is loaded again (its Refresh header).
//
//     <div data-job="/desk/jobs/7.json"><progress aria-label="…"></progress><p>Waiting</p></div>
//
// The address answers {"state", "done", "total" (null while it is unknown), "words"}; the words go
// into the element after the bar.

import { prepareToSay, say } from "../site/saying.js";

const EVERY_MS = 2000;
const SLOWEST_MS = 30000; // after failures we ask less and less often, and never more seldom than this
const UNDER_WAY = ["queued", "running"];
const NOT_FOR_US = [401, 403, 404, 410];

function follow(element) {
  const bar = element.querySelector("progress");
  const text = bar.nextElementSibling;
  let quarter = Math.max(0, Math.floor(bar.position * 4)); // position is -1 while the share is unknown
  let wait = EVERY_MS;
  // Spoken at each quarter and at the end: every change would talk over everything else.
  text?.removeAttribute("role");

  const show = ({ done, total, words }, isOver) => {
    if (total) {
      bar.max = total;
      bar.value = done;
    } else {
      bar.removeAttribute("value");
    }
    if (text) text.textContent = words;
    const reached = total ? Math.floor((done / total) * 4) : quarter;
    if (reached > quarter || isOver) say(words);
    quarter = Math.max(quarter, reached);
  };

  const ask = async () => {
    let isOver = false;
    try {
      const answer = await fetch(element.dataset.job, { headers: { Accept: "application/json" } });
      if (NOT_FOR_US.includes(answer.status)) return;
      if (!answer.ok) throw new Error(String(answer.status));
      const job = await answer.json();
      isOver = !UNDER_WAY.includes(job.state);
      show(job, isOver);
      wait = EVERY_MS;
    } catch {
      wait = Math.min(wait * 2, SLOWEST_MS);
    }
    if (!isOver) setTimeout(ask, wait);
  };

  setTimeout(ask, wait);
}

export function followJobs() {
  const jobs = document.querySelectorAll("[data-job]");
  if (jobs.length) prepareToSay();
  jobs.forEach(follow);
}
