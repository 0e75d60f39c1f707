// A chart's points read one by one, by pointer or by arrow keys.
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
})();
