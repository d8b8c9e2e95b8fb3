// Every request that a script or htmx makes: the token against forgery, ended sign-ins, trouble.

import { announce } from "./announce.js";
import { attach, make } from "./elements.js";
import { signedOut } from "./session.js";
import { meta, say } from "./words.js";

/** The token against forged requests; the cookie's is newer after signing in elsewhere. */
export function csrfToken() {
  const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  return cookie ? cookie[1] : meta("csrf-token");
}

/** Whether an answer is the page of sign-in in place of what was asked for. */
export function isSignIn(address) {
  const signIn = meta("sign-in");
  return Boolean(signIn && address) && new URL(address, location.href).pathname === signIn;
}

/** The server could not be reached, or answered with a fault of its own. */
export class Away extends Error {}

/** The person is no longer signed in; `reason` says "signed out" or "other account". */
export class SignedOut extends Error {
  constructor(reason = "signed out") {
    super(reason);
    this.reason = reason;
  }
}

/** fetch, with our token; throws Away and SignedOut, and gives every other answer. */
export async function send(address, options = {}) {
  const headers = { "X-CSRFToken": csrfToken(), Accept: "application/json", ...options.headers };
  let answer;
  try {
    answer = await fetch(address, { credentials: "same-origin", ...options, headers });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Away(error.message);
  }
  if (isSignIn(answer.url)) throw new SignedOut();
  if (answer.status === 401) throw new SignedOut((await answer.json().catch(() => ({}))).reason);
  if (answer.status === 403 && options.method) throw new SignedOut();
  if (answer.status >= 500 || answer.status === 429) throw new Away(String(answer.status));
  return answer;
}

// ── htmx ─────────────────────────────────────────────────────────────────────────────────────

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = csrfToken();
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (xhr.status === 401 || isSignIn(xhr.responseURL)) {
    event.detail.shouldSwap = false;
    signedOut();
  } else if (xhr.status === 422) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

document.addEventListener("htmx:afterSettle", (event) => {
  const said = event.detail.elt?.querySelector?.("[data-says]")?.dataset.says;
  if (said) announce(said);
});

document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  if (status === 401) return;
  trouble(say(sentenceFor(status)), event.detail);
});
document.addEventListener("htmx:sendError", (event) => trouble(say("trouble-network"), event.detail));
document.addEventListener("htmx:timeout", (event) => trouble(say("trouble-network"), event.detail));
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.successful) document.querySelector(".trouble")?.remove();
});

function sentenceFor(status) {
  if (status === 403) return "trouble-refused";
  if (status === 404 || status === 410) return "trouble-gone";
  if (status === 413) return "trouble-large";
  if (status === 429) return "trouble-often";
  return status >= 500 ? "trouble-server" : "trouble-other";
}

/** A bar that says what went wrong, with a button to try the same request again. */
function trouble(sentence, { elt, requestConfig }) {
  document.querySelector(".trouble")?.remove();
  const retry = make("button", { class: "button button--small", type: "button" }, say("retry"));
  const close = make("button", { class: "button button--small", type: "button" }, say("close"));
  const bar = make("div", { class: "trouble", role: "alert" }, make("span", {}, sentence), retry, close);
  close.addEventListener("click", () => bar.remove());
  retry.addEventListener("click", () => {
    bar.remove();
    again(elt, requestConfig);
  });
  document.body.append(bar);
}

function again(element, { triggeringEvent, verb, path }) {
  const source = element.isConnected ? element : document.body;
  if (source instanceof HTMLFormElement) source.requestSubmit();
  else if (triggeringEvent?.type === "click") source.click();
  else window.htmx.ajax(verb.toUpperCase(), path, { source });
}

// A form that stood open while the person signed in anew carries a token of the former sign-in.
document.addEventListener("submit", (event) => {
  const field = event.target.elements.namedItem("csrfmiddlewaretoken");
  if (field && csrfToken()) field.value = csrfToken();
});

attach("[data-says]", (element) => announce(element.dataset.says));
