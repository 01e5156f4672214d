// Arrow keys walk the grid of free hours; Tab leaves it in one step.
for (const table of document.querySelectorAll("[data-slots]")) {
  const rows = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("input")]);
  const all = rows.flat();
  const enter = (box) => {
    for (const other of all) other.tabIndex = other === box ? 0 : -1;
  };
  enter(all[0]);
  table.addEventListener("focusin", (event) => enter(event.target));
  table.addEventListener("keydown", (event) => {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (!step) return;
    const down = rows.findIndex((row) => row.includes(event.target));
    const next = rows[down + step[0]]?.[rows[down].indexOf(event.target) + step[1]];
    event.preventDefault();
    next?.focus();
  });
}
