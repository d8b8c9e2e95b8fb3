// Says aloud, to screen readers, what the eye sees change.

import { make } from "./elements.js";

function region() {
  const found = document.getElementById("announcements");
  if (found) return found;
  const made = make("div", { id: "announcements", class: "unseen", role: "status" });
  made.setAttribute("aria-live", "polite");
  document.body.append(made);
  return made;
}

region();

/** Say a sentence once; the same sentence again is said again. */
export function announce(sentence) {
  const place = region();
  place.replaceChildren();
  setTimeout(() => place.replaceChildren(sentence), 50);
}
