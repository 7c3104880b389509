// What a picture shows, in words: a field of its own, or the word of the officer that it needs none.

import { blame, freshId, labelled, make } from "./dom.js";
import { figureAround } from "./figure.js";

/** The alternative text of a picture, or the word that it needs none: null alt is "not said yet". */
export class AltField {
  constructor(words, onChange = () => {}) {
    this.words = words;
    const input = make("input", { class: "editor__control", type: "text", autocomplete: "off" });
    this.text = labelled(words.say("picture_alt"), input, { hint: words.say("picture_alt_hint") });
    this.box = make("input", { type: "checkbox", id: freshId("decorative") });
    const label = make("label", { for: this.box.id }, words.say("picture_decorative"));
    this.element = make("div", { class: "editor__alt" }, this.text.field, make("div", { class: "editor__check" }, this.box, label));
    this.box.addEventListener("change", () => {
      input.disabled = this.box.checked;
      onChange();
    });
    input.addEventListener("input", onChange);
  }

  set(alt) {
    this.box.checked = alt === "";
    this.text.control.disabled = this.box.checked;
    this.text.control.value = alt ?? "";
    blame(this.text, "");
  }

  get() {
    if (this.box.checked) return "";
    return this.text.control.value.trim() || null;
  }

  /** Ask for the text where it is missing; answers whether there is one. */
  check({ moveFocus = true } = {}) {
    const isThere = this.get() !== null;
    blame(this.text, isThere ? "" : this.words.say("picture_alt_missing"));
    if (!isThere && moveFocus) this.text.control.focus();
    return isThere;
  }
}

/** Write `alt` on the picture around the cursor. */
export function setAlt(editor, alt) {
  const found = figureAround(editor.state.selection);
  if (!found || found.node.attrs.alt === alt) return;
  editor.view.dispatch(editor.state.tr.setNodeAttribute(found.pos, "alt", alt));
}
