// An ended sign-in: says so once, keeps the page as it is, and goes on when the person is back.

import { ask } from "./dialogs.js";
import { make } from "./elements.js";
import { meta, say } from "./words.js";

export const account = meta("account");

const channel = "BroadcastChannel" in window ? new BroadcastChannel("sightline") : null;
const backs = new Set();
let asking = null;
let isPutOff = false;

/** Run when the same person has signed in again in another tab. */
export function onSignedIn(act) {
  backs.add(act);
}

/** Say that the sign-in has ended; unless `again`, not once more after the person put it off. */
export async function signedOut(reason = "signed out", { again = true } = {}) {
  if (asking || (isPutOff && !again)) return;
  const other = reason === "other account";
  const link = make(
    "a",
    { class: "button button--primary", href: signIn("/"), target: "_blank", rel: "opener" },
    say("sign-in-new-tab"),
  );
  asking = ask({
    name: "sign-in",
    unasked: true,
    title: say(other ? "other-account-title" : "signed-out-title"),
    body: [make("p", {}, say(other ? "other-account" : "signed-out")), make("p", {}, link)],
    answers: [
      { label: say("sign-in-here"), value: "here", kind: "" },
      { label: say("later"), value: "" },
    ],
  });
  const answer = await asking;
  asking = null;
  isPutOff = answer !== "here";
  if (answer === "here") {
    document.dispatchEvent(new Event("leaving-to-sign-in"));
    location.assign(signIn(location.pathname + location.search));
  }
}

function signIn(next) {
  return `${meta("sign-in")}?next=${encodeURIComponent(next)}`;
}

function back() {
  isPutOff = false;
  document.querySelector("dialog[data-asks=sign-in]")?.close();
  for (const act of backs) act();
}

channel?.addEventListener("message", ({ data }) => {
  if (account && data.account === account) back();
});
if (account) channel?.postMessage({ account });
