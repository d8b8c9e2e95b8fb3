// Menus (details[data-menu]) and things shown and hidden by a button ([data-discloses]).

import { attach, steppedTo } from "./elements.js";

attach("details[data-menu]", (menu) => {
  const summary = menu.querySelector("summary");
  const entries = () =>
    [...menu.querySelectorAll("a[href], button:not([disabled])")].filter((entry) => entry.checkVisibility());
  const close = (withFocus) => {
    menu.open = false;
    if (withFocus) summary.focus();
  };
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      event.stopPropagation();
      close(true);
    } else if (event.key === "ArrowDown" && event.target === summary) {
      event.preventDefault();
      menu.open = true;
      entries()[0]?.focus();
    } else if (menu.open && event.target !== summary) {
      const next = steppedTo(event.key, entries(), event.target);
      if (next) event.preventDefault();
      next?.focus();
    }
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) close(false);
  });
  document.addEventListener("click", (event) => {
    if (menu.open && !menu.contains(event.target)) close(false);
  });
});

attach("[data-discloses]", (button) => {
  const shown = document.getElementById(button.dataset.discloses);
  if (!shown) return;
  button.setAttribute("aria-controls", shown.id);
  button.setAttribute("aria-expanded", String(!shown.hidden));
  button.addEventListener("click", () => {
    shown.hidden = !shown.hidden;
    button.setAttribute("aria-expanded", String(!shown.hidden));
  });
});
