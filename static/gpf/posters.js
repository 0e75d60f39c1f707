// The poster saves itself by htmx. This says so when it could not, sends what is unsaved when the page is left, and puts
// what others write meanwhile into the fields this person leaves alone.
"use strict";

const form = document.querySelector("form[data-autosave]");
if (form) {
  const LOOK_EVERY = 8000; // milliseconds between two looks for what others have written
  let unsaved = false;
  let leaving = false;
  let sent = new Map(); // what the fields said when they were last sent

  function fail() {
    unsaved = true;
    const saved = document.getElementById("saved");
    saved.dataset.state = "failed";
    saved.textContent = form.dataset.failed;
  }

  // The same words as the server's, while one types. posters.queries.count_words
  function count(field) {
    const note = field.closest(".poster-field")?.querySelector(".poster-words");
    if (!note || field.localName !== "textarea") return;
    const words = field.value.split(/\s+/).filter(Boolean).length;
    const over = words - note.dataset.most;
    const number = new Intl.NumberFormat(document.documentElement.lang);
    const text = over > 0 ? note.dataset.many : words === 1 ? note.dataset.one : note.dataset.several;
    note.toggleAttribute("data-over", over > 0);
    note.textContent = text.replace("{count}", number.format(words)).replace("{over}", number.format(over));
  }

  // What somebody else has written in a field that is still as it was sent. Where she has typed on, it is settled by the
  // next saving, which shows both.
  function takeOthers() {
    for (const fresh of form.querySelectorAll("template[data-fresh]")) {
      const field = form.elements[fresh.dataset.fresh];
      if (field?.value === undefined || field.value !== sent.get(field.name)) continue;
      const place = field.selectionStart;
      field.value = fresh.content.textContent;
      if (document.activeElement === field) field.setSelectionRange(place, place);
      form.elements[`seen-${fresh.dataset.fresh}`].value = fresh.dataset.digest;
      fresh.remove();
    }
  }

  async function lookForOthers() {
    if (document.hidden || unsaved) return;
    const answer = await fetch(form.dataset.asks, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const revision = await answer.text();
    if (revision && revision !== form.dataset.revision) form.dispatchEvent(new Event("sync"));
  }
  setInterval(lookForOthers, LOOK_EVERY);

  form.addEventListener("input", (event) => {
    unsaved = true;
    count(event.target);
  });
  form.addEventListener("submit", () => { leaving = true; });
  form.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target !== form) return;
    unsaved = false;
    sent = new Map([...form.querySelectorAll("textarea, input[type=text]")].map((field) => [field.name, field.value]));
  });
  // An answer of another kind, such as the page for signing in, is not put in place.
  form.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.elt !== form) {
      if (event.detail.xhr.responseURL.includes("/login/")) event.detail.shouldSwap = false;
    } else if (event.detail.xhr.getResponseHeader("X-Saved") !== "yes") {
      event.detail.shouldSwap = false;
      fail();
    } else {
      form.dataset.revision = event.detail.xhr.getResponseHeader("X-Revision");
    }
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.target !== form) return;
    takeOthers();
    form.querySelectorAll("textarea").forEach(count); // she may have typed on
  });
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
