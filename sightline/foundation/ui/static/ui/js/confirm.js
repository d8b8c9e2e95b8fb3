// Asks before a grave act: [data-confirm] on a submit button, a form or a link, and hx-confirm.

import { ask } from "./dialogs.js";
import { say } from "./words.js";

const asked = new WeakSet(); // what was just answered yes and goes on by itself

async function confirmed({ confirm, confirmTitle, confirmLabel }) {
  const answer = await ask({
    title: confirmTitle || say("confirm-title"),
    body: [confirm],
    answers: [
      { label: say("cancel"), value: "" },
      { label: confirmLabel || say("confirm"), value: "yes", kind: "danger" },
    ],
  });
  return answer === "yes";
}

async function onSubmit(event) {
  const { target: form, submitter } = event;
  const asking = [submitter, form].find((element) => element?.dataset.confirm);
  if (!asking || asked.delete(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!(await confirmed(asking.dataset))) return;
  asked.add(form);
  form.requestSubmit(submitter);
  asked.delete(form);
}

async function onClick(event) {
  const link = event.target.closest?.("a[data-confirm]");
  if (!link || asked.delete(link)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!(await confirmed(link.dataset))) return;
  asked.add(link);
  link.click();
}

document.addEventListener("submit", onSubmit, { capture: true });
document.addEventListener("click", onClick, { capture: true });
document.addEventListener("htmx:confirm", async (event) => {
  const { question, issueRequest } = event.detail;
  if (!question) return;
  event.preventDefault();
  if (await confirmed({ ...event.target.dataset, confirm: question })) issueRequest(true);
});
