// Did somebody mistype a usual domain? Decided as app/media_users/rules.py does; a button puts it right, and nothing waits.

export function meant(typed, usual, telling) {
  const at = typed.trim().lastIndexOf("@");
  const name = typed.trim().slice(0, at);
  const domain = typed.trim().slice(at + 1).toLowerCase();
  if (at < 1 || usual.includes(domain)) return null;
  const found = usual.find((each) => each.length >= telling && isOneSlip(domain, each));
  return found ? `${name}@${found}` : null;
}

function isOneSlip(typed, wanted) {
  if (Math.abs(typed.length - wanted.length) > 1 || typed === wanted) return false;
  let same = 0;
  while (same < typed.length && same < wanted.length && typed[same] === wanted[same]) same += 1;
  const one = typed.slice(same);
  const other = wanted.slice(same);
  if (one.length === other.length) {
    const swapped = other.length > 1 && one.slice(0, 2) === other[1] + other[0];
    return one.slice(1) === other.slice(1) || (swapped && one.slice(2) === other.slice(2));
  }
  return one.length > other.length ? one.slice(1) === other : one === other.slice(1);
}

export function askAboutAddresses() {
  for (const note of document.querySelectorAll("[data-meant-of]")) {
    const input = document.getElementById(note.dataset.meantOf);
    if (input) ask(note, input);
  }
}

function ask(note, input) {
  const usual = note.dataset.usual.split(" ");
  const button = note.querySelector("button");
  const look = () => {
    const found = meant(input.value, usual, Number(note.dataset.telling));
    note.hidden = !found;
    if (found) button.textContent = note.dataset.words.replace("{address}", found);
  };
  input.addEventListener("change", look);
  button.addEventListener("click", (event) => {
    event.preventDefault(); // without script the server puts it right
    input.value = meant(input.value, usual, Number(note.dataset.telling)) ?? input.value;
    note.hidden = true;
    input.focus();
  });
}
