// Keeps what is typed in form[data-autosave]: in this browser at once, on the server within two seconds.
// The rules are told in the README of sightline/foundation/drafts.

import { announce } from "./announce.js";
import { choose } from "./choice.js";
import * as copies from "./copies.js";
import { attach, make } from "./elements.js";
import { fieldsOf, fill, same, sizeOf } from "./fields.js";
import { Away, send, SignedOut } from "./requests.js";
import { account, onSignedIn, signedOut } from "./session.js";
import { clock, say } from "./words.js";

const PAUSE = 800; // after the last key
const LONGEST = 1500; // after the first key that was not sent; with the way there, within 2 s
const FIRST_RETRY = 1000;
const LAST_RETRY = 30_000;
const KEEPALIVE_BYTES = 60_000; // browsers take 64 kB from a page that goes away
const OFTEN_BYTES = 200_000; // longer texts are copied in this browser only when typing pauses

class Autosave {
  constructor(form) {
    this.form = form;
    this.key = form.dataset.autosave;
    this.address = form.dataset.autosaveUrl;
    this.version = Number(form.dataset.autosaveVersion) || 0;
    this.place = form.querySelector("[data-autosave-state]") ?? this.madePlace();
    this.writer = copies.page;
    this.turn = 0; // counts what this page sends, so that a late arrival is known as such
    this.known = "autosaveTyped" in form.dataset ? {} : fieldsOf(form); // what the server has
    this.state = "";
    this.listen();
    this.recover().then(() => this.typed());
  }

  madePlace() {
    const place = make("p", { class: "saved", "data-autosave-state": true });
    this.form.append(place);
    return place;
  }

