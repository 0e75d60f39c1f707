// Choosing teams in the matrix: a box before each name, and the button leads on with those that are chosen. Without this
// file the button leads to the same page, where the teams are chosen. With a keyboard the space bar chooses the team of
// the row, so that the table stays one stop for the Tab key.
"use strict";

const button = document.querySelector("[data-matrix-choose]");
const rows = [...document.querySelectorAll("table[data-matrix] tbody tr")];

if (button && rows.length) {
  const address = button.getAttribute("href");
  const plain = button.textContent;
  const screen = matchMedia("(min-width: 48rem)");

  const boxes = rows.map((row) => {
    const name = row.cells[0].querySelector("a");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.className = "matrix-box";
    box.value = name.pathname.split("/").filter(Boolean).pop();
    box.setAttribute("aria-label", button.dataset.matrixChoose.replace("{team}", name.textContent));
    name.before(box);
    return box;
  });

  const show = () => {
    const chosen = boxes.filter((box) => box.checked);
    const query = new URLSearchParams(chosen.map((box) => ["team", box.value]));
    const words = chosen.length === 1 ? button.dataset.one : button.dataset.many;
    button.href = chosen.length ? `${address}?${query}` : address;
    button.textContent = chosen.length ? words.replace("{count}", chosen.length) : plain;
  };

  const setStops = () => { for (const box of boxes) box.tabIndex = screen.matches ? -1 : 0; };

  for (const [place, row] of rows.entries()) {
    row.addEventListener("keydown", (event) => {
      if (event.key !== " " || !screen.matches || event.target === boxes[place]) return;
      event.preventDefault();
      boxes[place].checked = !boxes[place].checked;
      show();
      document.getElementById("announce").textContent = button.textContent;
    });
  }
  document.querySelector("table[data-matrix]").addEventListener("change", show);
  addEventListener("pageshow", show);
  screen.addEventListener("change", setStops);
  setStops();
  show();
}
