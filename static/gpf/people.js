// Shows only the fields that the chosen role, or the chosen person, is about. Without it, all of them stand there.
"use strict";

function wholeField(input) {
  return input.closest("fieldset") ?? input.closest(".ds-field");
}

for (const form of document.querySelectorAll("form[data-by-role]")) {
  const role = form.elements.namedItem("role");
  const show = () => {
    for (const input of form.querySelectorAll("[data-for-role]")) {
      wholeField(input).hidden = !input.dataset.forRole.split(" ").includes(role.value);
    }
  };
  role.addEventListener("change", show);
  show();
}

for (const fields of document.querySelectorAll("[data-newcomer]")) {
  const form = fields.closest("form");
  const show = () => {
    fields.hidden = form.querySelector("input[name=who]:checked")?.value !== "new";
  };
  form.addEventListener("change", show);
  show();
}
