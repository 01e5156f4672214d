// A card dragged onto another one opens the comparison with that mentor; the buttons do the same.
const board = document.querySelector("[data-review]");
for (const card of board?.querySelectorAll("[data-mentee]") ?? []) {
  const handle = card.querySelector(".match__pair > .person");
  handle.draggable = true;
  handle.title = "Перетащите на карточку с другим наставником";
  handle.addEventListener("dragstart", (event) => {
    event.dataTransfer.setData("text/x-mentee", card.dataset.mentee);
    event.dataTransfer.effectAllowed = "link";
  });
}
board?.addEventListener("dragover", (event) => {
  const isOurs = event.dataTransfer.types.includes("text/x-mentee");
  if (isOurs && event.target.closest("[data-mentor]")) event.preventDefault();
});
board?.addEventListener("drop", (event) => {
  const mentee = event.dataTransfer.getData("text/x-mentee");
  const target = event.target.closest("[data-mentor]");
  if (!mentee || !target || target.dataset.mentee === mentee) return;
  event.preventDefault();
  location.href = `${board.dataset.review}${mentee}/with/${target.dataset.mentor}/`;
});
