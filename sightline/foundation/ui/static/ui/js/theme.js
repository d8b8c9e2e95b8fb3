// Light, dark, or as the system has it: form[data-theme-switch]. Kept in a cookie, so that the server draws it so.

import { attach } from "./elements.js";

const YEAR = 60 * 60 * 24 * 365;

function wear(form, theme) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `theme=${theme}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
  document.documentElement.dataset.theme = theme;
  const scheme = document.head.querySelector("meta[name=color-scheme]");
  if (scheme) scheme.content = theme === "system" ? "light dark" : theme;
  for (const button of form.querySelectorAll("button[name=theme]")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
}

attach("form[data-theme-switch]", (form) => {
  form.addEventListener("change", () => wear(form, new FormData(form).get("theme")));
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=theme]");
    if (!button) return;
    event.preventDefault();
    wear(form, button.value);
  });
});
