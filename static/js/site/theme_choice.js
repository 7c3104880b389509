// Light, dark, or as the system says: shown in the footer, kept in this browser.

const KEY = "theme";
const THEMES = ["light", "dark"];

function stored() {
  try {
    const choice = localStorage.getItem(KEY);
    return THEMES.includes(choice) ? choice : "system";
  } catch {
    return "system";
  }
}

function keep(choice) {
  try {
    if (choice === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, choice);
  } catch {
    // Not kept: the choice holds for this page.
  }
}

// The browser's own bar follows the system by itself; a choice fixes it to one of the two colours.
function paintBrowser(choice) {
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
    meta.dataset.own ??= meta.content;
    const kept = document.querySelector(`meta[name="theme-color"][media*="${choice}"]`);
    meta.content = kept ? (kept.dataset.own ?? kept.content) : meta.dataset.own;
  }
}

function show(choice) {
  const root = document.documentElement;
  if (choice === "system") delete root.dataset.theme;
  else root.dataset.theme = choice;
  paintBrowser(choice);
}

export function offerThemes() {
  for (const form of document.querySelectorAll("[data-theme-choice]")) {
    const tick = (choice) => {
      form.elements.theme.value = choice;
    };
    tick(stored());
    show(stored());
    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", () => {
      keep(form.elements.theme.value);
      show(form.elements.theme.value);
    });
    // Another tab changed it.
    addEventListener("storage", (event) => {
      if (event.key !== KEY && event.key !== null) return;
      tick(stored());
      show(stored());
    });
  }
}
