// Somebody's own parts, as they are being made: the rows are fetched again as long as one of them is under way.
// Said aloud are a quarter, a half, three quarters and the end alone. Without script a link shows the page again.

const QUARTERS = [25, 50, 75, 100];
const SOON = 1000; // milliseconds, while something is being made
const LATER = 4000; // while something only waits

/** Return what a row says of itself: its id, state, share and name. */
function told(row) {
  const name = row.querySelector(".parts__title");
  return {
    state: row.dataset.state,
    share: Number(row.dataset.share) || 0,
    what: (name ? name.textContent : "").replace(/\s+/g, " ").trim(),
  };
}

/** Return what is known of each row, by its id. */
function rowsIn(place) {
  return new Map([...place.querySelectorAll(".parts__one")].map((row) => [row.id, told(row)]));
}

/** Return the quarter that was passed between two shares, or 0. */
function passed(before, now) {
  return QUARTERS.filter((quarter) => before < quarter && now >= quarter).pop() || 0;
}

/** Return what is to be said aloud of what changed. */
function news(place, before, now) {
  const said = [];
  for (const [id, row] of now) {
    const was = before.get(id);
    if (!was || was.state === row.state) {
      const quarter = was ? passed(was.share, row.share) : 0;
      if (quarter && row.state === "preparing") {
        said.push(place.dataset.said.replace("{what}", row.what).replace("{share}", String(quarter)));
      }
    } else if (row.state === "ready") {
      said.push(place.dataset.ready.replace("{what}", row.what));
    } else if (row.state !== "preparing" && row.state !== "waiting") {
      const words = document.getElementById(id)?.querySelector(".parts__words");
      said.push(`${row.what}: ${words ? words.textContent : ""}`);
    }
  }
  return said.join(". ");
}

/** Put the rows in `html` into `place`, and leave the focus where it was. */
function put(place, html) {
  const focused = place.contains(document.activeElement) ? document.activeElement : null;
  const row = focused?.closest(".parts__one")?.id;
  const number = row ? [...document.getElementById(row).querySelectorAll("a, button")].indexOf(focused) : -1;
  const fresh = new DOMParser().parseFromString(html, "text/html");
  place.replaceChildren(...fresh.body.childNodes);
  if (row && number >= 0) {
    const again = document.getElementById(row)?.querySelectorAll("a, button");
    (again?.[number] || again?.[0])?.focus();
  }
}

/** Keep the rows in `place` as they are at the newsroom. */
function follow(place, status) {
  let last = "";
  let fails = 0;

  const wait = (rows) => {
    const states = [...rows.values()].map((row) => row.state);
    if (states.includes("preparing")) return SOON;
    return states.includes("waiting") ? LATER : 0;
  };

  const look = async () => {
    if (document.hidden) {
      setTimeout(look, LATER);
      return;
    }
    try {
      const answer = await fetch(place.dataset.parts, { credentials: "same-origin", headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const html = await answer.text();
      fails = 0;
      if (html !== last) {
        const before = rowsIn(place);
        put(place, html);
        last = html;
        const said = news(place, before, rowsIn(place));
        if (said && status) status.textContent = said;
        place.dispatchEvent(new CustomEvent("parts", { bubbles: true }));
      }
    } catch {
      fails += 1;
    }
    const soon = wait(rowsIn(place)) || (fails && fails < 5 ? LATER : 0);
    if (soon) setTimeout(look, soon * (1 + fails));
  };

  const first = wait(rowsIn(place));
  if (place.children.length === 0) look();
  else if (first) setTimeout(look, first);
}

/** Follow every list of parts on this page. */
export function followParts() {
  for (const place of document.querySelectorAll("[data-parts]")) {
    const own = place.closest("[data-panel-own]");
    if (own) own.hidden = false;
    follow(place, place.parentElement.querySelector("[data-parts-said]"));
  }
}
