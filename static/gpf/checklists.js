// Rewriting a checklist: rows are moved, added and taken out at once. Without this file the page is sent instead.
"use strict";

const form = document.querySelector("[data-checklist]");
const list = form && form.querySelector("[data-rows]");
const said = document.querySelector("[data-checklist-said]");

function isSection(row) { return row && row.dataset.kind === "section"; }

// A heading and its points; a point alone.
function block(row) {
  const rows = [row];
  if (isSection(row)) {
    for (let next = row.nextElementSibling; next && !isSection(next); next = next.nextElementSibling) rows.push(next);
  }
  return rows;
}

function goal(row, up) {
  if (!isSection(row)) return up ? row.previousElementSibling : row.nextElementSibling;
  if (!up) return block(row).at(-1).nextElementSibling;
  let found = row.previousElementSibling;
  while (found && !isSection(found) && found.previousElementSibling) found = found.previousElementSibling;
  return found;
}

function move(row, up) {
  const to = goal(row, up);
  if (!to) return;
  if (up) to.before(...block(row));
  else if (isSection(row)) block(to).at(-1).after(...block(row));
  else to.after(row);
  said.textContent = said.dataset.moved;
}

function blank(kind) {
  const letters = crypto.getRandomValues(new Uint8Array(8));
  const id = "n" + Array.from(letters, (n) => String.fromCharCode(97 + (n % 26))).join("");
  const row = document.getElementById(`ny-${kind}`).content.firstElementChild.cloneNode(true);
  const old = row.dataset.id;
  row.dataset.id = id;
  for (const part of [row, ...row.querySelectorAll("*")]) {
    for (const name of ["id", "for", "value"]) {
      const value = part.getAttribute(name);
      if (value && value.endsWith(old)) part.setAttribute(name, value.slice(0, -old.length) + id);
    }
  }
  return row;
}

function isFull() {
  const full = list.children.length >= Number(form.dataset.most);
  if (full) said.textContent = said.dataset.full;
  return full;
}

form?.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (!button) return;
  event.preventDefault();
  const row = button.closest("li");
  const what = button.dataset.do;
  if (what === "up" || what === "down") {
    move(row, what === "up");
    button.focus();
    button.scrollIntoView({ block: "nearest" });
  } else if (what === "remove") {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    said.textContent = said.dataset.removed;
    (next ?? form).querySelector("textarea").focus();
  } else if (!isFull()) {
    const made = what === "section" ? [blank("section"), blank("item")] : [blank("item")];
    if (row) row.after(...made);
    else list.append(...made);
    made[0].querySelector("textarea").focus();
  }
});
