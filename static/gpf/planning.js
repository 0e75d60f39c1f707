// The page of a cycle being planned: a date that was changed says its weekday at once, and that the rest is not checked.
"use strict";

const words = new Intl.DateTimeFormat(document.documentElement.lang, {
  weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
});
document.addEventListener("change", (event) => {
  const input = event.target;
  const form = input.closest("form[data-plan]");
  const said = form && form.querySelector(`[data-day-of="${CSS.escape(input.id)}"]`);
  if (!said) return;
  said.textContent = input.value ? words.format(new Date(`${input.value}T00:00:00Z`)) : "";
  form.dataset.stale = "";
  form.querySelector("[data-plan-stale]").hidden = false;
});
