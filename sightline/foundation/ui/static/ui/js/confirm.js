// Asks before an act: [data-confirm] on a submit button, a form or a link, and hx-confirm.
// The answer says what the button says, or data-confirm-label; it is red where the button is, or
// where data-confirm-danger says that something is lost for good.

import { ask } from "./dialogs.js";
import { say } from "./words.js";

const asked = new WeakSet(); // what was just answered yes and goes on by itself

async function confirmed(asking, pressed = asking, question = asking.dataset.confirm) {
  const { confirmTitle, confirmLabel } = asking.dataset;
  const isGrave = "confirmDanger" in asking.dataset || pressed.classList.contains("button--danger");
  const label = confirmLabel || (pressed.matches("button, a") && pressed.textContent.trim());
  const answer = await ask({
    title: confirmTitle || say("confirm-title"),
    body: [question],
    answers: [
      { label: say("cancel"), value: "" },
      { label: label || say("confirm"), value: "yes", kind: isGrave ? "danger" : "primary" },
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
  if (!(await confirmed(asking, submitter ?? form))) return;
  asked.add(form);
  form.requestSubmit(submitter);
  asked.delete(form);
}

async function onClick(event) {
  const link = event.target.closest?.("a[data-confirm]");
  if (!link || asked.delete(link)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!(await confirmed(link))) return;
  asked.add(link);
  link.click();
}

document.addEventListener("submit", onSubmit, { capture: true });
document.addEventListener("click", onClick, { capture: true });
document.addEventListener("htmx:confirm", async (event) => {
  const { question, issueRequest } = event.detail;
  if (!question) return;
  event.preventDefault();
  if (await confirmed(event.target, event.target, question)) issueRequest(true);
});
