// Ctrl+S (Command+S) presses the page's save button instead of saving the page as a file. It
// presses the real button, so validation, the name of the button and the guard against a second
// press work as with the pointer.

/** Whether these keys mean "save", on keyboards of any alphabet. */
function asksToSave(event) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return false;
  const isLatin = /^[a-z]$/i.test(event.key);
  return isLatin ? event.key.toLowerCase() === "s" : event.code === "KeyS";
}

export function saveByKey() {
  document.addEventListener("keydown", (event) => {
    if (!asksToSave(event)) return;
    const form = document.activeElement?.closest("form");
    const button = form?.querySelector("[data-save]") ?? document.querySelector("[data-save]");
    if (!button) return;
    event.preventDefault();
    if (!event.repeat && !button.disabled) button.click();
  });
}
