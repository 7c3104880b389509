// One way to make elements, so that no markup is ever put together from strings.

/**
 * Make an element. `attributes`: true writes an empty attribute, null, undefined and false write none.
 * `children` are nodes or texts.
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

let made = 0;

/** An id that no other element of this page has. */
export function freshId(stem) {
  made += 1;
  return `editor-${stem}-${made}`;
}

/** A label and its control, one below the other; `hint` is a sentence under the label. */
export function labelled(text, control, { hint } = {}) {
  control.id ||= freshId("field");
  const label = make("label", { class: "editor__label", for: control.id }, text);
  const note = hint ? make("p", { class: "editor__hint", id: `${control.id}-hint` }, hint) : null;
  const error = make("p", { class: "editor__error", id: `${control.id}-error`, hidden: true });
  const field = make("div", { class: "editor__field" }, label, note, error, control);
  if (note) control.setAttribute("aria-describedby", note.id);
  return { field, control, label, note, error };
}

/** Say under the label what is wrong with a field made by `labelled`, or nothing when `message` is empty. */
export function blame({ control, note, error }, message) {
  error.textContent = message;
  error.hidden = !message;
  if (message) control.setAttribute("aria-invalid", "true");
  else control.removeAttribute("aria-invalid");
  const notes = [note?.id, message ? error.id : null].filter(Boolean).join(" ");
  if (notes) control.setAttribute("aria-describedby", notes);
  else control.removeAttribute("aria-describedby");
}
