// A chart's points read one by one, by pointer or by arrow keys; and a share said back while it is typed.
"use strict";

(() => {
  for (const reader of document.querySelectorAll("[data-chart]")) {
    const points = [...reader.querySelectorAll(".pt")];
    const said = reader.querySelector(".chart-said");
    if (!points.length || !said) continue;
    let at = -1;
    const read = (index) => {
      points[at]?.removeAttribute("data-read");
      at = Math.max(0, Math.min(points.length - 1, index));
      points[at].setAttribute("data-read", "");
      said.textContent = points[at].querySelector("title").textContent;
    };
    reader.tabIndex = 0;
    reader.setAttribute("role", "group");
    reader.setAttribute("aria-label", reader.querySelector("svg title").textContent);
    reader.addEventListener("focus", () => { if (at < 0) read(points.length - 1); });
    reader.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: points.length - 1 }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      read(step);
    });
    reader.addEventListener("pointermove", (event) => {
      const found = points.map((point, index) => {
        const box = point.getBoundingClientRect();
        return [Math.abs(box.left + box.width / 2 - event.clientX), index];
      });
      read(found.reduce((best, each) => (each[0] < best[0] ? each : best))[1]);
    });
  }

  const number = (text) => {
    const bare = text.replace(/[\s\u00a0']/g, "").replace(",", ".");
    return bare === "" ? NaN : Number(bare);
  };
  for (const form of document.querySelectorAll("form[data-kind]")) {
    const per = form.dataset.kind === "share" ? 100 : Number(form.dataset.per) || 1;
    const words = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
    form.addEventListener("input", (event) => {
      const field = event.target.closest(".numbers");
      const said = field?.querySelector(".numbers-said");
      if (!said) return;
      const [top, bottom] = [...field.querySelectorAll(".numbers-parts input")].map((input) => number(input.value));
      const value = (top / bottom) * per;
      said.textContent = Number.isFinite(value) ? `= ${words.format(value)}${form.dataset.kind === "share" ? " %" : ""}` : "";
    });
  }
})();
