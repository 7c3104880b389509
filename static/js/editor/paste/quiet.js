// The first step with pasted HTML, on the raw text: a strict content security policy reports each
// inline style and handler even in a document that nobody sees, so they must be gone or renamed
// before anything parses it. Nothing here decides about safety; the schema and the server do.

const DROPPED = /<(style|script|xml)\b[^>]*>[\s\S]*?<\/\1\s*>/gi;
// Word's "only for those who cannot do lists": the bullet that it typed before an item's text.
const MARKER = /<!(?:--)?\[if !supportLists\](?:--)?>([\s\S]*?)<!(?:--)?\[endif\](?:--)?>/gi;
// The same for the "[VP1]" of a comment.
const ANNOTATION = /<!(?:--)?\[if !supportAnnotations\](?:--)?>([\s\S]*?)<!(?:--)?\[endif\](?:--)?>/gi;
const TAG = /<([a-z][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/gi;
const ATTRIBUTE = /([^\s=/"'>]+)(\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+))?/g;

function quietTag(whole, name, attributes) {
  if (!/style|\bon/i.test(attributes)) return whole;
  const kept = attributes.replace(ATTRIBUTE, (attribute, key, value = "") => {
    if (/^on/i.test(key)) return "";
    return /^style$/i.test(key) ? `data-style${value}` : attribute;
  });
  return `<${name}${kept}>`;
}

/** The same HTML with `style` renamed to `data-style` and without handlers, sheets and scripts. */
export function quiet(html) {
  return html
    .replace(DROPPED, "")
    .replace(MARKER, "<span data-marker>$1</span>")
    .replace(ANNOTATION, "<span data-annotation>$1</span>")
    .replace(TAG, quietTag);
}

/** What was an element's inline style, as an object of lower-case names to values. */
export function styleOf(element) {
  const declarations = (element.dataset.style ?? "").split(";").map((declaration) => {
    const [name, ...value] = declaration.split(":");
    return [name.trim().toLowerCase(), value.join(":").trim()];
  });
  return Object.fromEntries(declarations.filter(([name]) => name));
}

/** Put an element's children in its place. */
export function unwrap(element) {
  element.replaceWith(...element.childNodes);
}

/** Put an element of another name in an element's place, with its children and without attributes. */
export function rename(element, name) {
  const renamed = element.ownerDocument.createElement(name);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
  return renamed;
}
