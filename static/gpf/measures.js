// A share said back while it is typed, and a form for a measure that shows only the fields of its kind.
"use strict";

(() => {
  const number = (text) => {
    const bare = text.replace(/[\s\u00a0\u202f']/g, "").replace(",", ".");
    return bare === "" ? NaN : Number(bare);
  };

  for (const form of document.querySelectorAll("form[data-kind]")) {
    const share = form.dataset.kind === "share";
    const per = share ? 100 : Number(form.dataset.per) || 1;
    const words = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
    const tell = (row) => {
      const said = row.querySelector(".numbers-said");
      const [top, bottom] = [...row.querySelectorAll("input[inputmode=decimal]")].map((input) => number(input.value));
      const value = (top / bottom) * per;
      const over = share && top > bottom;
      said.toggleAttribute("data-over", over);
      if (over) said.textContent = form.dataset.over;
      else if (!Number.isFinite(value)) said.textContent = "";
      else said.textContent = form.dataset.says.replace("#", words.format(value));
    };
    form.addEventListener("input", (event) => {
      const row = event.target.closest("[data-numbers]");
      if (row?.querySelector(".numbers-said")) tell(row);
    });
    for (const row of form.querySelectorAll("[data-numbers]:has(.numbers-said):not(:has([aria-invalid=true]))")) tell(row);
  }

  for (const form of document.querySelectorAll("form[data-kinds]")) {
    const kinds = JSON.parse(form.dataset.kinds);
    const chosen = form.elements.kind;
    if (!chosen) continue;
    const some = new Set(Object.values(kinds).flat());
    const show = () => {
      for (const name of some) {
        form.elements[name]?.closest(".ds-field")?.toggleAttribute("data-unused", !kinds[chosen.value].includes(name));
      }
    };
    chosen.addEventListener("change", show);
    show();
  }
})();
