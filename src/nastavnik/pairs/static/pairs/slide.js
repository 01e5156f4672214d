// A slider beside each number of «Что если»; the number stays for the keyboard and for readers.
for (const number of document.querySelectorAll("[data-slides] input[type=number]")) {
  const range = document.createElement("input");
  Object.assign(range, { type: "range", className: "slide__range", tabIndex: -1 });
  Object.assign(range, { min: number.min, max: number.max, value: number.value });
  range.setAttribute("aria-hidden", "true");
  range.addEventListener("input", () => (number.value = range.value));
  number.addEventListener("input", () => (range.value = number.value));

  const line = document.createElement("div");
  line.className = "slide";
  number.replaceWith(line);
  line.append(range, number);
}
