// Saves the conversation a few seconds after the last word, by posting the very same form; the button does the same without this.
(() => {
  const form = document.querySelector("form[data-autosave]");
  const line = document.getElementById("saved");
  if (!form || !line) return;
  let timer = null;
  let saving = false;
  const save = async () => {
    if (saving) return;
    saving = true;
    try {
      const answer = await fetch(form.action || window.location.href, { method: "POST", body: new FormData(form), redirect: "follow" });
      if (answer.ok && answer.url.includes("/together/")) { window.location.assign(answer.url); return; }
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.querySelector("[name=based_on]");
        if (fresh) form.querySelector("[name=based_on]").value = fresh.value;
        line.textContent = (page.getElementById("saved") || line).textContent;
      }
    } finally { saving = false; }
  };
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, 3000); });
})();
