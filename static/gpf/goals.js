// Giving points: what is given, what is left, and the sum of each goal, while numbers are typed. Works without.
"use strict";

(() => {
  const points = (input) => Math.max(0, Number.parseInt(input.value, 10) || 0);
  const sum = (inputs) => [...inputs].reduce((total, input) => total + points(input), 0);

  function count(form) {
    for (const place of form.querySelectorAll("[data-given]")) {
      const given = sum(form.querySelectorAll(`input[type="number"][name^="${place.dataset.given}-"]`));
      place.textContent = place.textContent.replace(/\d+/, String(given));
      place.toggleAttribute("data-over", given > Number(place.dataset.has));
    }
    for (const place of form.querySelectorAll("[data-row-sum]")) {
      place.textContent = String(sum(place.closest("tr").querySelectorAll('input[type="number"]')));
    }
  }

  for (const form of document.querySelectorAll(".points-form")) {
    form.addEventListener("input", () => count(form));
    count(form);
  }
})();
