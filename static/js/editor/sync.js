// The textarea stays the form's field: what it holds is what is sent. This keeps it what the editor
// shows, and the editor what it holds when a browser brings a form's contents back.

import { canonical } from "./canonical.js";
import { quiet } from "./paste/quiet.js";

const PAUSE_MS = 150; // the text is written out when typing pauses this long, and always before it is sent

/** Keep the textarea's value what the editor shows, from now on. */
export function keepInStep(textarea, editor, status) {
  let stored = textarea.value;
  let opened = canonical(editor.state.doc);
  let waiting = null;

  /** Write the text out. A text that is as it was when the page opened is left to the letter. */
  function write() {
    clearTimeout(waiting);
    waiting = null;
    const now = canonical(editor.state.doc);
    const html = now === opened ? stored : now;
    if (html === textarea.value) return;
    textarea.value = html;
    textarea.dispatchEvent(new Event("input", { bubbles: true }));
  }

  editor.on("update", () => {
    status.changed();
    waiting ??= setTimeout(() => {
      write();
      status.count();
    }, PAUSE_MS);
  });
  editor.on("blur", write);
  textarea.form?.addEventListener("submit", write, { capture: true });
  textarea.form?.addEventListener("formdata", ({ formData }) => {
    write();
    if (formData.has(textarea.name)) formData.set(textarea.name, textarea.value);
  });

  /** Show what the textarea holds: browsers put a form's contents back on "Back" and on "Reset". */
  function read() {
    const shown = canonical(editor.state.doc);
    if (textarea.value === (shown === opened ? stored : shown)) return;
    stored = textarea.value;
    editor.commands.setContent(quiet(stored));
    opened = canonical(editor.state.doc);
  }
  textarea.form?.addEventListener("reset", () => setTimeout(read));
  window.addEventListener("pageshow", read);
}
