// Copies of what is typed, in this browser: one for each account, page and form.
// A page is one showing of one tab: reloading begins another.

const PREFIX = "sightline:draft:";
const random = crypto.getRandomValues(new Uint32Array(3));

/** This page's own name. */
export const page = [...random].map((number) => number.toString(36)).join("");

// A lock that lives as long as the page tells other pages that its copies still have an owner.
const lock = `${PREFIX}${page}`;
let isHeld = false;
function hold() {
  if (isHeld || !navigator.locks) return;
  isHeld = true;
  navigator.locks.request(lock, () => new Promise(() => {}));
}

const nameOf = (account, owner, key) => `${PREFIX}${account}:${owner}:${key}`;

/** Keep this page's copy; false when the browser has no room. */
export function keep(account, key, copy) {
  hold();
  try {
    localStorage.setItem(nameOf(account, page, key), JSON.stringify(copy));
    return true;
  } catch {
    return false;
  }
}

export function drop(account, key, owner = page) {
  localStorage.removeItem(nameOf(account, owner, key));
}

function* every(account) {
  for (const name of Object.keys(localStorage)) {
    if (!name.startsWith(`${PREFIX}${account}:`)) continue;
    const [owner, ...key] = name.slice(PREFIX.length + account.length + 1).split(":");
    try {
      yield { name, owner, key: key.join(":"), ...JSON.parse(localStorage.getItem(name)) };
    } catch {
      localStorage.removeItem(name); // not ours, or broken off in the middle
    }
  }
}

/** Which pages are still open. Without locks (plain http): those that wrote within ten seconds. */
async function living(copies) {
  if (!navigator.locks) {
    return new Set(copies.filter(({ at }) => Date.now() - at < 10_000).map(({ owner }) => owner));
  }
  const { held } = await navigator.locks.query();
  return new Set(held.map(({ name }) => name.slice(PREFIX.length)));
}

/** Copies of this form that pages now closed have left, newest first. */
export async function left(account, key) {
  const copies = [...every(account)].filter((copy) => copy.key === key && copy.owner !== page);
  const alive = await living(copies);
  return copies.filter(({ owner }) => !alive.has(owner)).sort((a, b) => b.at - a.at);
}

/** Forget, on signing out, the copies that the server has too. */
export function wipeSaved(account) {
  for (const { name, state } of [...every(account)]) {
    if (state === "saved") localStorage.removeItem(name);
  }
}
