// Menus are native details elements; script closes them on Esc, on a click elsewhere, and when another opens.

const MENUS = "details[data-menu]";

function close(menu, { returnFocus = false } = {}) {
  menu.open = false;
  if (returnFocus) menu.querySelector("summary").focus();
}

export function closeMenus() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll(`${MENUS}[open]`)) {
      close(menu, { returnFocus: menu.contains(document.activeElement) });
    }
  });
  const closeOthers = (event) => {
    for (const menu of document.querySelectorAll(`${MENUS}[open]`)) {
      if (!menu.contains(event.target)) close(menu);
    }
  };
  document.addEventListener("click", closeOthers);
  document.addEventListener("focusin", closeOthers);
}
