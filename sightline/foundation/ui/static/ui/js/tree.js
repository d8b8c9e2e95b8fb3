// Keyboard of a tree (ARIA tree view), with branches fetched when first opened: ul[role=tree][data-tree].

import { announce } from "./announce.js";
import { attach, brought, make, parsed, steppedTo } from "./elements.js";
import { send } from "./requests.js";
import { say } from "./words.js";

const ITEM = "[role=treeitem]";
const groupOf = (item) => item.parentElement.querySelector(":scope > [role=group]");
const parentOf = (item) => item.closest("[role=group]")?.parentElement.querySelector(`:scope > ${ITEM}`);
const labelOf = (item) => (item.querySelector(".tree__label") ?? item).textContent;
const isOpen = (item) => item.getAttribute("aria-expanded") === "true";
const isShut = (item) => item.getAttribute("aria-expanded") === "false";

/** Fetch a branch that is not in the page yet. */
async function fetched(item) {
  item.setAttribute("aria-busy", "true");
  try {
    const answer = await send(item.dataset.src, { headers: { Accept: "text/html", "HX-Request": "true" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const group = make("ul", { role: "group", class: "tree__branch" });
    group.append(parsed(await answer.text()));
    item.after(group);
    brought(group);
    return group;
  } catch {
    announce(say("trouble-network"));
    return null;
  } finally {
    item.removeAttribute("aria-busy");
  }
}

async function expand(item) {
  if (!isShut(item) || item.hasAttribute("aria-busy")) return;
  const group = groupOf(item) ?? (item.dataset.src ? await fetched(item) : null);
  if (!group) return;
  group.hidden = false;
  for (const inside of group.querySelectorAll(ITEM)) inside.tabIndex = -1;
  item.setAttribute("aria-expanded", "true");
}

function collapse(item) {
  const group = groupOf(item);
  if (group) group.hidden = true;
  item.setAttribute("aria-expanded", "false");
}

class Tree {
  constructor(root) {
    this.root = root;
    this.typed = "";
    for (const item of root.querySelectorAll(ITEM)) {
      item.tabIndex = -1;
      if (isShut(item) && groupOf(item)) groupOf(item).hidden = true;
    }
    const first = root.querySelector(`${ITEM}[aria-current]`) ?? root.querySelector(ITEM);
    if (first) first.tabIndex = 0;
    root.addEventListener("keydown", (event) => this.key(event));
    root.addEventListener("click", (event) => this.click(event));
    root.addEventListener("focusin", (event) => this.rove(event.target.closest(ITEM)));
    root.addEventListener("htmx:load", (event) => this.grown(event.target));
  }

  get shown() {
    return [...this.root.querySelectorAll(ITEM)].filter((item) => !item.closest("[role=group][hidden]"));
  }

  /** More items were put in where one stood that had the focus: the first of them has it now. */
  grown(node) {
    if (node === this.root) return;
    const items = [...node.querySelectorAll(ITEM)];
    for (const item of items) item.tabIndex = -1;
    if (document.activeElement === document.body) items[0]?.focus();
  }

  rove(item) {
    if (!item) return;
    for (const other of this.root.querySelectorAll(`${ITEM}[tabindex="0"]`)) other.tabIndex = -1;
    item.tabIndex = 0;
  }

  click(event) {
    const item = event.target.closest("[data-twist]")?.closest(ITEM);
    if (!item) return;
    event.preventDefault();
    item.focus();
    if (isOpen(item)) collapse(item);
    else expand(item);
  }

  key(event) {
    const item = event.target.closest(ITEM);
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    const inward = getComputedStyle(this.root).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const outward = inward === "ArrowRight" ? "ArrowLeft" : "ArrowRight";
    if (event.key.length > 1) this.typed = "";
    const next = steppedTo(event.key, this.shown, item);
    if (next) next.focus();
    else if (event.key === inward) this.inward(item);
    else if (event.key === outward) this.outward(item);
    else if (event.key === "Enter") item.click();
    else if (event.key === " ") isOpen(item) ? collapse(item) : expand(item);
    else if (event.key === "*") this.openBeside(item);
    else if (event.key.length === 1) this.jump(event.key, item);
    else return;
    event.preventDefault();
  }

  inward(item) {
    if (isShut(item)) expand(item);
    else if (isOpen(item)) groupOf(item)?.querySelector(ITEM)?.focus();
  }

  outward(item) {
    if (isOpen(item)) collapse(item);
    else parentOf(item)?.focus();
  }

  openBeside(item) {
    const list = item.closest("[role=group], [role=tree]");
    for (const beside of list.querySelectorAll(`:scope > * > ${ITEM}`)) expand(beside);
  }

  /** Go to the next item that begins with what was typed within the last half second. */
  jump(letter, item) {
    clearTimeout(this.forget);
    this.forget = setTimeout(() => (this.typed = ""), 500);
    this.typed += letter.toLowerCase();
    const { shown } = this;
    const from = shown.indexOf(item) + (this.typed.length > 1 ? 0 : 1);
    const inTurn = [...shown.slice(from), ...shown.slice(0, from)];
    inTurn.find((one) => labelOf(one).trim().toLowerCase().startsWith(this.typed))?.focus();
  }
}

attach("[role=tree][data-tree]", (root) => new Tree(root));
