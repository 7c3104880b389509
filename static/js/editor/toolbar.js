// A row of buttons that is one tab stop: arrow keys, Home and End walk it, Escape goes back to the
// text. Buttons that cannot be used now stay in the walk (aria-disabled), so that the row does not
// change under somebody's fingers.

import { KEYS } from "./schema.js";
import { make } from "./dom.js";

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
const SIGNS = { Mod: isMac ? "⌘" : "Ctrl", Alt: isMac ? "⌥" : "Alt" };
const ARIA = { Mod: isMac ? "Meta" : "Control" };

/** A key such as "Mod-Shift-2" as people read it, and as aria-keyshortcuts wants it. */
function written(key, words) {
  const parts = key.split(/-(?=.)/);
  const sign = (part) => (part === "Shift" ? words.say("shift") : (SIGNS[part] ?? part.toUpperCase()));
  const name = (part) => ARIA[part] ?? (part.length === 1 ? part.toUpperCase() : part);
  return { shown: parts.map(sign).join("+"), aria: parts.map(name).join("+") };
}

export class Toolbar {
  /** `label`: the words key of the row's name; `editor`: the Tiptap editor that Escape goes back to. */
  constructor(words, label, editor) {
    this.words = words;
    this.editor = editor;
    this.buttons = [];
    this.element = make("div", { class: "toolbar", role: "toolbar", "aria-label": words.say(label) });
    this.element.addEventListener("keydown", (event) => this.walk(event));
    // A press on a button leaves the cursor where it is.
    this.element.addEventListener("mousedown", (event) => event.preventDefault());
  }

  /**
   * Add a button. `act()` does it; `isOn()`, if given, tells whether it is pressed, `isOpen()`
   * whether what it opens is open, and `may()` whether it can be used now. `sign` is shown instead of the word.
   */
  add(name, { act, isOn, isOpen, may, sign, quiet = false }) {
    const word = this.words.say(name);
    const key = KEYS[name] ? written(KEYS[name][0], this.words) : null;
    const button = make(
      "button",
      {
        type: "button",
        class: `toolbar__button toolbar__button--${name}${quiet ? " toolbar__button--quiet" : ""}`,
        tabindex: this.buttons.length ? "-1" : "0",
        title: key ? `${word} (${key.shown})` : sign ? word : null,
        "aria-label": sign ? word : null,
        "aria-keyshortcuts": key?.aria,
      },
      sign ?? word,
    );
    button.addEventListener("click", () => {
      this.stopAt(button);
      if (button.getAttribute("aria-disabled") !== "true") act();
    });
    this.buttons.push(button);
    this.element.append(button);
    this.states ??= [];
    this.states.push({ button, isOn, isOpen, may });
    return button;
  }

  /** A gap between two groups of buttons. */
  gap() {
    this.element.append(make("span", { class: "toolbar__gap", role: "none" }));
  }

  /** Show what is pressed and what can be used, for the editor's state now. */
  refresh() {
    for (const { button, isOn, isOpen, may } of this.states) {
      if (isOn) button.setAttribute("aria-pressed", String(isOn()));
      if (isOpen) button.setAttribute("aria-expanded", String(isOpen()));
      if (may) button.setAttribute("aria-disabled", String(!may()));
    }
  }

  focus() {
    this.buttons.find((button) => button.tabIndex === 0).focus();
  }

  stopAt(button) {
    for (const other of this.buttons) other.tabIndex = other === button ? 0 : -1;
  }

  walk(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.editor.view.focus();
      return;
    }
    const at = this.buttons.indexOf(document.activeElement);
    const last = this.buttons.length - 1;
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at <= 0 ? last : at - 1, Home: 0, End: last }[event.key];
    if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    this.stopAt(this.buttons[to]);
    this.buttons[to].focus();
  }
}
