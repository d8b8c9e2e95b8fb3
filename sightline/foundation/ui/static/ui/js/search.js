// Search by "/" or Ctrl+K: form[data-search], with the first results below it while typing.

import { announce } from "./announce.js";
import { attach, calmly, isTyping, make, parsed } from "./elements.js";
import { open } from "./dialogs.js";
import { Listbox } from "./listbox.js";
import { send } from "./requests.js";
import { count, say } from "./words.js";

attach("form[data-search]", (form) => {
  const input = form.querySelector("input[type=search]");
  const list = form.querySelector("[data-search-results]") ?? form.appendChild(make("div", { class: "search__results" }));
  list.setAttribute("aria-label", say("search-results"));
  const box = new Listbox(input, list, (option, event) => {
    if (event.type !== "click") option.click();
  });
  let asking = null;

  const look = async () => {
    asking?.abort();
    if (!input.value.trim()) return box.close();
    asking = new AbortController();
    const address = new URL(form.dataset.src || form.action, location.href);
    address.searchParams.set("q", input.value.trim());
    try {
      const headers = { "HX-Request": "true", Accept: "text/html" };
      const answer = await send(address, { headers, signal: asking.signal });
      if (!answer.ok) return box.close();
      list.replaceChildren(parsed(await answer.text()));
      box.open();
      return announce(say("search-found", { count: count(box.options.length) }));
    } catch {
      return undefined; // Enter still leads to the page of results
    }
  };
  input.addEventListener("input", calmly(150, look));
  input.addEventListener("listbox:wanted", look);
});

function begin(form) {
  const dialog = form.closest("dialog");
  const popover = form.closest("[popover]");
  if (dialog) open(dialog);
  else if (popover && !form.checkVisibility()) popover.showPopover();
  form.querySelector("input[type=search]").select();
  form.querySelector("input[type=search]").focus();
}

document.addEventListener("keydown", (event) => {
  const bySlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
  const byControl = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey;
  const form = document.querySelector("form[data-search]");
  if (!form || !(bySlash || byControl) || document.querySelector("dialog[open]:not(:has(form[data-search]))")) return;
  event.preventDefault();
  begin(form);
});
