// Rows by keyboard, and a click anywhere on a row: [data-rows] around rows with an a[data-row].

import { attach, steppedTo } from "./elements.js";

const ROW = "tr, li, [data-row-of]";

attach("[data-rows]", (table) => {
  table.addEventListener("keydown", (event) => {
    const link = event.target.closest("a[data-row]");
    if (!link || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = steppedTo(event.key, [...table.querySelectorAll("a[data-row]")], link);
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  table.addEventListener("click", (event) => {
    if (event.target.closest("a, button, input, label, select, textarea, details")) return;
    if (String(getSelection())) return;
    const link = event.target.closest(ROW)?.querySelector("a[data-row]");
    if (!link) return;
    if (event.ctrlKey || event.metaKey) window.open(link.href, "_blank");
    else link.click();
  });
});
