// Copies a text: [data-copies="id"] or [data-copies-text].

import { announce } from "./announce.js";
import { attach, make } from "./elements.js";
import { say } from "./words.js";

function textOf(button) {
  const source = document.getElementById(button.dataset.copies);
  return button.dataset.copiesText ?? source?.value ?? source?.textContent.trim() ?? "";
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = make("textarea", { readonly: true, class: "unseen" }, text);
    document.body.append(field); // plain http has no clipboard of its own
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}

attach("[data-copies], [data-copies-text]", (button) => {
  const label = button.textContent;
  button.addEventListener("click", async () => {
    await copied(textOf(button));
    announce(say("copied"));
    if (button.children.length) return;
    button.textContent = say("copied");
    setTimeout(() => (button.textContent = label), 2000);
  });
});
