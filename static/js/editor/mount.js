// The editor in the page: it takes the textarea's place and keeps it up to date, so the form is
// sent, and read by the server, exactly as without script.

import { Editor, Extension } from "@tiptap/core";

import { canonical } from "./canonical.js";
import { freshId, make } from "./dom.js";
import { LinkPanel } from "./linkpanel.js";
import { Paste } from "./paste.js";
import { quiet } from "./paste/quiet.js";
import { PicturePanel } from "./pictures.js";
import { KEYS, extensions, may, run } from "./schema.js";
import { Status } from "./status.js";
import { insertTable } from "./table.js";
import { Toolbar } from "./toolbar.js";
import { makeTools } from "./tools.js";
import { Words } from "./words.js";

const PAUSE_MS = 150; // the text is written out when typing pauses this long, and always before it is sent

/** What screen readers know of the textarea, for the element that takes its place. */
function namesOf(textarea, keysId) {
  const [label] = textarea.labels;
  const described = [textarea.getAttribute("aria-describedby"), keysId].filter(Boolean).join(" ");
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

/** Fill the main toolbar. `panels`: {link, picture}, each with `toggle` and `isOpen`; no picture without an address. */
function addButtons(toolbar, editor, panels) {
  const command = (name, isOn, sign) =>
    toolbar.add(name, {
      act: () => run(editor, name),
      may: () => may(editor, name),
      isOn,
      sign,
    });
  command("heading", () => editor.isActive("heading", { level: 2 }));
  command("subheading", () => editor.isActive("heading", { level: 3 }));
  toolbar.gap();
  command("bold", () => editor.isActive("bold"));
  command("italic", () => editor.isActive("italic"));
  command("superscript", () => editor.isActive("superscript"), "x²");
  command("subscript", () => editor.isActive("subscript"), "x₂");
  toolbar.gap();
  command("bullets", () => editor.isActive("bulletList"));
  command("numbers", () => editor.isActive("orderedList"));
  command("quote", () => editor.isActive("blockquote"));
  toolbar.gap();
  const mayLink = () => editor.can().setMark("link", { href: "/" });
  toolbar.add("link", { act: panels.link, isOn: () => editor.isActive("link"), may: mayLink });
  toolbar.add("table", { act: () => insertTable(editor), may: () => !editor.isActive("table") });
  if (panels.picture) toolbar.add("picture", { act: panels.picture });
  toolbar.gap();
  command("undo");
  command("redo");
}

const done = () => true; // what a key's command answers

/** Put the editor in place of `textarea`. Throws, leaving the textarea as it was, when it cannot. */
export function mount(textarea) {
  const words = new Words(JSON.parse(textarea.dataset.words), document.documentElement.lang);
  const address = textarea.dataset.picturesUrl;
  const keysId = freshId("keys");
  const text = make("div", { class: "editor__mount" });
  // What follows is made of the editor and used by it, so it is filled in below.
  const parts = { toolbar: null, link: null, picture: null, status: null, tools: [] };

  const editor = new Editor({
    element: text,
    extensions: [
      ...extensions,
      Extension.create({
        name: "ways",
        addKeyboardShortcuts: () => ({
          "Alt-F10": () => done(parts.toolbar.focus()),
          [KEYS.link[0]]: () => done(show(parts.link)),
        }),
      }),
      Paste.configure({
        language: textarea.lang,
        onPasted: (report) => parts.status.tellPaste(report),
        onFile: () => parts.status.say(words.say("paste_file")),
      }),
    ],
    content: quiet(textarea.value),
    injectCSS: false,
    // Nothing turns into something else while one types: "2025. " would begin a list.
    enableInputRules: false,
    enablePasteRules: false,
    editorProps: {
      attributes: namesOf(textarea, keysId),
      // The bars at the text's edges must not cover the cursor: pixels, about as high as they are.
      scrollThreshold: { top: 100, bottom: 160, left: 0, right: 0 },
      scrollMargin: { top: 104, bottom: 176, left: 5, right: 5 },
      // Tab leaves the text, in lists and tables too: true keeps the event from the editor's own keys.
      handleDOMEvents: { keydown: (view, event) => event.key === "Tab" },
    },
  });

  const closed = () => {
    refresh();
    editor.view.focus();
  };
  parts.toolbar = new Toolbar(words, "toolbar", editor);
  parts.link = new LinkPanel(words, editor, closed);
  parts.picture = new PicturePanel(words, editor, address, closed);
  parts.status = new Status(words, editor, textarea.lang, keysId);
  parts.tools = makeTools(words, editor);
  addButtons(parts.toolbar, editor, { link: () => show(parts.link), picture: address && (() => show(parts.picture)) });
  parts.toolbar.element.setAttribute("aria-controls", textarea.id);

  function show(panel) {
    const other = panel === parts.link ? parts.picture : parts.link;
    if (other.isOpen) other.close();
    panel.open();
    refresh();
  }

  function refresh() {
    parts.toolbar.refresh();
    const isBusy = parts.link.isOpen || parts.picture.isOpen;
    for (const row of parts.tools) row.update(isBusy);
  }

  editor.on("transaction", refresh);
  keepInStep(textarea, editor, parts.status);

  // The element that people edit has the textarea's id now: the label and the error summary's
  // links lead to it.
  const [label] = textarea.labels;
  label?.addEventListener("click", () => editor.view.focus());
  textarea.hidden = true;
  textarea.required = false;
  textarea.removeAttribute("id");
  const under = [parts.link, parts.picture, ...parts.tools, parts.status].map((part) => part.element);
  textarea.after(make("div", { class: "editor" }, parts.toolbar.element, text, ...under));
  refresh();
  parts.status.count();
  return editor;
}

/** Keep the textarea's value what the editor shows, from now on. */
function keepInStep(textarea, editor, status) {
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
