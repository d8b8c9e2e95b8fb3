// Passkeys: a form with data-passkey asks the browser for one and sends what it answers.
//
//   <form method="post" data-passkey="use|add" data-passkey-options="{…}">   options from the page, or
//   <form … data-passkey-from="/address/">                                   fetched when they are needed
//     <input type="hidden" name="credential"> <button>…</button> {% include "identity/passkey_words.html" only %}

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const toKnown = (keys) => keys?.map((key) => ({ ...key, id: bytes(key.id) }));

async function add({ publicKey }) {
  const options = {
    ...publicKey,
    challenge: bytes(publicKey.challenge),
    user: { ...publicKey.user, id: bytes(publicKey.user.id) },
    excludeCredentials: toKnown(publicKey.excludeCredentials),
    authenticatorSelection: { ...publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" },
  };
  const made = await navigator.credentials.create({ publicKey: options });
  return {
    ...about(made),
    response: {
      clientDataJSON: text(made.response.clientDataJSON),
      attestationObject: text(made.response.attestationObject),
      transports: made.response.getTransports?.() ?? [],
    },
  };
}

async function use({ publicKey }) {
  const options = { ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials: toKnown(publicKey.allowCredentials) };
  const { response, ...given } = await navigator.credentials.get({ publicKey: options }).then((key) => ({ ...about(key), response: key.response }));
  return {
    ...given,
    response: {
      clientDataJSON: text(response.clientDataJSON),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
      userHandle: response.userHandle ? text(response.userHandle) : null,
    },
  };
}

const about = (key) => ({
  id: key.id,
  rawId: text(key.rawId),
  type: key.type,
  authenticatorAttachment: key.authenticatorAttachment ?? null,
  clientExtensionResults: key.getClientExtensionResults(),
});

async function options(form) {
  if (form.dataset.passkeyOptions) return JSON.parse(form.dataset.passkeyOptions);
  const answer = await fetch(form.dataset.passkeyFrom, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new TypeError("no options");
  return (await answer.json()).request_options;
}

const WORDS = { NotAllowedError: "cancelled", AbortError: "cancelled", InvalidStateError: "known", SecurityError: "address", TypeError: "away" };

function say(form, word) {
  const place = form.querySelector("[data-passkey-says]");
  place.textContent = form.querySelector(`[data-passkey-word="${word}"]`).innerHTML;
  place.hidden = false;
}

async function onSubmit(event) {
  const form = event.currentTarget;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!window.PublicKeyCredential) return say(form, "missing");
  try {
    const asked = await options(form);
    const answer = await (form.dataset.passkey === "add" ? add(asked) : use(asked));
    form.elements.credential.value = JSON.stringify(answer);
    form.submit();
  } catch (error) {
    say(form, WORDS[error.name] ?? "cancelled");
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) form.addEventListener("submit", onSubmit);
