// The editor in the page: it takes the textarea's place and keeps it up to date, so the form is
// sent, and read by the server, exactly as without script.

import { Editor, Extension } from "@tiptap/core";

import { freshId, make } from "./dom.js";
import { keepClear } from "./edges.js";
import { LinkPanel } from "./linkpanel.js";
import { Paste } from "./paste.js";
import { quiet } from "./paste/quiet.js";
import { PicturePanel } from "./pictures.js";
import { namesOf, replace } from "./replace.js";
import { KEYS, extensions, may, run } from "./schema.js";
import { Status } from "./status.js";
import { keepInStep } from "./sync.js";
import { insertTable } from "./table.js";
import { Toolbar } from "./toolbar.js";
import { makeTools } from "./tools.js";
import { Words } from "./words.js";

/** Fill the main toolbar. `panels`: what opens the panels {link, picture}; no picture without an address to fetch from. */
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
  if (panels.picture) toolbar.add("picture", { act: panels.picture, isOpen: panels.isPictureOpen });
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
      ...keepClear(parts),
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
  addButtons(parts.toolbar, editor, {
    link: () => show(parts.link),
    picture: address && (() => show(parts.picture)),
    isPictureOpen: () => parts.picture.isOpen,
  });
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

  replace(textarea, editor);
  const under = [parts.link, parts.picture, ...parts.tools, parts.status].map((part) => part.element);
  textarea.after(make("div", { class: "editor" }, parts.toolbar.element, text, ...under));
  refresh();
  parts.status.count();
  return editor;
}
