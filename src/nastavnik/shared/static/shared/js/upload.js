// A file may be dropped anywhere on its form; while it is on its way the page says so.
const hasFiles = (event) => event.dataTransfer?.types.includes("Files");

function wireDrop(form, input) {
  const mark = (is) => form.classList.toggle("is-over", is);
  form.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    mark(true);
  });
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) mark(false);
  });
  form.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    mark(false);
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    form.querySelector("button[type=submit]").focus();
  });
}

function tellProgress(form, input) {
  const status = form.querySelector("[data-upload-status]");
  const button = form.querySelector("button[type=submit]");
  form.addEventListener("submit", () => {
    const name = input.files[0]?.name;
    const text = document.createElement("p");
    text.textContent = name ? `Читаем файл «${name}». Это займёт несколько секунд.` : "Читаем текст.";
    const bar = document.createElement("progress");
    bar.setAttribute("aria-label", "Файл читается");
    status.replaceChildren(text, bar);
    button.disabled = true;
  });
  // Back to this page by the browser's arrow: it is as it was before.
  window.addEventListener("pageshow", () => {
    status.replaceChildren();
    button.disabled = false;
  });
}

export function wireUploads() {
  for (const form of document.querySelectorAll("form[data-upload]")) {
    const input = form.querySelector("input[type=file]");
    if (!input) continue;
    wireDrop(form, input);
    tellProgress(form, input);
  }
}
