// A form is sent once: a double click, or Enter held down, does not send it again.

const SENT = "sent"; // form.dataset

function release(form) {
  delete form.dataset[SENT];
  for (const button of form.querySelectorAll("[data-was-enabled]")) {
    button.disabled = false;
    button.removeAttribute("data-was-enabled");
  }
}

function hold(form) {
  form.dataset[SENT] = "";
  // After the event, so that the button's own name and value are still sent with the form.
  setTimeout(() => {
    if (!(SENT in form.dataset)) return;
    for (const button of form.querySelectorAll("button:not([type=button]), input[type=submit]")) {
      if (button.disabled) continue;
      button.disabled = true;
      button.setAttribute("data-was-enabled", "");
    }
  });
}

const byHtmx = (form) => form.matches("[hx-post], [hx-put], [hx-patch], [hx-delete]");

function isPost(form, submitter) {
  const method = submitter?.getAttribute("formmethod") ?? form.getAttribute("method") ?? "get";
  return method.toLowerCase() === "post" && !form.target && !("repeatable" in form.dataset);
}

function onSubmit(event) {
  const { target: form, submitter } = event;
  if (SENT in form.dataset) {
    event.preventDefault();
    event.stopImmediatePropagation();
  } else if (isPost(form, submitter) && !byHtmx(form)) {
    hold(form);
  }
}

document.addEventListener("submit", onSubmit, { capture: true });
document.addEventListener("htmx:beforeRequest", ({ target }) => {
  if (target instanceof HTMLFormElement && byHtmx(target)) hold(target);
});
document.addEventListener("htmx:afterRequest", ({ target }) => {
  if (target instanceof HTMLFormElement) release(target);
});

window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release);
});
