// Answering a delivery: a sentence is put where the writing is, and the page says when a draft could not be kept.
// All of it works without.
"use strict";

const form = document.querySelector(".review-answer form");
if (form) {
  const field = form.elements.text;
  form.querySelector("[data-use]")?.setAttribute("hidden", "");

  // A sentence that is ticked goes in at once, on a line of its own, and can be taken again: where she is writing, or
  // last in a draft she has not been in since the page came.
  let entered = false;
  field.addEventListener("focus", () => { entered = true; });
  form.addEventListener("change", (event) => {
    const box = event.target;
    if (box.name !== "sentence" || !box.checked) return;
    box.checked = false;
    const words = box.closest("label").textContent.trim();
    const at = entered ? field.selectionEnd : field.value.length;
    entered = true;
    const before = field.value.slice(0, at).replace(/\s+$/, "");
    const after = field.value.slice(at).replace(/^\s+/, "");
    field.value = [before, words, after].filter(Boolean).join("\n");
    const end = [before, words].filter(Boolean).join("\n").length;
    field.setSelectionRange(end, end);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    document.getElementById("announce").textContent = words;
  });

  if (form.matches("[data-autosave]")) {
    const fail = () => {
      const saved = document.getElementById("saved");
      saved.dataset.state = "failed";
      saved.textContent = form.dataset.failed;
    };
    form.addEventListener("htmx:sendError", fail);
    form.addEventListener("htmx:responseError", fail);
    // An answer of another kind, such as the page for signing in, is no draft kept.
    form.addEventListener("htmx:beforeSwap", (event) => {
      if (event.detail.xhr.getResponseHeader("X-Saved") !== "yes") {
        event.detail.shouldSwap = false;
        fail();
      }
    });
  }
}
