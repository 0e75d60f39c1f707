// The browser's own colour chooser beside the field a colour is written in. The field is what counts.
"use strict";

const place = document.querySelector("[data-picker]");
const field = place?.querySelector('input[name="colour"]');
if (field) {
  const DESIGNS_OWN = "#0b5563";
  const picker = document.createElement("input");
  picker.type = "color";
  picker.setAttribute("aria-label", place.dataset.picker);
  const pair = document.createElement("div");
  pair.className = "template-pair";
  field.before(pair);
  pair.append(field, picker);

  const show = () => {
    picker.value = /^#[0-9a-f]{6}$/i.test(field.value) ? field.value : DESIGNS_OWN;
  };
  show();
  field.addEventListener("input", show);
  picker.addEventListener("change", () => {
    field.value = picker.value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
