// The clock of a round. The page is useful without it: the number of minutes is written there.
const board = document.querySelector("[data-seconds]");
if (board) {
  const face = board.querySelector("[data-face]");
  const button = board.querySelector("[data-run]");
  const said = board.querySelector("[data-said]");
  const whole = Number(board.dataset.seconds);
  let left = whole;
  let ends = 0;
  let ticking = 0;

  const show = () => {
    face.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  };
  const stop = (words) => {
    clearInterval(ticking);
    ticking = 0;
    button.textContent = words;
  };
  const tick = () => {
    left = Math.max(0, Math.ceil((ends - Date.now()) / 1000));
    show();
    if (left === 0) {
      stop("Ещё раз");
      said.textContent = "Время вышло, меняемся.";
      left = whole;
    }
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    if (ticking) {
      stop("Продолжить");
      return;
    }
    ends = Date.now() + left * 1000;
    said.textContent = "";
    show();
    ticking = setInterval(tick, 250);
    button.textContent = "Остановить";
  });
}