  listen() {
    const { form } = this;
    form.addEventListener("input", () => this.typed());
    form.addEventListener("change", () => this.typed());
    form.addEventListener("submit", (event) => this.submitted(event));
    form.addEventListener("htmx:afterRequest", (event) => this.answered(event));
    window.addEventListener("online", () => this.try());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.flush() : this.try()));
    window.addEventListener("pagehide", () => this.flush());
    window.addEventListener("pageshow", (event) => event.persisted && this.shownAgain());
    document.addEventListener("leaving-to-sign-in", () => (this.state = "ended"));
    window.addEventListener("beforeunload", (event) => this.guard(event));
    onSignedIn(() => this.try());
  }

  get fields() {
    return fieldsOf(this.form);
  }

  get isDirty() {
    return this.form.isConnected && !this.isSubmitted && !same(this.fields, this.known);
  }

  // ── Typing ────────────────────────────────────────────────────────────────────────────────

  typed() {
    this.isSubmitted = false;
    if (!this.isDirty) {
      if (this.isCopied) this.copy("saved"); // typed, and taken back
      return;
    }
    this.firstUnsent ??= Date.now();
    this.copySoon();
    this.schedule(Math.max(0, Math.min(PAUSE, this.firstUnsent + LONGEST - Date.now())));
  }

  copySoon() {
    clearTimeout(this.copying);
    if (sizeOf(this.fields) < OFTEN_BYTES) this.copyUnsaved();
    else this.copying = setTimeout(() => this.isDirty && this.copyUnsaved(), 250);
  }

  copyUnsaved() {
    this.copy(this.state === "ended" ? "ended" : "unsaved");
  }

  /** Keep a copy in this browser; its state says what the server knows of it. */
  copy(state, fields = this.fields) {
    this.isCopied = copies.keep(account, this.key, { fields, version: this.version, at: Date.now(), state });
    if (!this.isCopied && state !== "saved") this.show("full", say("saved-full"));
  }

  schedule(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), wait);
  }

  /** Send now what waits for the server to be back. */
  try() {
    if (this.isDirty && !document.hidden) this.schedule(0);
  }

  // ── Sending ───────────────────────────────────────────────────────────────────────────────

  async send({ replaces = false } = {}) {
    if (this.sending || !this.isDirty) return;
    const { fields } = this;
    if (this.limit && sizeOf(fields) > this.limit) return;
    this.sending = new AbortController();
    this.firstUnsent = undefined;
    if (!["away", "conflict"].includes(this.state)) this.show("saving", say("saving"));
    try {
      const answer = await this.put(fields, { replaces, signal: this.sending.signal });
      await this.take(answer, fields);
    } catch (error) {
      this.failed(error);
    } finally {
      this.sending = null;
    }
    if (this.isDirty && this.state === "saved") this.schedule(PAUSE);
  }

  put(fields, { replaces = false, ...options }) {
    const title = document.querySelector("h1")?.textContent.trim() ?? document.title;
    const body = JSON.stringify({
      account: Number(account),
      page: this.writer,
      turn: (this.turn += 1),
      version: this.version,
      fields,
      replaces,
      title,
      place: location.pathname + location.search,
    });
    const headers = { "Content-Type": "application/json" };
    return send(this.address, { method: "PUT", headers, body, ...options });
  }

  async take(answer, fields) {
    const said = await answer.json().catch(() => ({}));
    this.retry = FIRST_RETRY;
    if (answer.ok) {
      this.saved(said, fields);
    } else if (answer.status === 409) {
      await this.conflict(said);
    } else {
      this.limit = said.limit;
      this.show("large", said.sentence ?? say("saved-refused"));
    }
  }

  saved({ version, saved_at: savedAt }, fields) {
    this.version = Math.max(this.version, version); // two answers may come in either order
    this.known = fields;
    this.limit = undefined;
    this.copy(same(fields, this.fields) ? "saved" : "unsaved");
    this.show("saved", say("saved", { time: clock(savedAt) }));
  }

  failed(error) {
    if (error.name === "AbortError") return;
    if (error instanceof SignedOut) {
      this.show("ended", say(error.reason === "other account" ? "saved-other" : "saved-ended"));
      this.copy("ended");
      signedOut(error.reason, { again: false });
    } else if (error instanceof Away) {
      this.show(this.isCopied ? "away" : "full", say(this.isCopied ? "saved-away" : "saved-nowhere"));
      this.schedule(this.retry ?? FIRST_RETRY);
      this.retry = Math.min(2 * (this.retry ?? FIRST_RETRY), LAST_RETRY);
    } else {
      throw error;
    }
  }

  /** The page may go: send what waits, without waiting for the answer. */
  flush() {
    if (!this.isDirty) return;
    this.copyUnsaved();
    if (this.state === "ended" || sizeOf(this.fields) > KEEPALIVE_BYTES) return;
    const { fields } = this;
    this.put(fields, { keepalive: true })
      .then((answer) => this.take(answer, fields))
      .catch(() => {}); // the copy stays, and is offered when the page is opened again
  }

  // ── Two pages ─────────────────────────────────────────────────────────────────────────────

  async conflict(other) {
    if (Object.keys(other.fields).length === 0 && this.wasSubmitted) {
      this.version = other.version; // emptied by this very page's sending: a new text begins
      this.wasSubmitted = false;
      this.show("saved", "");
      this.schedule(0);
      return;
    }
    const isNew = this.other?.version !== other.version;
    this.other = other;
    const button = make("button", { type: "button", class: "button button--small" }, say("compare"));
    button.addEventListener("click", () => this.decide());
    this.show("conflict", say("saved-conflict"), button);
    if (isNew) this.decide(); // once for each text; not awaited: what is typed meanwhile is still sent, and set aside
  }

  async decide() {
    if (this.isDeciding) return;
    this.isDeciding = true;
    const { other } = this; // the text that was shown; should a newer one have come, it is asked again
    const answer = await choose(this.form, this.fields, other);
    this.isDeciding = false;
    if (!answer) return;
    this.version = other.version;
    this.known = other.fields;
    this.other = null;
    this.show("saving", "");
    if (answer === "mine") {
      await this.send({ replaces: true });
    } else {
      this.takeOther(other);
    }
  }

  takeOther({ fields }) {
    const empty = Object.fromEntries(Object.keys(this.fields).map((name) => [name, [""]]));
    fill(this.form, Object.keys(fields).length ? fields : empty);
    clearTimeout(this.timer);
    this.known = this.fields;
    this.writer += "+"; // what it writes from now on is another text than the one set aside
    copies.drop(account, this.key);
    this.show("saved", say("set-aside"));
  }

  // ── Sending the form itself ───────────────────────────────────────────────────────────────

  submitted(event) {
    if (event.defaultPrevented && !event.target.matches("[hx-post], [hx-put], [hx-patch]")) return;
    clearTimeout(this.timer);
    this.sending?.abort(); // so that it does not come after the form, and bring the draft back
    if (event.submitter && "discards" in event.submitter.dataset) copies.drop(account, this.key);
    else this.copy("sent");
    this.isSubmitted = true;
    this.wasSubmitted = true;
  }

  answered({ target, detail }) {
    if (target !== this.form || detail.requestConfig.verb === "get") return;
    this.isSubmitted = false;
    if (detail.successful) {
      this.known = this.fields;
      copies.drop(account, this.key);
      this.show("saved", "");
    } else {
      this.copy("unsaved");
      this.try();
    }
  }

  shownAgain() {
    this.isSubmitted = false;
    this.try();
  }

  /** Ask before leaving only when the text is kept nowhere. */
  guard(event) {
    if (this.isDirty && !this.isCopied) event.preventDefault();
  }

  // ── Coming back ───────────────────────────────────────────────────────────────────────────

  /** Look for what pages now closed have left: drop what the server has, bring back or offer the rest. */
  async recover() {
    for (const copy of await copies.left(account, this.key)) {
      if (this.isKnown(copy)) {
        copies.drop(account, this.key, copy.owner);
      } else if (copy.state !== "unsaved" && copy.version === this.version && same(this.fields, this.known)) {
        this.restore(copy); // an ended sign-in or a form that did not arrive: nobody wrote since
        this.offer("restored-here", copy, []);
      } else {
        this.offerRestore(copy);
        return; // one question at a time; the next when the page is opened again
      }
    }
  }

  isKnown({ state, version, fields }) {
    if (same(fields, this.fields) || state === "saved") return true;
    return state === "sent" && this.version > version;
  }

  restore(copy) {
    fill(this.form, { ...this.fields, ...copy.fields });
    copies.drop(account, this.key, copy.owner);
  }

  offerRestore(copy) {
    this.offer(copy.version === this.version ? "newer-here" : "other-here", copy, [
      ["restore", () => this.restore(copy)],
      ["discard", () => copies.drop(account, this.key, copy.owner)],
    ]);
  }

  offer(sentence, copy, actions) {
    const note = make("div", { class: "note", role: "group", "data-autosave-offer": true }, make("span", { class: "note__text" }, say(sentence, { time: clock(copy.at) })));
    for (const [name, act] of actions) {
      const button = make("button", { type: "button", class: "button button--small" }, say(name));
      button.addEventListener("click", () => {
        act();
        note.remove();
      });
      note.append(button);
    }
    this.form.prepend(note);
    announce(note.firstChild.textContent);
  }

  // ── Saying ────────────────────────────────────────────────────────────────────────────────

  /** Show a state beside the field; say it aloud when it is news, not at every save. */
  show(state, sentence, ...rest) {
    const isNews = state !== this.state && state !== "saving" && !(state === "saved" && this.state === "saving");
    this.state = state;
    this.place.dataset.state = state;
    this.place.replaceChildren(sentence, ...rest);
    if (isNews && sentence) announce(sentence);
  }
}

if (account) attach("form[data-autosave]", (form) => new Autosave(form));

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-sign-out]")) copies.wipeSaved(account);
});
