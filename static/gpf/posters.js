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

  form.addEventListener("input", () => { unsaved = true; });
  form.addEventListener("submit", () => { leaving = true; });
  form.addEventListener("htmx:beforeRequest", () => { unsaved = false; });
  // An answer of another kind, such as the page for signing in, is not put in place.
  form.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.getResponseHeader("X-Saved") !== "yes") {
      event.detail.shouldSwap = false;
      fail();
    }
  });
  form.addEventListener("htmx:sendError", fail);
  form.addEventListener("htmx:timeout", fail);
  window.addEventListener("pagehide", () => {
    if (!unsaved || leaving) return;
    const written = new FormData(form);
    written.set("on-its-own", "yes"); // nobody has pressed Save, so it must not overwrite another's words
    navigator.sendBeacon(form.getAttribute("hx-post"), written);
  });
}
