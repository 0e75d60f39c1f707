// The matrix is an ordinary table of links. With a keyboard and a wide screen the arrow keys move from cell to cell,
// and whoever has been at a delivery comes back to the same place.
"use strict";

const table = document.querySelector("table[data-matrix]");

if (table) {
  const wrap = table.parentElement;
  const wide = matchMedia("(min-width: 48rem)");
  const grid = [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.querySelector("a")));
  const links = grid.flat();
  let stop = grid[0][0];

  // One stop for the Tab key, where the person was last; all of them on a narrow screen, where there is no grid.
  const setStops = () => {
    table.toggleAttribute("data-grid", wide.matches);
    if (wide.matches) table.setAttribute("role", "grid");
    else table.removeAttribute("role");
    for (const link of links) link.tabIndex = !wide.matches || link === stop ? 0 : -1;
  };

  const place = (link) => {
    const row = grid.findIndex((cells) => cells.includes(link));
    return [row, grid[row].indexOf(link)];
  };

  const target = (event, row, column) => {
    const last = grid[row].length - 1;
    switch (event.key) {
      case "ArrowUp": return [row - 1, column];
      case "ArrowDown": return [row + 1, column];
      case "ArrowLeft": return [row, column - 1];
      case "ArrowRight": return [row, column + 1];
      case "Home": return event.ctrlKey ? [0, 0] : [row, 0];
      case "End": return event.ctrlKey ? [grid.length - 1, last] : [row, last];
      default: return null;
    }
  };

  table.addEventListener("keydown", (event) => {
    if (!wide.matches || event.altKey || event.metaKey || event.shiftKey || !links.includes(event.target)) return;
    const found = target(event, ...place(event.target));
    const link = found && grid[found[0]]?.[found[1]];
    if (found) event.preventDefault();
    if (link) link.focus();
  });

  table.addEventListener("focusin", (event) => {
    if (!links.includes(event.target)) return;
    stop = event.target;
    setStops();
  });

  // Where the person was, kept for this tab and this address.
  const key = `matrix ${location.pathname}${location.search}`;
  addEventListener("pagehide", () => {
    const here = { x: wrap.scrollLeft, y: wrap.scrollTop, link: stop.getAttribute("href") };
    sessionStorage.setItem(key, JSON.stringify(here));
  });

  const before = JSON.parse(sessionStorage.getItem(key) ?? "null");
  if (before) {
    stop = links.find((link) => link.getAttribute("href") === before.link) ?? stop;
    wrap.scrollTo(before.x, before.y);
    const back = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
    if (back || document.referrer.endsWith(stop.pathname)) stop.focus({ preventScroll: wide.matches });
  }
  setStops();
  wide.addEventListener("change", setStops);
}
