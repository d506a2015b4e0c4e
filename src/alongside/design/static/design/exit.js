// "Exit this page": the link works without this; with it, pressing Shift three times leaves too, and the page is blanked first.
(() => {
  const link = document.getElementById("exit-this-page");
  if (!link) return;
  let presses = 0;
  let last = 0;
  const leave = (event) => {
    if (event) event.preventDefault();
    document.body.hidden = true;
    window.location.replace(link.href);
  };
  link.addEventListener("click", leave);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift" || event.repeat) { if (event.key !== "Shift") presses = 0; return; }
    const now = Date.now();
    presses = now - last < 5000 ? presses + 1 : 1;
    last = now;
    if (presses === 3) leave();
  });
})();
