// The sentences that scripts say: written and translated in ui/words.html, never here.

const sentences = new Map();
for (const entry of document.getElementById("words")?.content.querySelectorAll("data") ?? []) {
  sentences.set(entry.value, entry.textContent.trim());
}

/** The sentence by this name, with its {facts} put in. */
export function say(name, facts = {}) {
  const sentence = sentences.get(name) ?? name;
  return sentence.replace(/\{(\w+)\}/g, (whole, fact) => facts[fact] ?? whole);
}

/** What the page's <meta name> says; "" when it says nothing. */
export function meta(name) {
  return document.head.querySelector(`meta[name="${name}"]`)?.content ?? "";
}

const language = document.documentElement.lang || undefined;

/** A moment as "14:20" today, with its day otherwise, in the page's language and time zone. */
export function clock(moment, timeZone = meta("time-zone") || undefined) {
  const date = new Date(moment);
  const day = (one) => one.toLocaleDateString("en-CA", { timeZone });
  const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone };
  if (day(date) === day(new Date())) return date.toLocaleTimeString(language, time);
  return date.toLocaleString(language, { day: "numeric", month: "short", ...time });
}

export const count = (number) => number.toLocaleString(language);
