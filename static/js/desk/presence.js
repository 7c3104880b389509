// Who else has this text open, asked every half minute while the page is looked at; a page that is
// closed says so. Each answer brings a fresh token for the page's forms, so that a text that stood
// open over lunch can still be saved. Without script the server notes who opened the page.
//
//     <div role="status" data-presence="/desk/releases/7/en/presence.json">…</div>

const EVERY_MS = 30000;

/** The token of this page's forms. */
export function token() {
  return document.querySelector('input[name="csrf_token"]')?.value ?? "";
}

/** Put a fresh token into all forms of this page. */
export function renew(fresh) {
  for (const field of document.querySelectorAll('input[name="csrf_token"]')) field.value = fresh;
}

/** Ask `address` for a fresh token, and put it into the page's forms; whether there was one. */
export async function renewToken(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (answer.ok) renew((await answer.json()).token);
  return answer.ok;
}

function follow(element) {
  const address = element.dataset.presence;

  const show = (others) => {
    const lines = [...element.children].map((line) => line.textContent);
    if (JSON.stringify(lines) === JSON.stringify(others)) return; // a live region speaks when it changes
    element.replaceChildren(
      ...others.map((words) => {
        const line = document.createElement("p");
        line.textContent = words;
        return line;
      }),
    );
  };

  const ask = async () => {
    if (document.visibilityState !== "visible") return;
    try {
      const answer = await fetch(address, { method: "POST", body: new URLSearchParams({ csrf_token: token() }) });
      if (answer.status === 400) await renewToken(address);
      if (!answer.ok) return;
      const told = await answer.json();
      show(told.others);
      renew(told.token);
    } catch {
      // No connection: what the page says of others grows old, and the next answer puts it right.
    }
  };

  setTimeout(ask, 1000);
  setInterval(ask, EVERY_MS);
  document.addEventListener("visibilitychange", ask);
  addEventListener("pagehide", () => {
    navigator.sendBeacon(address, new URLSearchParams({ csrf_token: token(), left: "1" }));
  });
}

export function showOthers() {
  for (const element of document.querySelectorAll("[data-presence]")) follow(element);
}
