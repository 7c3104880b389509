// One box at the head of a list that ticks, or clears, the box of every row.

/** Show the box of `label` and keep it and the rows' boxes in step. */
function lead(label) {
  const all = label.querySelector("input");
  const boxes = [...label.closest("table").querySelectorAll("tbody input[type=checkbox]")];
  const agree = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
  });
  for (const box of boxes) box.addEventListener("change", agree);
  label.hidden = false;
  agree();
}

export function chooseAll() {
  for (const label of document.querySelectorAll("[data-choose-all]")) lead(label);
}
