// Short words about what was done: [data-toast]. Those that hold an action stay until dismissed.

import { attach, brought, make } from "./elements.js";
import { csrfToken } from "./requests.js";
import { say } from "./words.js";

const SECONDS = 6;

function goLater(item) {
  let left = 1000 * (Number(item.dataset.toastSeconds) || SECONDS);
  let timer = 0;
  let since = 0;
  const start = () => {
    clearTimeout(timer);
    since = Date.now();
    timer = setTimeout(() => item.remove(), left);
  };
  const pause = () => {
    clearTimeout(timer);
    left = Math.max(1500, left - (Date.now() - since));
  };
  item.addEventListener("pointerenter", pause);
  item.addEventListener("pointerleave", start);
  item.addEventListener("focusin", pause);
  item.addEventListener("focusout", start);
  start();
}

attach("[data-toast]", (item) => {
  if (!item.querySelector("[data-dismiss]")) {
    item.append(make("button", { type: "button", class: "toast__close", "data-dismiss": true }, say("close")));
  }
  if (!item.querySelector("form, a, button:not([data-dismiss])")) goLater(item);
});

document.addEventListener("click", (event) => {
  event.target.closest("[data-dismiss]")?.closest("[data-toast], [data-dismissable]")?.remove();
});

function place() {
  const found = document.querySelector("[data-toasts], .toasts");
  if (found) return found;
  const made = make("div", { class: "toasts", role: "status", "data-toasts": true });
  document.body.append(made);
  return made;
}

function undoForm(address) {
  return make(
    "form",
    { method: "post", action: address },
    make("input", { type: "hidden", name: "csrfmiddlewaretoken", value: csrfToken() }),
    make("button", { class: "toast__act" }, say("undo")),
  );
}

/** Show a toast; `undo` is an address to post to. */
export function toast(text, { tone = "", undo = "" } = {}) {
  const item = make("div", { class: `toast ${tone ? `toast--${tone}` : ""}`, "data-toast": true }, make("p", { class: "toast__text" }, text));
  if (undo) item.append(undoForm(undo));
  place().append(item);
  brought(item);
}

document.addEventListener("toast", ({ detail }) => toast(detail.text ?? detail.value, detail)); // HX-Trigger
