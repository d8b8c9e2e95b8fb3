// Native dialogs: opened by [data-opens], closed by [data-closes] and Escape; focus comes back.

import { idOf, make } from "./elements.js";

/** Open a dialog over the page; when it closes, focus goes back to where it was. */
export function open(dialog) {
  if (dialog.open) return;
  const before = document.activeElement;
  dialog.showModal();
  dialog.addEventListener("close", () => before?.isConnected && before.focus(), { once: true });
}

/**
 * Ask in a dialog of our own; gives the chosen answer's value, or "" when it was closed.
 * answers: [{label, value, kind: "primary" | "danger" | ""}]; the first is focused.
 * `name` is by what another script finds it: dialog[data-asks=name]. `unasked`: it comes while the
 * person types, so that focus goes to its heading, where a space or Enter chooses nothing.
 */
export function ask({ title, body, answers, wide = false, name = "", unasked = false }) {
  const heading = make("h2", { class: "dialog__title", tabindex: unasked ? "-1" : undefined }, title);
  const buttons = answers.map(({ label, value, kind }) =>
    make("button", { class: `button ${kind ? `button--${kind}` : ""}`, value }, label),
  );
  (unasked ? heading : buttons[0]).autofocus = true;
  const dialog = make(
    "dialog",
    { class: `dialog ${wide ? "dialog--wide" : ""}`, "aria-labelledby": idOf(heading), "data-asks": name },
    make(
      "form",
      { method: "dialog" },
      heading,
      make("div", { class: "dialog__body" }, ...body),
      make("div", { class: "dialog__actions" }, ...buttons),
    ),
  );
  document.body.append(dialog);
  return new Promise((answer) => {
    dialog.addEventListener("close", () => {
      answer(dialog.returnValue);
      dialog.remove();
    });
    open(dialog);
  });
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (dialog instanceof HTMLDialogElement) {
    event.preventDefault();
    open(dialog);
  }
  event.target.closest("[data-closes]")?.closest("dialog")?.close();
});
