// A passkey is made, or used, by the browser itself; what it answers is sent with the form. Without a script there is the code.
document.querySelectorAll("[data-passkey]").forEach((button) => {
  const form = button.closest("form");
  form.hidden = false;
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    const failed = form.querySelector("[data-passkey-failed]");
    failed.hidden = true;
    try {
      const from = button.dataset.passkeyFrom;
      const options = from
        ? (await (await fetch(from, { headers: { Accept: "application/json" } })).json()).request_options
        : JSON.parse(button.dataset.passkeyOptions);
      const made = button.dataset.passkey === "create";
      if (made) {
        Object.assign(options.publicKey.authenticatorSelection, {
          residentKey: "required", requireResidentKey: true, userVerification: "required",
        });
      }
      form.querySelector("[name=credential]").value = JSON.stringify(await window.webauthnJSON[made ? "create" : "get"](options));
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
});
