// Finding and making elements. Text goes in as text, so that nothing typed is ever run.

/** Attach a behaviour to every element that matches, now and in whatever comes later. */
export function attach(selector, behaviour) {
  const seen = new WeakSet();
  const look = (root) => {
    const found = [...root.querySelectorAll(selector)];
    if (root.matches?.(selector)) found.unshift(root);
    for (const element of found) {
      if (seen.has(element)) continue;
      seen.add(element);
      behaviour(element);
    }
  };
  look(document);
  document.addEventListener("htmx:load", (event) => look(event.target));
  document.addEventListener("brought", (event) => look(event.target));
}

/** Tell the behaviours (and htmx) of markup that a script has put in. */
export function brought(element) {
  window.htmx?.process(element);
  element.dispatchEvent(new Event("brought", { bubbles: true }));
}

/** make("p", {class: "note"}, "text", element): an element; true and false set and leave out. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === undefined) continue;
    element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/** Markup of our own server as elements. Scripts in it do not run. */
export function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

let made = 0;

/** The element's id, given to it when it has none. */
export function idOf(element) {
  element.id ||= `made-${(made += 1)}`;
  return element.id;
}

/** Whether keys typed here are text. */
export function isTyping(element) {
  return Boolean(element?.closest?.("input, textarea, select, [contenteditable]"));
}

/** Run only when nothing was asked for so many milliseconds. */
export function calmly(milliseconds, act) {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => act(...given), milliseconds);
  };
}

/** The element that an arrow, Home or End leads to from the current one; undefined for other keys. */
export function steppedTo(key, elements, current) {
  const at = elements.indexOf(current);
  switch (key) {
    case "ArrowDown":
      return elements[Math.min(at + 1, elements.length - 1)];
    case "ArrowUp":
      return elements[Math.max(at - 1, 0)];
    case "Home":
      return elements[0];
    case "End":
      return elements[elements.length - 1];
    default:
      return undefined;
  }
}
