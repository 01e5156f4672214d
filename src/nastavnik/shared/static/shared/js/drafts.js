// Unsaved text: a warning before leaving, and a draft that lives as long as the tab.
const keyOf = (form) => `draft:${location.pathname}:${form.getAttribute("action") ?? ""}`;
const isKept = (field) => field.name && !["hidden", "password", "file", "submit"].includes(field.type);

function read(form) {
  const values = [];
  for (const field of form.elements) {
    if (!isKept(field)) continue;
    const ticks = field.type === "checkbox" || field.type === "radio";
    values.push(ticks ? field.checked : field.value);
  }
  return values;
}

function write(form, values) {
  [...form.elements].filter(isKept).forEach((field, index) => {
    if (field.type === "checkbox" || field.type === "radio") field.checked = values[index];
    else field.value = values[index];
  });
}

function offer(form, values) {
  const note = document.createElement("div");
  note.className = "note note--info";
  const text = document.createElement("p");
  text.textContent = "Есть несохранённый черновик этой формы. ";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--small";
  button.textContent = "Вернуть черновик";
  button.addEventListener("click", () => {
    write(form, values);
    note.remove();
  });
  note.append(text, button);
  form.prepend(note);
}

export function wireDrafts() {
  for (const form of document.querySelectorAll("form[data-draft]")) {
    const key = keyOf(form);
    let dirty = false;
    const saved = sessionStorage.getItem(key);
    if (saved && saved !== JSON.stringify(read(form)) && !form.querySelector("#errors")) {
      offer(form, JSON.parse(saved));
    }
    form.addEventListener("input", () => {
      dirty = true;
      sessionStorage.setItem(key, JSON.stringify(read(form)));
    });
    form.addEventListener("submit", () => {
      dirty = false;
      sessionStorage.removeItem(key);
    });
    window.addEventListener("beforeunload", (event) => {
      if (dirty) event.preventDefault();
    });
  }
}
