// A workshop's charts: arrow keys go to the next and the previous, and a clock.
"use strict";

(() => {
  const workshop = document.querySelector(".workshop");
  if (!workshop) return;
  document.addEventListener("keydown", (event) => {
    const to = { ArrowRight: workshop.dataset.after, PageDown: workshop.dataset.after, ArrowLeft: workshop.dataset.before, PageUp: workshop.dataset.before }[event.key];
    if (to) window.location.assign(to);
  });
  const clock = workshop.querySelector(".workshop-clock");
  const tell = () => { clock.textContent = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" }); };
  tell();
  window.setInterval(tell, 5000);
})();
