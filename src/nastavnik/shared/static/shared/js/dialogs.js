// A link to the id of a <dialog> opens it as a modal window: the browser keeps the focus inside.
export function wireDialogs() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link) {
      const dialog = document.getElementById(link.hash.slice(1));
      if (dialog instanceof HTMLDialogElement) {
        event.preventDefault();
        dialog.showModal();
        return;
      }
    }
    const close = event.target.closest("dialog[open] [data-close]");
    if (close) {
      event.preventDefault();
      close.closest("dialog").close();
    }
  });
  // Arrived by an address with #id: make the open window modal.
  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (target instanceof HTMLDialogElement) {
    history.replaceState(null, "", location.pathname + location.search);
    target.showModal();
  }
}
