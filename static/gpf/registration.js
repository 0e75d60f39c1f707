// The registration saves itself by htmx. This puts what somebody else has written into fields that were left alone, says
// when saving failed, sends what is unsaved as the page is left, and makes room for more people. All of it works without.
"use strict";

const form = document.querySelector("form[data-autosave]");
if (form) {
  let unsaved = false;
  let leaving = false;
  let sent = new FormData(form);

  function fail() {
    unsaved = true;
    const saved = document.getElementById("saved");
    saved.dataset.state = "failed";
    saved.textContent = form.dataset.failed;
  }

  function value(name) {
    return new FormData(form).get(name) ?? "";
  }

  function put(name, text) {
    const fields = form.querySelectorAll(`[name="${CSS.escape(name)}"]`);
    for (const field of fields) {
      if (field.type === "radio") field.checked = field.value === text;
      else field.value = text;
    }
    const took = document.createElement("input");
    took.type = "hidden";
    took.name = "took";
    took.value = name;
    form.append(took);
  }

  form.addEventListener("input", () => { unsaved = true; });
  form.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("pageshow", () => { leaving = false; });
  form.addEventListener("htmx:beforeRequest", () => {
    unsaved = false;
    sent = new FormData(form);
  });
  // An answer of another kind, such as a page that says the link is too old, is not put in place.
  form.addEventListener("htmx:beforeSwap", (event) => {
    const answer = event.detail.xhr;
    if (answer.getResponseHeader("X-Saved") === "yes") {
      for (const took of form.querySelectorAll("input[name=took]")) took.remove();
    } else if (answer.getResponseHeader("HX-Refresh") !== "true") {
      event.detail.shouldSwap = false;
      fail();
    }
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful) return;
    for (const note of form.querySelectorAll(".field-note[data-now]")) {
      const name = note.id.replace("note-", "");
      if (value(name) === (sent.get(name) ?? "")) put(name, note.dataset.now);
      note.removeAttribute("data-now");
    }
  });
  form.addEventListener("htmx:sendError", fail);
  form.addEventListener("htmx:timeout", fail);
  function saveNow() {
    form.dispatchEvent(new Event("change", { bubbles: true }));
  }
  // What was typed before this was here, or was put back by the browser, is saved too.
  window.addEventListener("load", () => {
    const typed = [...form.querySelectorAll("input:not([type=hidden]), textarea")];
    const fresh = (field) => (field.type === "radio" ? field.checked !== field.defaultChecked : field.value !== field.defaultValue);
    if (!document.querySelector("[data-error-summary]") && typed.some(fresh)) saveNow();
  });
  window.addEventListener("online", () => { if (unsaved) saveNow(); });
  window.addEventListener("pagehide", () => {
    if (!unsaved || leaving) return;
    const written = new FormData(form);
    written.delete("once");
    navigator.sendBeacon(form.getAttribute("hx-post"), written);
  });

  // Enter in a field saves, and stays.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input")) return;
    event.preventDefault();
    saveNow();
  });

  // Room for three more, without losing the place.
  form.querySelector("[data-add-people]")?.addEventListener("click", (event) => {
    const list = document.getElementById("members");
    const last = list.querySelector(".person-fields:last-of-type");
    if (!last) return;
    event.preventDefault();
    const from = Number(last.id.replace("person-", ""));
    const shown = list.querySelectorAll(".person-fields").length;
    for (let extra = 1; extra <= 3; extra += 1) {
      const next = last.cloneNode(true);
      next.id = `person-${from + extra}`;
      for (const part of next.querySelectorAll("[id], [name], [for], [aria-describedby]")) {
        for (const attribute of ["id", "name", "for", "aria-describedby"]) {
          if (part.hasAttribute(attribute)) {
            part.setAttribute(attribute, part.getAttribute(attribute).replace(`person_${from}_`, `person_${from + extra}_`));
          }
        }
      }
      for (const field of next.querySelectorAll("input")) {
        field.value = "";
        field.removeAttribute("aria-invalid");
      }
      for (const said of next.querySelectorAll(".field-note, .field-errors, .ds-validation-message")) said.replaceChildren();
      const legend = next.querySelector("legend");
      legend.textContent = legend.textContent.replace(String(shown), String(shown + extra));
      list.append(next);
    }
    document.querySelector(`#person-${from + 1} input`).focus();
  });
}
