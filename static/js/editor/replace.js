// The element that people edit stands for the textarea: same name and descriptions for screen
// readers, same id for the label and for the error summary's links.

import { freshId } from "./dom.js";

const PLAIN_HINT = ".field__hint";

/** What describes the field, but for the hint on how to write HTML by hand: nobody does that here. */
function notesOf(textarea) {
  const notes = (textarea.getAttribute("aria-describedby") ?? "").split(" ").map((id) => document.getElementById(id));
  return notes.filter((note) => note && !note.matches(PLAIN_HINT));
}

/** What screen readers know of the textarea, for the element that takes its place. */
export function namesOf(textarea, keysId) {
  const [label] = textarea.labels;
  const described = [...notesOf(textarea).map((note) => note.id), keysId].join(" ");
  const names = {
    id: textarea.id,
    class: "editor__text prose",
    role: "textbox",
    "aria-multiline": "true",
    "aria-describedby": described,
    "aria-invalid": textarea.getAttribute("aria-invalid"),
    "aria-required": textarea.required ? "true" : textarea.getAttribute("aria-required"),
    "aria-label": label ? null : (textarea.getAttribute("aria-label") ?? textarea.name),
    "aria-labelledby": label ? (label.id ||= freshId("label")) : null,
    lang: textarea.lang,
    dir: textarea.dir,
  };
  return Object.fromEntries(Object.entries(names).filter(([, value]) => value));
}

/** Take the textarea out of sight, not out of the form; `editor` has its id from now on. */
export function replace(textarea, editor) {
  const [label] = textarea.labels;
  label?.addEventListener("click", () => editor.view.focus());
  textarea.hidden = true;
  textarea.required = false;
  textarea.removeAttribute("id");
  textarea.parentElement.querySelectorAll(PLAIN_HINT).forEach((hint) => {
    hint.hidden = true;
  });
}
