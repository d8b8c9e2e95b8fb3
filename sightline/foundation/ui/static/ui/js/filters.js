// A form of filters sends itself a moment after the last change: form[data-filters]. With hx-get by htmx.

import { attach, calmly } from "./elements.js";

const KEPT = "filters:focus";

attach("form[data-filters]", (form) => {
  const submit = calmly(300, () => form.isConnected && form.requestSubmit());
  const changed = (event) => beingPicked(event.target) || submit();
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => sessionStorage.setItem(KEPT, document.activeElement?.name ?? ""));
  for (const button of form.querySelectorAll("[data-filters-send]")) button.hidden = true;
  focusAgain(form);
});

/** Words in a picker ask for nothing yet: what is taken from its list does, and so does an empty field. */
function beingPicked(field) {
  return field.matches("[data-picker] .picker__text") && field.value !== "";
}

/** Without htmx the page comes anew: the cursor goes back to where it was. */
function focusAgain(form) {
  const field = form.elements.namedItem(sessionStorage.getItem(KEPT) || " ");
  sessionStorage.removeItem(KEPT);
  if (!(field instanceof HTMLElement)) return;
  field.focus();
  if (field instanceof HTMLInputElement && ["text", "search"].includes(field.type)) {
    field.setSelectionRange(field.value.length, field.value.length);
  }
}
