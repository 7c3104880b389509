// A button beside a password shows it as text, and hides it again; when the form is sent it is a
// password again, so that browsers offer to keep it and never keep it as a word once typed.

export function showPasswords() {
  for (const button of document.querySelectorAll("[data-shows]")) {
    const input = document.getElementById(button.dataset.shows);
    if (!input) continue;
    const words = { password: button.textContent, text: button.dataset.hide };
    const turn = (type) => {
      input.type = type;
      button.textContent = words[type];
    };
    button.hidden = false;
    button.addEventListener("click", () => turn(input.type === "password" ? "text" : "password"));
    input.form?.addEventListener("submit", () => turn("password"));
  }
}
