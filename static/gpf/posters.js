// The poster saves itself by htmx. This says so when it could not, and sends what is unsaved when the page is left.
"use strict";

const form = document.querySelector("form[data-autosave]");
if (form) {
  let unsaved = false;
  let leaving = false;

  function fail() {
    unsaved = true;
    const saved = document.getElementById("saved");
    saved.dataset.state = "failed";
    saved.textContent = form.dataset.failed;
  }

  // The same words as the server's, while one types. posters.queries.count_words
  function count(field) {
    const note = field.closest(".poster-field")?.querySelector(".poster-words");
    if (!note) return;
    const words = field.value.split(/\s+/).filter(Boolean).length;
    const over = words - note.dataset.most;
    const number = new Intl.NumberFormat(document.documentElement.lang);
    const text = over > 0 ? note.dataset.many : words === 1 ? note.dataset.one : note.dataset.several;
    note.toggleAttribute("data-over", over > 0);
    note.textContent = text.replace("{count}", number.format(words)).replace("{over}", number.format(over));
  }

  form.addEventListener("input", (event) => {
    unsaved = true;
    count(event.target);
  });
  form.addEventListener("submit", () => { leaving = true; });
  form.addEventListener("htmx:beforeRequest", () => { unsaved = false; });
  // An answer of another kind, such as the page for signing in, is not put in place.
  form.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.getResponseHeader("X-Saved") !== "yes") {
      event.detail.shouldSwap = false;
      fail();
    }
  });
  form.addEventListener("htmx:afterRequest", () => form.querySelectorAll("textarea").forEach(count)); // she may have typed on
  form.addEventListener("htmx:sendError", fail);
  form.addEventListener("htmx:timeout", fail);
  // What could not be saved is saved when the network is back.
  window.addEventListener("online", () => { if (unsaved) form.dispatchEvent(new Event("change", { bubbles: true })); });
  window.addEventListener("pagehide", () => {
    if (!unsaved || leaving) return;
    const written = new FormData(form);
    written.set("on-its-own", "yes"); // nobody has pressed Save, so it must not overwrite another's words
    navigator.sendBeacon(form.getAttribute("hx-post"), written);
  });
}
