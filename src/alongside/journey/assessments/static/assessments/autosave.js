// Saves the conversation a few seconds after the last word, by posting the very same form; the buttons do the same without this.
(() => {
  const form = document.querySelector("form[data-autosave]");
  const line = document.getElementById("saved");
  if (!form || !line) return;
  let timer = null;
  let saving = null;
  const save = async () => {
    const answer = await fetch(form.action || window.location.href, { method: "POST", body: new FormData(form), redirect: "follow" });
    if (!answer.ok) return;
    if (answer.url.includes("/together/")) { window.location.assign(answer.url); return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const wrong = page.querySelector(".nhsuk-error-summary__list");
    if (wrong) { line.textContent = wrong.textContent.trim(); return; }
    for (const name of ["based_on", "needs_seen"]) {
      const fresh = page.querySelector(`[name=${name}]`);
      if (fresh) form.querySelector(`[name=${name}]`).value = fresh.value;
    }
    line.textContent = (page.getElementById("saved") || line).textContent;
  };
  const start = () => { saving = (saving || Promise.resolve()).then(save).catch(() => {}).finally(() => { saving = null; }); };
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(start, 3000); });
  // A button waits for what is being saved, or its own words would meet themselves on the way.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!saving) return;
    event.preventDefault();
    saving.finally(() => form.requestSubmit(event.submitter));
  });
})();
