// Posters shown to a room: keys, the clock, the whole screen, a screen that stays awake. Without this file the links do it all.
"use strict";
(() => {
  const SOON = 30;
  let clock = null;
  let lock = null;

  const present = () => document.getElementById("present");
  const announce = (text) => {
    const place = document.getElementById("announce");
    if (place) place.textContent = text;
  };

  // Keys. A presentation remote sends Page Up and Page Down.
  const KEYS = { ArrowRight: "after", PageDown: "after", " ": "after", ArrowLeft: "before", PageUp: "before", Escape: "end" };
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !present()) return;
    const onButton = event.target.closest("button");
    if (event.key === " " && onButton) return;
    if (event.key === "f" || event.key === "F") return wholeScreen();
    if (event.key === "p" || event.key === "P") return pause();
    const link = KEYS[event.key] && present().querySelector(`[data-key="${KEYS[event.key]}"]`);
    if (event.key === "Escape" && document.fullscreenElement) return;
    if (!KEYS[event.key]) return;
    event.preventDefault();
    if (link) link.click();
  });

  // The whole screen. The page stays the same from poster to poster, so that the browser does not leave it.
  function wholeScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.().catch(() => {});
  }

  // The clock begins anew with each poster; one that is only shown in another form, or loaded again, keeps its time.
  const KEPT = "present-clock";
  function begin() {
    const box = present()?.querySelector("[data-clock]");
    clearInterval(clock?.timer);
    clock = null;
    const full = present()?.querySelector("[data-full]");
    if (full && document.fullscreenEnabled) full.hidden = false;
    if (!box) return;
    const minutes = Number(present().dataset.minutes);
    const key = location.pathname + minutes;
    let kept = {};
    try { kept = JSON.parse(sessionStorage.getItem(KEPT)) || {}; } catch { /* the clock begins anew */ }
    const left = kept.key === key ? kept.left : minutes * 60;
    clock = { box, key, left, stopped: kept.key === key && kept.stopped, told: "", at: performance.now() };
    box.setAttribute("data-runs", "");
    box.querySelector("[data-pause]").hidden = false;
    clock.timer = setInterval(tick, 250);
    sayPause();
    show();
  }

  function tick() {
    const now = performance.now();
    if (!clock.stopped) clock.left -= (now - clock.at) / 1000;
    clock.at = now;
    try { sessionStorage.setItem(KEPT, JSON.stringify({ key: clock.key, left: clock.left, stopped: clock.stopped })); } catch { /* not kept */ }
    show();
    if (clock.left <= 0 && "movesOn" in present().dataset && !clock.moved && !clock.stopped) {
      clock.moved = true;
      present().querySelector('[data-key="after"]')?.click();
    }
  }

  function show() {
    const seconds = Math.ceil(clock.left);
    const size = Math.abs(seconds);
    const text = `${Math.floor(size / 60)}:${String(size % 60).padStart(2, "0")}`;
    const state = seconds <= 0 ? "over" : seconds <= SOON ? "soon" : "";
    const shown = state === "over" ? `${clock.box.dataset.up}${seconds < 0 ? ` +${text}` : ""}` : text;
    const place = clock.box.querySelector("[data-time]");
    if (place.textContent !== shown) place.textContent = shown;
    if (clock.box.dataset.state !== state) clock.box.dataset.state = state;
    if (state && clock.told !== state) {
      clock.told = state;
      announce(state === "over" ? clock.box.dataset.up : clock.box.dataset.soon);
    }
  }

  function pause() {
    if (!clock) return;
    clock.stopped = !clock.stopped;
    sayPause();
  }
  function sayPause() {
    const button = clock.box.querySelector("[data-pause]");
    button.dataset.stop ??= button.textContent;
    button.textContent = clock.stopped ? button.dataset.go : button.dataset.stop;
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-full]")) wholeScreen();
    if (event.target.closest("[data-pause]")) pause();
  });

  // The screen stays awake while it is looked at.
  async function stayAwake() {
    if (document.visibilityState !== "visible" || !navigator.wakeLock) return;
    try { lock = await navigator.wakeLock.request("screen"); } catch { lock = null; }
  }
  document.addEventListener("visibilitychange", stayAwake);

  document.addEventListener("htmx:afterSettle", begin);
  begin();
  stayAwake();
})();
