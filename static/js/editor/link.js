// Links in the text: which addresses may be written, and the mark that carries them. Tiptap's own
// extension guesses links while one types and opens them in new windows; ours does neither.

import { Mark } from "@tiptap/core";
import { Plugin } from "@tiptap/pm/state";

const LONGEST = 2000; // characters; longer ones are data, not addresses
const HERE = /^(?:\/(?![/\\])[^\\]*|#[^\\]*)$/;
const WEB = /^(https?):\/\/([^\s/?#@:\\[\]<>"'^`{|}%,;()!$&*+=]+|\[[0-9a-f:.]+\])((?::[0-9]{1,5})?(?:[/?#].*)?)$/i;
const MAIL = /^mailto:([^\s@?&<>"\\]+@[^\s@?&<>"\\]+)(\?.*)?$/i;
const TELEPHONE = /^tel:(\+?[0-9().\s-]{2,40})$/i;

/**
 * An address in the one form in which it is stored, or null when it is no place for readers: http
 * and https with a host, mailto, tel, paths of this site. The same rules as address() in
 * app/text/allowed.py, which has the last word.
 */
export function addressOf(written) {
  const text = written.replace(/[\t\n\r]/g, "").trim();
  if (!text || text.length > LONGEST || /[\u0000-\u001f\u007f\u2028\u2029]/.test(text)) return null;
  const telephone = TELEPHONE.exec(text);
  if (telephone) return `tel:${telephone[1].replace(/[().\s-]/g, "")}`;
  const whole = text.replaceAll(" ", "%20");
  if (HERE.test(whole)) return whole;
  const web = WEB.exec(whole);
  if (web) return /[^.]/.test(web[2]) ? `${web[1].toLowerCase()}://${web[2].toLowerCase()}${web[3]}` : null;
  const mail = MAIL.exec(whole);
  return mail && !/%0[ad]/i.test(whole) ? `mailto:${mail[1]}${mail[2] ?? ""}` : null;
}

/** The same of what a person typed: "example.org/page" gets its https://, "press@example.org" its mailto:. */
export function addressTyped(typed) {
  const text = typed.trim();
  if (/^[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+$/.test(text)) return addressOf(`mailto:${text}`);
  const isHost = /^[^\s/@:#?]+\.[^\s/@.:#?]{2,}(?::\d+)?(?:[/?#]|$)/.test(text);
  return addressOf(isHost ? `https://${text}` : text);
}

/** An address with its scheme and nothing else: what a person pastes onto words to make them a link. */
function isBareAddress(text) {
  return /^(https?:\/\/|mailto:)\S+$/i.test(text) && addressOf(text) !== null;
}

export const Link = Mark.create({
  name: "link",
  priority: 1000, // outermost of all marks, so that one link with a bold word in it stays one link
  inclusive: false,
  exitable: true,

  addAttributes() {
    return {
      href: { default: null, parseHTML: (element) => addressOf(element.getAttribute("href") ?? "") },
      hreflang: { default: null },
      lang: { default: null },
    };
  },

  parseHTML() {
    return [{ tag: "a[href]", getAttrs: (element) => addressOf(element.getAttribute("href")) !== null && null }];
  },

  renderHTML({ HTMLAttributes }) {
    return ["a", HTMLAttributes, 0];
  },

  addProseMirrorPlugins() {
    const { editor, type } = this;
    return [
      new Plugin({
        props: {
          // An address pasted over chosen words makes a link of them.
          handlePaste(view, event, slice) {
            const { empty } = view.state.selection;
            const text = slice.content.textBetween(0, slice.content.size).trim();
            if (empty || !isBareAddress(text)) return false;
            return editor.chain().setMark(type.name, { href: addressOf(text) }).run();
          },
          // A click in the text puts the cursor there; it never leaves the page.
          handleDOMEvents: {
            click(view, event) {
              if (event.target.closest?.("a")) event.preventDefault();
              return false;
            },
          },
        },
      }),
    ];
  },
});
