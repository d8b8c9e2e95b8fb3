// People picker: [data-picker] around a text input and the hidden value; [data-picker-select] on a select.

import { announce } from "./announce.js";
import { attach, calmly, idOf, make } from "./elements.js";
import { Listbox } from "./listbox.js";
import { send } from "./requests.js";
import { count, say } from "./words.js";

function optionFor({ value, label, hint }) {
  const option = make("li", { role: "option", class: "picker__option", "aria-selected": "false", "data-value": value, "data-label": label });
  option.append(make("b", {}, label));
  if (hint) option.append(" ", make("span", {}, hint));
  return option;
}

function remark(text) {
  return make("li", { role: "option", "aria-disabled": "true", class: "picker__option" }, make("span", {}, text));
}

/** Choices from the server, asked for as the person types. */
function fromServer(source) {
  let asking = null;
  return async (text) => {
    asking?.abort();
    asking = new AbortController();
    const address = new URL(source, location.href);
    address.searchParams.set("q", text);
    const answer = await send(address, { signal: asking.signal });
    return answer.ok ? answer.json() : { results: [] };
  };
}

/** Choices that stand in the page. */
function fromOptions(select) {
  const all = [...select.options].filter((option) => option.value);
  const choices = all.map(({ value, label, dataset }) => ({ value, label, hint: dataset.hint }));
  return async (text) => {
    const found = choices.filter(({ label, hint = "" }) => `${label} ${hint}`.toLowerCase().includes(text.toLowerCase()));
    return { results: found.slice(0, 50), more: found.length > 50 };
  };
}

function pick(wrapper, input, hidden, choices) {
  const list = make("ul", { class: "picker__list", "aria-label": input.labels?.[0]?.textContent.trim() ?? "" });
  wrapper.append(list);
  let text = input.value;

  const set = (value, label) => {
    hidden.value = value;
    text = input.value = label;
    hidden.dispatchEvent(new Event("change", { bubbles: true }));
    wrapper.dispatchEvent(new CustomEvent("picker:change", { bubbles: true, detail: { value, label } }));
  };
  const box = new Listbox(input, list, (option) => set(option.dataset.value, option.dataset.label));

  const look = async () => {
    try {
      const { results, more } = await choices(input.value.trim());
      list.replaceChildren(...results.map(optionFor));
      if (!results.length) list.append(remark(say("picker-none")));
      if (more) list.append(remark(say("picker-more")));
      box.open();
      announce(say("picker-found", { count: count(results.length) }));
    } catch (error) {
      if (error.name !== "AbortError") announce(say("trouble-network"));
    }
  };
  const lookSoon = calmly(200, look);

  input.addEventListener("input", () => {
    if (input.value !== text) hidden.value = "";
    text = input.value;
    lookSoon();
  });
  input.addEventListener("listbox:wanted", look);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && input.value) {
      event.stopPropagation();
      set("", "");
    }
  });
}

attach("[data-picker]", (wrapper) => {
  const input = wrapper.querySelector("input:not([type=hidden])");
  const hidden = wrapper.querySelector("input[type=hidden]");
  input.autocomplete = "off";
  pick(wrapper, input, hidden, fromServer(wrapper.dataset.src));
});

attach("select[data-picker-select]", (select) => {
  const chosen = select.selectedOptions[0];
  const hidden = make("input", { type: "hidden", name: select.name, value: select.value });
  const label = chosen?.value ? chosen.label : "";
  const input = make("input", { type: "text", class: "picker__text", value: label, autocomplete: "off", required: select.required });
  const wrapper = make("div", { class: "picker" }, input, hidden);
  const id = idOf(select);
  select.replaceWith(wrapper);
  input.id = id;
  pick(wrapper, input, hidden, fromOptions(select));
});
