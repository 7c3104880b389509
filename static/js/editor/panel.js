// The rows that open under the text: for a link, for choosing a picture. They stand inside the
// page's form, so Enter in one of their fields must not send the form, and their fields have no name.

import { make } from "./dom.js";

export class Panel {
  /** `label`: the panel's name for screen readers; `onClose(isCancelled)` is called when it closes. */
  constructor(name, label, onClose) {
    this.element = make("div", { class: `editor__panel editor__panel--${name}`, role: "group", "aria-label": label, hidden: true });
    this.onClose = onClose;
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
        this.close(true);
      } else if (event.key === "Enter" && event.target.matches("input:not([type=radio])")) {
        event.preventDefault();
        this.accept?.();
      }
    });
  }

  get isOpen() {
    return !this.element.hidden;
  }

  open() {
    this.element.hidden = false;
    this.show();
  }

  /** Bring as much of the panel into sight as there is room for; called again when it grows. */
  show() {
    this.element.scrollIntoView({ block: "nearest" });
  }

  close(isCancelled = false) {
    if (!this.isOpen) return;
    this.element.hidden = true;
    this.onClose(isCancelled);
  }
}

/** A button of a panel. */
export function panelButton(word, act, { isMain = false } = {}) {
  const button = make("button", { type: "button", class: isMain ? "editor__button editor__button--main" : "editor__button" }, word);
  button.addEventListener("click", act);
  return button;
}
