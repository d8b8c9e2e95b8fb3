// Search by "/" or Ctrl+K: [data-search], with the first results below the text while typing.

import { announce } from "./announce.js";
import { attach, calmly, isTyping, make, parsed } from "./elements.js";
import { open } from "./dialogs.js";
import { Listbox } from "./listbox.js";
import { send } from "./requests.js";
import { count, say } from "./words.js";

const formOf = (place) => (place.matches("form") ? place : place.querySelector("form"));

attach("[data-search]", (place) => {
  const form = formOf(place);
  const input = form.querySelector("input[type=search]");
  const list = form.querySelector("[data-search-results]") ?? form.appendChild(make("div", { class: "search__results" }));
  list.setAttribute("aria-label", say("search-results"));
  const follow = (option, event) => event.type !== "click" && option.click();
  const box = new Listbox(input, list, follow, { stays: Boolean(form.closest("dialog")) });
  let asking = null;

  const show = (html) => {
    list.replaceChildren(parsed(html));
    const { length } = box.options;
    list.setAttribute("role", length ? "listbox" : "group");
    for (const heading of list.querySelectorAll("h2, h3")) heading.setAttribute("role", "presentation");
    if (length) box.open();
    else box.close();
    if (!length && html) list.hidden = false;
  };
  const look = async () => {
    asking?.abort();
    if (!input.value.trim()) return show("");
    asking = new AbortController();
    const address = new URL(input.dataset.src || form.action, location.href);
    address.searchParams.set("q", input.value.trim());
    try {
      const headers = { "HX-Request": "true", Accept: "text/html" };
      const answer = await send(address, { headers, signal: asking.signal });
      show(answer.ok ? await answer.text() : "");
      return announce(say("search-found", { count: count(box.options.length) }));
    } catch {
      return undefined; // Enter still leads to the page of results
    }
  };
  input.addEventListener("input", calmly(150, look));
  input.addEventListener("listbox:wanted", look);
});

function begin(place) {
  const form = formOf(place);
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
  const place = document.querySelector("[data-search]");
  if (!place || !(bySlash || byControl) || document.querySelector("dialog[open]:not([data-search])")) return;
  event.preventDefault();
  begin(place);
});
