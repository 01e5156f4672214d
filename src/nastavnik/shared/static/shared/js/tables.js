// Ticked rows: one box for all of them and a count beside the actions.
export function wireTables() {
  for (const form of document.querySelectorAll("form[data-rows]")) {
    const boxes = () => [...form.querySelectorAll("tbody .pick input")];
    const all = form.querySelector("thead .pick input");
    const count = form.querySelector("[data-count]");
    const refresh = () => {
      const ticked = boxes().filter((box) => box.checked);
      for (const box of boxes()) box.closest("tr").classList.toggle("is-picked", box.checked);
      if (count) count.textContent = ticked.length ? `Отмечено: ${ticked.length}` : "С отмеченными:";
      if (all) all.checked = ticked.length > 0 && ticked.length === boxes().length;
    };
    all?.closest("label")?.removeAttribute("hidden");
    all?.addEventListener("change", () => {
      for (const box of boxes()) box.checked = all.checked;
      refresh();
    });
    form.addEventListener("change", refresh);
    refresh();
  }
}
