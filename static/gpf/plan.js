// Small comforts for days. Every page works without this file.
"use strict";

// The last day follows the first, so that a gathering keeps its length.
for (const form of document.querySelectorAll("form[data-days]")) {
  const first = form.elements.starts_on;
  const last = form.elements.ends_on;
  const day = 24 * 60 * 60 * 1000;
  const length = () => (last.valueAsNumber - first.valueAsNumber) / day;
  let kept = length();
  first.addEventListener("focus", () => { if (length() >= 0) kept = length(); });
  first.addEventListener("change", () => {
    if (Number.isNaN(first.valueAsNumber)) return;
    if (kept >= 0) last.valueAsNumber = first.valueAsNumber + kept * day;
    else if (!last.value) last.value = first.value;
  });
  last.addEventListener("change", () => { if (length() >= 0) kept = length(); });
}

// The new deadline is asked for only where one is given.
for (const part of document.querySelectorAll("[data-asked-when]")) {
  const form = part.closest("form");
  const show = () => { part.hidden = new FormData(form).get("what") !== part.dataset.askedWhen; };
  form.addEventListener("change", show);
  addEventListener("pageshow", show);
  show();
}
