// One person holds one place: a new place takes the old one away; a second press takes it back.
const places = [...document.querySelectorAll(".pickme__place input")];
let pressed = null;

for (const place of places) {
  const label = place.closest("label");
  label.addEventListener("pointerdown", () => {
    pressed = place.checked ? place : null;
  });
  place.addEventListener("click", () => {
    if (pressed === place) place.checked = false;
    pressed = null;
  });
  place.addEventListener("change", () => {
    if (!place.value) return;
    for (const other of places) {
      if (other !== place && other.value === place.value) other.checked = false;
    }
  });
}
