// What the editor tells: how long the text is, and what became of a paste. The length is shown and
// not announced (it would speak at every pause in typing); the rest is announced politely.

import { panelButton } from "./panel.js";
import { make } from "./dom.js";

/** The number of words as people count them, in the text's own language. */
export function countWords(text, language) {
  const segments = new Intl.Segmenter(language || undefined, { granularity: "word" }).segment(text);
  let words = 0;
  for (const { isWordLike } of segments) words += isWordLike ? 1 : 0;
  return words;
}

export class Status {
  /** `keysId`: the id of the line that says how to reach the buttons by key. */
  constructor(words, editor, language, keysId) {
    this.words = words;
    this.editor = editor;
    this.language = language;
    this.said = make("span", { role: "status" });
    this.undo = panelButton(words.say("paste_undo"), () => this.undoPaste());
    this.undo.classList.add("editor__undo");
    this.undo.hidden = true;
    this.length = make("p", { class: "editor__count" });
    const keys = make("p", { class: "editor__keys", id: keysId }, words.say("keys"));
    this.message = make("div", { class: "editor__message" }, this.said, this.undo);
    this.element = make("div", { class: "editor__foot" }, this.message, this.length, keys);
    this.pasted = null;
  }

  say(sentence) {
    this.said.textContent = sentence;
  }

  /** Tell what was taken out of a paste, and offer to undo it until the text changes again. */
  tellPaste({ styles, images, tracked, comments }) {
    const { words } = this;
    const counted = [styles && words.count("styles", styles), images && words.count("images", images)].filter(Boolean);
    const sentences = [counted.length ? words.say("paste_removed", { list: counted.join(", ") }) : words.say("paste_done")];
    if (tracked && comments) sentences.push(words.say("paste_tracked_comments"));
    else if (tracked) sentences.push(words.say("paste_tracked"));
    else if (comments) sentences.push(words.say("paste_comments"));
    this.say(sentences.join(" "));
    this.pasted = this.editor.state.doc;
    this.undo.hidden = false;
  }

  undoPaste() {
    this.editor.view.focus();
    this.editor.commands.undo();
    this.say(this.words.say("paste_undone"));
  }

  /** Count the words; called when typing pauses, since it reads the whole text. */
  count() {
    const { doc } = this.editor.state;
    const text = doc.textBetween(0, doc.content.size, " ", " ");
    this.length.textContent = this.words.count("words", countWords(text, this.language));
  }

  /** The text may have changed: an undo would no longer undo the paste alone, so it is not offered. */
  changed() {
    if (!this.pasted || this.pasted.eq(this.editor.state.doc)) return;
    this.pasted = null;
    this.undo.hidden = true;
    this.say("");
  }
}
