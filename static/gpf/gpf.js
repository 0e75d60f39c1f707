// Small comforts. Every page works without this file.
"use strict";

// Menus (<details data-menu>): Escape and a click elsewhere close them; only one is open.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    menu.open = false;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
  }
});

// Dialogs: <a href="/where/it/also/works/" data-opens="id-of-dialog"> opens it; [data-closes] inside closes it.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.opens);
    if (dialog instanceof HTMLDialogElement) {
      event.preventDefault();
      dialog.showModal();
    }
  }
  const closer = event.target.closest("[data-closes]");
  if (closer) {
    event.preventDefault();
    closer.closest("dialog").close();
  }
});

// A filter form with data-auto sends itself when a choice changes.
document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form && form.matches("form[data-auto]") && event.target.matches("select, input[type=checkbox], input[type=radio]")) {
    form.requestSubmit();
  }
});

// A form is sent once; the button says it is busy. Going back in the history wakes it again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method") !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
  // An answer that is a file leaves the page standing.
  setTimeout(() => wake(form), 8000);
});
function wake(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("button[aria-busy]")) button.removeAttribute("aria-busy");
}
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) wake(form);
});

// The error summary takes focus, so that it is read first; its links move the focus to the field.
function focusErrors(root) {
  const summary = root.querySelector("[data-error-summary]");
  if (summary) summary.focus();
}
document.addEventListener("DOMContentLoaded", () => focusErrors(document));
document.addEventListener("htmx:afterSettle", (event) => focusErrors(event.target));
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-error-summary] a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (field) {
    event.preventDefault();
    field.scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
  }
});

// What htmx has put in place is read aloud when the server says so: HX-Trigger: {"announce": "…"}.
document.addEventListener("announce", (event) => {
  document.getElementById("announce").textContent = event.detail.value ?? "";
});

// Sign-in: an address typed for one way of signing in is there for the other.
for (const [from, to] of [["code-email", "id_login"], ["id_login", "code-email"]]) {
  const [typed, other] = [document.getElementById(from), document.getElementById(to)];
  if (typed && other) typed.addEventListener("change", () => { other.value ||= typed.value; });
}

// Sign-in: who came by a link into the middle of a page gets there afterwards, too.
if (location.hash) {
  for (const next of document.querySelectorAll("main input[name=next]")) {
    if (next.value && !next.value.includes("#")) next.value += location.hash;
  }
}

// [data-copies="id-of-field"] copies what stands in the field.
for (const button of document.querySelectorAll("[data-copies]")) {
  const field = document.getElementById(button.dataset.copies);
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    button.textContent = button.dataset.done;
    document.getElementById("announce").textContent = button.dataset.done;
  });
}

// On a phone the parts of a team's work slide sideways: begin where the person is.
for (const tabs of document.querySelectorAll(".tabs")) {
  const here = tabs.querySelector("[aria-current]");
  if (here) tabs.scrollLeft = here.offsetLeft - (tabs.clientWidth - here.offsetWidth) / 2;
}
