// Passkeys need the browser's help; every other page works without script. A form with data-passkey is shown where the
// browser knows passkeys, asks the server what to ask the authenticator, and sends the answer as an ordinary form.
(() => {
  "use strict";
  if (!window.PublicKeyCredential || !PublicKeyCredential.parseRequestOptionsFromJSON) return;

  const ask = async (form, extra) => {
    const fields = new FormData(form);
    const response = await fetch(form.dataset.options, { method: "POST", body: new URLSearchParams(fields), headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    const { options, state } = await response.json();
    const credential =
      form.dataset.passkey === "create"
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options), ...extra });
    form.elements.credential.value = JSON.stringify(credential);
    form.elements.state.value = state;
    form.submit();
  };

  for (const notice of document.querySelectorAll("[data-without-passkeys]")) notice.hidden = true;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const alert = form.querySelector("[role=alert]");
    let offer = new AbortController();
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      alert.hidden = true;
      offer.abort();
      try {
        await ask(form, {});
      } catch {
        alert.textContent = form.dataset.failed;
        alert.hidden = false;
      }
    });

    // Offers passkeys among the suggestions of the address field, where the browser can; not again the one just refused.
    if ("offer" in form.dataset && PublicKeyCredential.isConditionalMediationAvailable) {
      PublicKeyCredential.isConditionalMediationAvailable().then((can) => {
        if (can) ask(form, { mediation: "conditional", signal: offer.signal }).catch(() => undefined);
      });
    }
  }
})();
