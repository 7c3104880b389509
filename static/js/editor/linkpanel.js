// Writing a link: its address, the language of the page behind it and, where no words were chosen,
// its words. A row in the page and not a dialog, so the text stays in sight.

import { addressTyped } from "./link.js";
import { blame, labelled, make } from "./dom.js";
import { Panel, panelButton } from "./panel.js";

export class LinkPanel extends Panel {
  constructor(words, editor, onClose) {
    super("link", words.say("link_tools"), onClose);
    this.words = words;
    this.editor = editor;
    const input = (attributes) => make("input", { class: "editor__control", type: "text", autocomplete: "off", ...attributes });
    this.text = labelled(words.say("link_text"), input());
    this.address = labelled(words.say("link_address"), input({ inputmode: "url", spellcheck: "false", autocapitalize: "none" }), {
      hint: words.say("link_address_hint"),
    });
    const none = make("option", { value: "" }, words.say("link_language_none"));
    const languages = words.languages.map(([code, name]) => make("option", { value: code, lang: code }, name));
    this.language = labelled(words.say("link_language"), make("select", { class: "editor__control" }, none, ...languages));
    this.main = panelButton("", () => this.accept(), { isMain: true });
    this.remove = panelButton(words.say("link_remove"), () => this.drop());
    const cancel = panelButton(words.say("cancel"), () => this.close(true));
    this.element.append(
      make("div", { class: "editor__fields" }, this.text.field, this.address.field, this.language.field),
      make("div", { class: "editor__actions" }, this.main, this.remove, cancel),
    );
  }

  /** Open for the link at the cursor, or for a new one on the chosen words. */
  open() {
    const { editor, words } = this;
    const isLink = editor.isActive("link");
    if (isLink) editor.commands.extendMarkRange("link");
    const { href, hreflang } = editor.getAttributes("link");
    this.isNew = !isLink;
    this.needsText = !isLink && editor.state.selection.empty;
    this.text.field.hidden = !this.needsText;
    this.text.control.value = "";
    this.address.control.value = href ?? "";
    this.knowLanguage(hreflang);
    this.main.textContent = words.say(isLink ? "link_change" : "link_add");
    this.remove.hidden = !isLink;
    blame(this.text, "");
    blame(this.address, "");
    super.open();
    (this.needsText ? this.text : this.address).control.focus();
  }

  /** Choose `code`, which may be one that the list does not hold. */
  knowLanguage(code) {
    const select = this.language.control;
    if (code && ![...select.options].some((option) => option.value === code)) {
      select.append(make("option", { value: code }, code));
    }
    select.value = code ?? "";
  }

  accept() {
    const href = addressTyped(this.address.control.value);
    const text = this.text.control.value.trim();
    const lacksText = this.needsText && !text;
    blame(this.text, lacksText ? this.words.say("link_text_missing") : "");
    blame(this.address, href ? "" : this.words.say("link_wrong"));
    if (lacksText || !href) {
      (lacksText ? this.text : this.address).control.focus();
      return;
    }
    const attrs = { href, hreflang: this.language.control.value || null };
    const chain = this.editor.chain();
    if (this.needsText) chain.insertContent({ type: "text", text, marks: [{ type: "link", attrs }] });
    else chain.setMark("link", attrs);
    chain.run();
    this.close();
    this.leaveLink();
  }

  /** Put the cursor behind the link, so that what is typed next is not part of it. */
  leaveLink() {
    this.editor.chain().setTextSelection(this.editor.state.selection.to).run();
  }

  drop() {
    this.editor.chain().unsetMark("link", { extendEmptyMarkRange: true }).run();
    this.close();
  }
}
