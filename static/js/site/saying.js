// One polite region for what changed without a new page: screen readers speak it when it comes.

let region;

/** Make the region; it must stand in the page before the first words go in. */
export function prepareToSay() {
  if (region) return;
  region = document.createElement("p");
  region.className = "visually-hidden";
  region.setAttribute("role", "status");
  document.body.append(region);
}

/** Let `words` be spoken; "" clears what was said. */
export function say(words) {
  prepareToSay();
  region.textContent = words;
}
