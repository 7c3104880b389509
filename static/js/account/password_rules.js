// The rules that a password must meet, as app/accounts/passwords.py has them, and the list beside the field that shows
// which are met while one types. The server decides: it knows more (stolen passwords, the address, the name).

const NO_BREAK = "\u00a0\u2007\u202f\u2060\ufeff";
const SPACE = new RegExp(`[\\s\\u001c-\\u001f\\u0085${NO_BREAK}]`, "u");

export const RULES = {
  length: (password) => [...password].length >= 12,
  case: (password) => /\p{Ll}/u.test(password) && /\p{Lu}/u.test(password),
  digit: (password) => /\p{Nd}/u.test(password),
  symbol: (password) => /[\p{P}\p{S}]/u.test(password),
  space: (password) => !SPACE.test(password),
};

export function met(typed) {
  const password = typed.normalize("NFC");
  return Object.keys(RULES).filter((key) => RULES[key](password));
}

const PAUSE = 800; // milliseconds without a key: then what has changed is read out

export function followPasswords() {
  for (const list of document.querySelectorAll("[data-rules-of]")) {
    const input = document.getElementById(list.dataset.rulesOf);
    if (input) follow(list, input);
  }
}

function follow(list, input) {
  const said = list.parentElement.querySelector("[data-rules-said]");
  const items = [...list.querySelectorAll("[data-rule]")];
  let spoken = new Map(items.map((item) => [item, item.dataset.state || "unmet"]));
  let waiting;

  const tell = () => {
    const changed = items.filter((item) => spoken.get(item) !== item.dataset.state);
    spoken = new Map(items.map((item) => [item, item.dataset.state]));
    if (changed.length) said.textContent = changed.map((item) => item.textContent.trim().replace(/\s+/g, " ")).join(". ");
  };
  const show = () => {
    const kept = met(input.value);
    for (const item of items) {
      const state = kept.includes(item.dataset.rule) && input.value ? "met" : "unmet";
      item.dataset.state = state;
      item.querySelector("[data-rule-state]").textContent = `, ${list.dataset[state]}`;
    }
    clearTimeout(waiting);
    waiting = setTimeout(tell, PAUSE);
  };

  input.addEventListener("input", show);
  if (input.value) show(); // filled in by the browser
}
