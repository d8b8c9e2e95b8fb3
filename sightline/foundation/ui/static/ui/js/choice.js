// Two pages wrote the same form: shows both texts and asks which shall stand. Never merges.

import { compared } from "./differences.js";
import { ask } from "./dialogs.js";
import { make } from "./elements.js";
import { labelOf } from "./fields.js";
import { clock, say } from "./words.js";

const text = (values) => (values ?? []).join(", ");

function version(heading, mine, other) {
  const marked = compared(mine, other).map(({ word, differs }) => (differs && word.trim() ? make("mark", {}, word) : word));
  return make("div", { class: "versions__one" }, make("h4", { class: "meta" }, heading), make("p", { class: "versions__text", tabindex: "0" }, ...marked));
}

function difference(form, name, mine, other, headings) {
  return make(
    "section",
    {},
    make("h3", {}, labelOf(form, name)),
    make("div", { class: "versions" }, version(headings.mine, mine, other), version(headings.other, other, mine)),
  );
}

/** Ask which text shall stand: "mine", "other", or "" for later. */
export function choose(form, mine, { fields, saved_at: savedAt }) {
  const isGone = Object.keys(fields).length === 0;
  const headings = { mine: say("version-mine"), other: say("version-other", { time: clock(savedAt) }) };
  const names = Object.keys({ ...mine, ...fields }).filter((name) => text(mine[name]) !== text(fields[name]));
  const shown = names.filter((name) => {
    const field = form.elements.namedItem(name);
    return field && !("autosaveKeep" in (field.dataset ?? {})); // it belongs to what was typed beside it
  });
  return ask({
    name: "versions",
    unasked: true,
    title: say(isGone ? "gone-title" : "conflict-title"),
    body: [
      make("p", {}, say(isGone ? "gone" : "conflict", { time: clock(savedAt) })),
      ...shown.map((name) => difference(form, name, text(mine[name]), text(fields[name]), headings)),
    ],
    answers: [
      { label: say("keep-mine"), value: "mine", kind: "primary" },
      { label: say(isGone ? "clear-mine" : "take-other"), value: "other", kind: "" },
      { label: say("later"), value: "", kind: "" },
    ],
    wide: true,
  });
}
