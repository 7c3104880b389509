// Sets the reader's stored choice of light or dark before anything is drawn. Runs in the head, alone and at
// once; site/theme_choice.js is where the choice is made.
try {
  const choice = localStorage.getItem("theme");
  if (choice === "light" || choice === "dark") document.documentElement.dataset.theme = choice;
} catch {
  // A browser that keeps nothing shows what the system asks for.
}
