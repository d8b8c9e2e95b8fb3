// The map of a draft, changed in place. Adds to links and forms that work without it:
//
//   [data-map]                    the map with its desk, swapped whole by htmx after each act
//   a[data-map-way-in]            chooses an objective, or a perspective that gets one: brings the map only
//   a[data-box="12"][data-place]  an objective; dragged with a mouse, moved by arrow keys once it is chosen
//   g[data-band="3"]              a perspective, into which a box is dropped
//   form[data-map-ways]           the buttons that the arrow keys press
//   button[data-map-pick="…"]     the next box that is pressed is what the chosen one drives; its sentence is said

import { announce } from "../../ui/js/announce.js";
import { attach } from "../../ui/js/elements.js";

const NEAR = 6; // pixels that a pointer may shake without dragging
// The map reads from left to right in every language, so that keys and places go together.
const WAYS = { ArrowLeft: "earlier", ArrowRight: "later", ArrowUp: "up", ArrowDown: "down" };

const request = (map, verb, path, values = {}) =>
  window.htmx.ajax(verb, path, { source: map, target: map, swap: "outerHTML show:none", values });

// ── Choosing ─────────────────────────────────────────────────────────────────────────────────

function pickFor(map, box) {
  const form = map.querySelector("[data-map-drives]");
  const select = form.querySelector("select");
  select.value = box.dataset.box;
  if (select.value) form.requestSubmit();
}

function setPicking(map, on) {
  const button = map.querySelector("[data-map-pick]");
  if (!button) return;
  map.toggleAttribute("data-picking", on);
  button.setAttribute("aria-pressed", String(on));
  if (on) announce(button.dataset.mapPick);
}

function onClick(map, event) {
  const link = event.target.closest("a[data-map-way-in]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  if (map.dataset.dragged !== undefined) {
    delete map.dataset.dragged;
  } else if (map.hasAttribute("data-picking") && link.dataset.box) {
    setPicking(map, false);
    pickFor(map, link);
  } else {
    request(map, "GET", link.getAttribute("href").split("#")[0]);
  }
}

function onKey(map, event) {
  if (event.key === "Escape") setPicking(map, false);
  const box = event.target.closest?.("a[data-box][aria-current]");
  const way = box && !event.altKey && !event.ctrlKey && !event.metaKey && WAYS[event.key];
  if (!way) return;
  event.preventDefault();
  map.querySelector(`[data-map-ways] [value="${way}"]`)?.click();
}

// ── Dragging ─────────────────────────────────────────────────────────────────────────────────

/** Where a box would come to stand: in which perspective, before which other box of it. */
function spotAt(svg, held, x, y) {
  const inside = (rect) => y >= rect.top && y <= rect.bottom;
  const band = [...svg.querySelectorAll("[data-band]")].find((one) =>
    inside(one.firstElementChild.getBoundingClientRect()),
  );
  if (!band) return null;
  const room = band.firstElementChild.getBoundingClientRect();
  const boxes = [...svg.querySelectorAll("a[data-box]")].filter((one) => {
    const { top, bottom } = one.getBoundingClientRect();
    return one !== held && (top + bottom) / 2 >= room.top && (top + bottom) / 2 <= room.bottom;
  });
  const before = boxes.find((one) => {
    const rect = one.getBoundingClientRect();
    if (svg.matches(".map--narrow")) return y < (rect.top + rect.bottom) / 2;
    return y < rect.top || (y <= rect.bottom + 13 && x < (rect.left + rect.right) / 2);
  });
  return { band, before };
}

function mark(svg, spot) {
  svg.querySelectorAll(".map__perspective--there, .map__objective--there").forEach((one) => {
    one.classList.remove("map__perspective--there", "map__objective--there");
  });
  spot?.band.classList.add("map__perspective--there");
  spot?.before?.classList.add("map__objective--there");
}

function drag(map, box, start) {
  const svg = box.ownerSVGElement;
  const scale = svg.viewBox.baseVal.width / svg.getBoundingClientRect().width;
  let spot = null;
  let moving = false;

  function move(event) {
    const [dx, dy] = [event.clientX - start.clientX, event.clientY - start.clientY];
    if (!moving && Math.hypot(dx, dy) < NEAR) return;
    moving = true;
    box.classList.add("map__objective--held");
    box.setAttribute("transform", `translate(${dx * scale} ${dy * scale})`);
    spot = spotAt(svg, box, event.clientX, event.clientY);
    mark(svg, spot);
  }

  function end(drop) {
    document.removeEventListener("pointermove", move);
    document.removeEventListener("pointerup", up);
    document.removeEventListener("pointercancel", cancel);
    document.removeEventListener("keydown", key, true);
    box.classList.remove("map__objective--held");
    box.removeAttribute("transform");
    mark(svg, null);
    if (!moving) return;
    map.dataset.dragged = "";
    setTimeout(() => delete map.dataset.dragged); // the click that a browser may send after a drag
    if (!drop || !spot) return;
    const values = { perspective: spot.band.dataset.band, before: spot.before?.dataset.box ?? "" };
    request(map, "POST", box.dataset.place, values);
  }

  const up = () => end(true);
  const cancel = () => end(false);
  const key = (event) => {
    if (event.key === "Escape") end(false);
  };
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", up);
  document.addEventListener("pointercancel", cancel);
  document.addEventListener("keydown", key, true);
}

// ── The map ──────────────────────────────────────────────────────────────────────────────────

let focused = ""; // which element of the map had the focus when it was asked for anew

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  const at = document.activeElement;
  focused = detail.target?.id === "map" && detail.target.contains(at) ? at.id : "";
});
document.addEventListener("htmx:afterSettle", () => {
  const at = document.activeElement;
  if (focused && (!at || at === document.body)) {
    document.getElementById(focused)?.focus({ preventScroll: true });
  }
  focused = "";
});

attach("[data-map]", (map) => {
  const pick = map.querySelector("[data-map-pick]");
  if (pick) pick.hidden = false;
  pick?.addEventListener("click", () => setPicking(map, !map.hasAttribute("data-picking")));
  map.addEventListener("click", (event) => onClick(map, event));
  map.addEventListener("keydown", (event) => onKey(map, event));
  map.addEventListener("dragstart", (event) => event.preventDefault());
  map.addEventListener("pointerdown", (event) => {
    const box = event.target.closest("a[data-box]");
    if (!box || event.button || event.pointerType === "touch") return;
    if (!map.hasAttribute("data-picking")) drag(map, box, event);
  });
});
