// The link in a mail carries the code behind its #, where no server, log or other site sees it. It is filled in here,
// and taken out of the address bar; nothing is sent before its reader presses the button.

const CARRIED = /^#(\d{6})\.([\w-]{16,64})$/;

export function fillInCodes() {
  const code = document.querySelector("[data-code]");
  const carried = CARRIED.exec(location.hash);
  if (!code || !carried) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  code.value = carried[1];
  code.form.elements.key.value = carried[2];
  for (const needless of document.querySelectorAll("[data-needless-with-link]")) needless.hidden = true;
}

// What became of the mail, while one waits for it: the page is asked again, and what it says there replaces what stood
// there. It stops when there is nothing more to come, and after a few minutes.

const EVERY = 4000; // milliseconds
const TIMES = 60;

export function followMail() {
  const place = document.querySelector("[data-mail]");
  if (place) look(place, TIMES);
}

function look(place, times) {
  if (!times || !["queued", "late", "away"].includes(place.dataset.mail)) return;
  setTimeout(async () => {
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.querySelector("[data-mail]");
      if (!now) return;
      if (now.dataset.mail !== place.dataset.mail || now.textContent !== place.textContent) {
        place.dataset.mail = now.dataset.mail;
        place.replaceChildren(...now.childNodes);
      }
    } catch {
      // no connection: the next look may have one
    }
    look(place, times - 1);
  }, EVERY);
}
