// Progress of long work: [data-polls] replaces itself with the answer until the answer polls no more.

import { announce } from "./announce.js";
import { attach, brought, parsed } from "./elements.js";
import { Away, send, SignedOut } from "./requests.js";
import { signedOut } from "./session.js";

const MOST_SECONDS = 30;

const seen = () =>
  document.hidden
    ? new Promise((go) => document.addEventListener("visibilitychange", go, { once: true }))
    : Promise.resolve();
const after = (seconds) => new Promise((go) => setTimeout(go, 1000 * seconds));

async function answered(address) {
  const answer = await send(address, { headers: { Accept: "text/html", "HX-Request": "true" } });
  return answer.ok ? parsed(await answer.text()).firstElementChild : null;
}

async function poll(element) {
  const pace = Number(element.dataset.pollsEvery) || 1;
  let wait = pace;
  while (element.isConnected) {
    await after(wait);
    await seen();
    try {
      const next = await answered(element.dataset.polls);
      if (!element.isConnected) return;
      if (next) {
        element.replaceWith(next);
        brought(next); // attaches anew while it still has data-polls
        if (!next.matches("[data-polls]")) announce(next.textContent.trim().slice(0, 200));
      }
      return;
    } catch (error) {
      if (error instanceof SignedOut) return void signedOut(error.reason);
      if (!(error instanceof Away)) throw error;
      wait = Math.min(2 * wait, MOST_SECONDS);
    }
  }
}

attach("[data-polls]", poll);
