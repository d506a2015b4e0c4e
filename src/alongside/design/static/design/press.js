// Buttons that need a script: hidden without it. data-press="print" prints the page; "copy" copies the field that data-field names.
(() => {
  const copy = async (button) => {
    const field = document.getElementById(button.dataset.field);
    field.select();
    if (navigator.clipboard) await navigator.clipboard.writeText(field.value);
    else document.execCommand("copy");
    button.textContent = button.dataset.done;
  };
  const doings = { print: () => window.print(), copy };
  for (const button of document.querySelectorAll("[data-press]")) {
    button.hidden = false;
    button.addEventListener("click", () => doings[button.dataset.press](button));
  }
})();
