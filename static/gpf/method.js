// The guide is printed by a button where there is a script; the browser's own menu prints it everywhere.
"use strict";

for (const button of document.querySelectorAll("[data-prints]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
