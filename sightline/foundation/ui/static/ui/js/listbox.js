// A text input with a list of choices below it (ARIA: combobox with a listbox). Used by pickers and search.

import { idOf, steppedTo } from "./elements.js";

const OPTION = "[role=option]:not([aria-disabled=true])";

/**
 * Keys and states of an input and its list; `take(option)` is called with what was chosen.
 * A list that `stays` is never hidden: it is all that its dialog shows.
 */
export class Listbox {
  constructor(input, list, take, { stays = false } = {}) {
    Object.assign(this, { input, list, take, stays, active: null });
    list.setAttribute("role", "listbox");
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", idOf(list));
    this.close();
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    list.addEventListener("pointerdown", (event) => event.preventDefault()); // focus stays in the text
    list.addEventListener("click", (event) => {
      const option = event.target.closest(OPTION);
      if (option) this.choose(option, event);
    });
  }

  get options() {
    return [...this.list.querySelectorAll(OPTION)];
  }

  get isOpen() {
    return this.input.getAttribute("aria-expanded") === "true";
  }

  open() {
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.activate(null);
  }

  close() {
    this.list.hidden = !this.stays;
    this.input.setAttribute("aria-expanded", "false");
    this.activate(null);
  }

  activate(option) {
    this.active?.setAttribute("aria-selected", "false");
    this.active = option;
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    return this.input.setAttribute("aria-activedescendant", idOf(option));
  }

  choose(option, event) {
    this.close();
    this.take(option, event);
  }

  key(event) {
    if (event.isComposing) return;
    if (event.key === "Escape" && this.isOpen && !this.stays) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "Enter" && this.isOpen && this.active) {
      event.preventDefault();
      this.choose(this.active, event);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!this.isOpen) return this.input.dispatchEvent(new Event("listbox:wanted"));
      const first = event.key === "ArrowDown" ? this.options[0] : this.options.at(-1);
      this.activate(this.active ? steppedTo(event.key, this.options, this.active) : first);
    }
    return undefined;
  }
}
