// Enhancements of pages that already work without a script.
import { wireDialogs } from "./dialogs.js";
import { wireDrafts } from "./drafts.js";
import { wireTables } from "./tables.js";
import { wireUploads } from "./upload.js";

wireDialogs();
wireDrafts();
wireTables();
wireUploads();

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}

// On a phone the open tab may lie beyond the edge of the row.
for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
  const row = tab.closest(".tabs");
  const middle = tab.offsetLeft - row.offsetLeft + tab.offsetWidth / 2;
  row.scrollLeft = middle - row.clientWidth / 2;
}

document.querySelector("form:not([data-sample]) #errors")?.focus();

// A menu closes by Escape and by a click elsewhere.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
