// Choosing a picture of the library. It is put into the text only with an alternative text, or when
// the officer says that it is decorative.

import { AltField } from "./alt.js";
import { freshId, labelled, make } from "./dom.js";
import { insertBlock } from "./insert.js";
import { Panel, panelButton } from "./panel.js";

export class PicturePanel extends Panel {
  /** `address` answers JSON: [{key, alt, caption, credit, src, thumb, width, height}]. */
  constructor(words, editor, address, onClose) {
    super("picture", words.say("picture_tools"), onClose);
    this.words = words;
    this.editor = editor;
    this.address = address;
    this.note = make("p", { class: "editor__note", role: "status" });
    this.again = panelButton(words.say("picture_again"), () => this.load());
    this.list = make("fieldset", { class: "editor__choices" }, make("legend", { class: "editor__label" }, words.say("picture_choose")));
    this.missing = make("p", { class: "editor__error", hidden: true, id: freshId("missing") }, words.say("picture_missing"));
    this.grid = make("div", { class: "editor__grid" });
    this.list.append(this.missing, this.grid);
    this.alt = new AltField(words);
    this.caption = labelled(words.say("picture_caption"), make("input", { class: "editor__control", type: "text", autocomplete: "off" }));
    this.details = make("div", { class: "editor__fields" }, this.alt.element, this.caption.field);
    this.insert = panelButton(words.say("picture_insert"), () => this.accept(), { isMain: true });
    const cancel = panelButton(words.say("cancel"), () => this.close(true));
    this.element.append(this.note, this.again, this.list, this.details, make("div", { class: "editor__actions" }, this.insert, cancel));
  }

  open() {
    super.open();
    this.chosen = null;
    this.alt.set(null);
    this.caption.control.value = "";
    this.missing.hidden = true;
    this.load();
  }

  async load() {
    this.fill({ note: this.words.say("picture_loading") });
    this.element.tabIndex = -1;
    this.element.focus();
    try {
      const answer = await fetch(this.address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      const pictures = await answer.json();
      if (this.isOpen) this.offer(pictures);
    } catch {
      if (this.isOpen) this.fill({ note: this.words.say("picture_failed"), canRetry: true });
    }
  }

  /** Show the note, and the choice only where there is one. */
  fill({ note = "", canRetry = false, hasChoice = false }) {
    this.note.textContent = note;
    this.again.hidden = !canRetry;
    this.list.hidden = !hasChoice;
    this.details.hidden = !hasChoice;
    this.insert.hidden = !hasChoice;
  }

  offer(pictures) {
    if (!pictures.length) {
      this.fill({ note: this.words.say("picture_none") });
      return;
    }
    const name = freshId("picture");
    this.grid.replaceChildren(...pictures.map((picture) => this.choice(picture, name)));
    this.fill({ hasChoice: true });
    this.grid.querySelector("input").focus({ preventScroll: true });
    this.show();
  }

  choice(picture, name) {
    // Radio buttons are one group by their name; no form sends them, see the form attribute.
    const radio = make("input", { type: "radio", name, form: "", value: picture.key, class: "editor__radio" });
    radio.addEventListener("change", () => this.choose(picture));
    const image = make("img", { src: picture.thumb, alt: "", width: picture.width, height: picture.height, loading: "lazy" });
    const words = make("span", { class: "editor__choice-words" }, picture.caption || picture.alt || picture.key);
    const credit = picture.credit ? make("span", { class: "editor__credit" }, picture.credit) : null;
    return make("label", { class: "editor__choice" }, radio, image, words, credit);
  }

  choose(picture) {
    this.chosen = picture;
    this.missing.hidden = true;
    this.alt.set(picture.alt || null);
    const credit = picture.credit ? `(${picture.credit})` : "";
    this.caption.control.value = [picture.caption, credit].filter(Boolean).join(" ");
  }

  accept() {
    if (!this.chosen) {
      this.missing.hidden = false;
      this.grid.querySelector("input")?.focus();
      return;
    }
    if (!this.alt.check()) return;
    const text = this.caption.control.value.trim();
    const { src, width, height } = this.chosen;
    const figure = {
      type: "figure",
      attrs: { src, alt: this.alt.get(), width, height },
      content: text ? [{ type: "text", text }] : [],
    };
    insertBlock(this.editor, figure, 1);
    this.close();
  }
}
