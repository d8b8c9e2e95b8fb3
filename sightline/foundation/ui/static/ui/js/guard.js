// Asks before leaving a page with changes that were not sent: form[data-guard].

import { attach } from "./elements.js";

const changed = new Set();

attach("form[data-guard]", (form) => {
  form.addEventListener("input", () => changed.add(form));
  form.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) changed.delete(form);
  });
  form.addEventListener("reset", () => changed.delete(form));
});

window.addEventListener("beforeunload", (event) => {
  if ([...changed].some((form) => form.isConnected)) event.preventDefault();
});
