// Pictures for a poster: sent as soon as they are chosen, dropped or pasted; what is said about them saves itself by htmx.
// Without this there is a file field with a button.
"use strict";

(() => {
  const page = document.querySelector("form[data-autosave]");
  if (!page) return;
  document.documentElement.classList.add("has-script");
  const several = () => document.querySelectorAll(".photo-add input[type=file]").forEach((field) => { field.multiple = true; });
  several();
  document.body.addEventListener("htmx:oobAfterSwap", several);

  // The list is put in place anew when a picture comes or goes: what is typed beside the others meanwhile stays, and is
  // saved when one leaves the field. htmx itself puts the cursor back.
  let left = null;
  const saved = (field) => field.options ? ([...field.options].find((one) => one.defaultSelected) ?? field.options[0]).value : field.defaultValue;
  const say = (field) => field.dispatchEvent(new Event("change", { bubbles: true }));
  document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
    const list = event.detail.target;
    if (!list.matches?.("[data-photos]")) return;
    const fields = [...list.querySelectorAll("[name=alt], [name=people]")].filter((field) => field.value !== saved(field));
    left = { list, here: document.activeElement, fields: fields.map((field) => [field, list.querySelector(`#${field.id.replace(/[^-]+$/, "seen")}`)]) };
  });
  document.body.addEventListener("htmx:oobAfterSwap", () => {
    if (!left || left.list.isConnected) return;
    const { fields, here } = left;
    left = null;
    for (const [field, seen] of fields) {
      const fresh = document.getElementById(field.id);
      if (!fresh || saved(fresh) === field.value.trim()) continue;
      fresh.value = field.value;
      if (field.name === "alt") document.getElementById(seen.id).value = seen.value;
      if (field === here) fresh.addEventListener("blur", () => say(fresh), { once: true });
      else setTimeout(() => say(fresh), 100); // when htmx listens to what has come
    }
  });

  // One after another, each with how far it has come. What could not be kept is told when all have been sent.
  async function sendAll(area, files) {
    if (!files.length || area.dataset.busy) return;
    area.dataset.busy = "yes";
    const refusals = [];
    const key = area.dataset.drop;
    for (const file of files) {
      const here = document.querySelector(`[data-drop="${key}"]`); // the one before has put a new one in its place
      if (!here || !(await send(here, file))) break;
      refusals.push(...[...document.querySelectorAll(`[data-refused="${key}"]`)].map((one) => one.textContent));
    }
    const here = document.querySelector(`[data-drop="${key}"]`);
    if (here) {
      delete here.dataset.busy;
      const unsaid = refusals.filter((one) => ![...document.querySelectorAll(`[data-refused="${key}"]`)].some((told) => told.textContent === one));
      here.querySelector(".photo-told").textContent ||= unsaid.join(" "); // the last one stands above already
    }
    changed();
  }

  // Whether it was sent. The answer, with the pictures as they are now, is put in place by htmx.
  function send(area, file) {
    const form = document.getElementById(area.dataset.drop);
    const progress = area.querySelector("progress");
    const told = area.querySelector(".photo-told");
    const written = new FormData(form);
    written.set("photo", file, file.name || "bilde.png");
    progress.hidden = false;
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      const failed = () => {
        progress.hidden = true;
        told.textContent = told.dataset.failed;
        resolve(false);
      };
      request.upload.addEventListener("progress", (event) => {
        progress.value = event.lengthComputable ? (100 * event.loaded) / event.total : 0;
        if (event.loaded === event.total) told.textContent = told.dataset.busy;
      });
      request.addEventListener("load", () => {
        if (request.status !== 200 || request.getResponseHeader("HX-Trigger") !== "photos-changed") return failed();
        htmx.swap(document.createElement("div"), request.responseText, { swapStyle: "none" });
        resolve(true);
      });
      request.addEventListener("error", failed);
      request.addEventListener("timeout", failed);
      request.open("POST", form.action);
      request.setRequestHeader("HX-Request", "true");
      request.send(written);
    });
  }

  // The sheet shows the pictures: have it drawn anew.
  function changed() {
    page.dispatchEvent(new Event("sync"));
  }
  document.body.addEventListener("photos-changed", changed);

  const areaOf = (event) => event.target.closest?.(".photo-add");
  document.addEventListener("change", (event) => {
    if (event.target.type === "file" && areaOf(event)) {
      sendAll(areaOf(event), [...event.target.files]);
      event.stopPropagation();
    }
  }, true);
  document.addEventListener("dragover", (event) => {
    if (!areaOf(event)) return;
    event.preventDefault();
    areaOf(event).dataset.over = "yes";
  });
  document.addEventListener("dragleave", (event) => { if (areaOf(event)) delete areaOf(event).dataset.over; });
  document.addEventListener("drop", (event) => {
    const area = areaOf(event);
    if (!area) return;
    event.preventDefault();
    delete area.dataset.over;
    sendAll(area, [...event.dataTransfer.files]);
  });
  // A picture that is pasted goes to the section one is in, else to the first that takes pictures.
  document.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/"));
    if (!files.length) return;
    const near = event.target.closest?.(".poster-field")?.querySelector(".photo-add");
    const area = near ?? document.querySelector(".photo-add");
    if (!area) return;
    event.preventDefault();
    sendAll(area, files);
  });
})();
