// Pasting and dropping: foreign HTML is cleaned before the editor reads it, and the officer is
// told afterwards what was taken out. Tiptap's office extension was turned down: it reads Word's
// notes from style attributes, which our content security policy reports one by one, and it nests
// lists beside their items.

import { Extension } from "@tiptap/core";
import { closeHistory } from "@tiptap/pm/history";
import { Plugin } from "@tiptap/pm/state";

import { keepApart } from "./paste/seams.js";
import { quiet } from "./paste/quiet.js";
import { tidy } from "./paste/tidy.js";
import { settleWord } from "./paste/word.js";

// Word marks every run with the language that its spelling was checked in, often a wrong one.
const isOffice = (html) => /\bmso-|\bclass="?Mso/.test(html);

/** Clean HTML pasted into a text in `language`; answers {html, styles, images, tracked, comments}. */
export function cleanPaste(html, language) {
  const { body } = new DOMParser().parseFromString(quiet(html), "text/html");
  for (const comment of commentsIn(body)) comment.remove();
  const { tracked, comments } = settleWord(body);
  const { styles, images } = tidy(body, isOffice(html) ? null : language);
  return { html: body.innerHTML, styles, images, tracked, comments };
}

function commentsIn(body) {
  const found = [];
  const comments = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  while (comments.nextNode()) found.push(comments.currentNode);
  return found;
}

// What was copied in an editor of ours is clean already, and carries what it needs to fit in.
const isOwn = (html) => /\sdata-pm-slice="/.test(html);

/**
 * `language`: the text's. `onPasted({styles, images, tracked, comments})` is called after foreign HTML came in, and
 * `onFile()` when somebody pastes or drops a file, which the text cannot hold.
 */
export const Paste = Extension.create({
  name: "pasteCleaning",
  addOptions() {
    return { language: "", onPasted: () => {}, onFile: () => {} };
  },

  addProseMirrorPlugins() {
    const { language, onPasted, onFile } = this.options;
    let report = null;

    const takeFile = (view, event, data) => {
      const hasText = data && (data.types.includes("text/html") || data.types.includes("text/plain"));
      if (!data?.files.length || hasText) {
        // A paste is a step of its own to undo, whatever was typed just before it.
        view.dispatch(closeHistory(view.state.tr));
        report = null;
        return false;
      }
      event.preventDefault();
      onFile();
      return true;
    };

    return [
      new Plugin({
        props: {
          transformPastedHTML(html) {
            if (isOwn(html)) return quiet(html);
            report = cleanPaste(html, language);
            return report.html;
          },
          transformPasted: (slice, view) => keepApart(slice, view.state.selection),
          handleDOMEvents: {
            paste: (view, event) => takeFile(view, event, event.clipboardData),
            drop: (view, event) => takeFile(view, event, event.dataTransfer),
          },
        },
        view: () => ({
          update(view, before) {
            if (!report || view.state.doc.eq(before.doc)) return;
            const told = report;
            report = null;
            view.dispatch(closeHistory(view.state.tr));
            onPasted(told);
          },
        }),
      }),
    ];
  },
});
