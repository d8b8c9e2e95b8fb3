// How much room is left in a text: [data-counts] with maxlength or data-limit. Silent while there is plenty.

import { attach, idOf, make } from "./elements.js";
import { count, say } from "./words.js";

attach("[data-counts]", (field) => {
  const limit = Number(field.dataset.limit) || field.maxLength;
  if (!(limit > 0)) return;
  let place = document.querySelector(`output[for~="${CSS.escape(idOf(field))}"]`);
  if (!place) {
    place = make("output", { class: "counter", for: field.id });
    field.after(place);
  }
  const show = () => {
    const left = limit - field.value.length;
    place.hidden = left > 0.2 * limit;
    place.classList.toggle("counter--over", left < 0);
    place.value = left < 0 ? say("too-many", { count: count(-left) }) : say("left", { count: count(left) });
  };
  field.addEventListener("input", show);
  show();
});
