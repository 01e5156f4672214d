// What was wrong stands marked, so that the next key replaces it.
document.querySelector(".entry input[autofocus][aria-invalid]")?.select();

// Down and up lead to the first cell of the next and of the previous form; Tab goes as ever.
for (const row of document.querySelectorAll(".entry tbody tr")) {
  row.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
    const rows = [...document.querySelectorAll(".entry tbody tr")];
    const next = rows[rows.indexOf(row) + step]?.querySelector("input");
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.select();
  });
}
