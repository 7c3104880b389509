// Print buttons open the browser's dialogue; without script the browser's own menu does. Paper gets its date.

export function offerPrinting() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
  addEventListener("beforeprint", () => {
    const date = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long" }).format(new Date());
    for (const element of document.querySelectorAll("[data-printed]")) {
      element.textContent = element.dataset.printed.replace("%(date)s", date);
    }
  });
}
