"""What people do about a decision: each a form or a button, an action, and back to the decision."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sightline.decisions import policies
from sightline.decisions.actions import carrying_out, deciding, proposing
from sightline.decisions.actions.holding import refuse_way
from sightline.decisions.forms.decisions import ReasonForm, ReplyForm, ThrowAwayForm, WordsForm
from sightline.decisions.models import Decision
from sightline.decisions.queries import cases
from sightline.decisions.queries import decisions as queries
from sightline.decisions.rules import stages
from sightline.decisions.shown import checks_shown
from sightline.decisions.views.decisions import seen, title_of
from sightline.foundation.access.decisions import Decision as Answer
from sightline.foundation.access.decisions import require
from sightline.foundation.ui.acting import led_away
from sightline.people.forms.employees import ViewerForm
from sightline.people.viewer import Viewer, ViewerRequest
from sightline.people.views.acting import answer, carried_out

Act = Callable[[Decision, dict[str, Any]], object]


def _act(
    request: ViewerRequest,
    decision: Decision,
    form_class: type[ViewerForm],
    act: Act,
    *,
    allowed: Answer,
    title: str,
    done: str,
    note: str = "",
    facts: dict[str, Any] | None = None,
    read: Iterable[str] = (),
    to: str = "",
) -> HttpResponse:
    """One form about one decision: shown, refused, or carried out and back to its page.

    `facts` is more than words of what it is about, as people/act.html takes it; `read` is what of
    it may change while the page is open, though nobody does anything about the decision; `to` is
    the stage that the act leads to.
    """
    require(allowed)
    page = reverse("decisions:decision", args=[decision.pk])
    if to and (away := led_away(request, lambda: refuse_way(decision, to), page)):
        return away
    stands = queries.as_it_stands(decision, *read)
    form = form_class(request.POST or None, viewer=request.viewer, stands=stands)
    if carried_out(request, form, lambda: act(decision, form.cleaned_data)):
        messages.success(request, done)
        return redirect(page)
    context = {
        "title": title,
        "submit": title,
        "subject": title_of(decision),
        "subject_url": page,
        "note": note,
        **(facts or {}),
    }
    return answer(request, "people/act.html", form, context)


def _with_reason(
    request: ViewerRequest,
    decision_id: int,
    act: Callable[..., object],
    may: Callable[[Viewer, Decision], Answer],
    **words: Any,
) -> HttpResponse:
    """An act that wants its reason and nothing else."""
    decision, _proposal = seen(request, decision_id)
    return _act(
        request,
        decision,
        ReasonForm,
        lambda one, said: act(by=request.viewer, decision=one, reason=said["reason"]),
        allowed=may(request.viewer, decision),
        **words,
    )


def checking(request: ViewerRequest, decision_id: int) -> HttpResponse:
    """HR confirms the checks, which stand above the form as they are found now."""
    decision, proposal = seen(request, decision_id)
    rights = policies.rights_on(request.viewer, decision)
    require(rights.check)
    needs, found = cases.findings_of(request.viewer, proposal)
    shown = checks_shown(found, reads_pay=rights.reads_amounts)
    return _act(
        request,
        decision,
        WordsForm,
        lambda one, said: proposing.check_proposal(
            by=request.viewer, decision=one, words=said["words"]
        ),
        allowed=rights.check,
        title=_("Confirm the checks"),
        done=_("Checked. Pass it to the person next."),
        note=_("All checks are made anew. Once approved, the change is carried out in your name."),
        facts={
            "facts": "decisions/checks.html",
            "checks": shown,
            "policy_version": needs.version,
        },
        to=stages.CHECKED,
        read=[str(needs.version), *(f"{one.word}: {one.sentence}" for one in shown)],
    )


@require_POST
def passing(request: ViewerRequest, decision_id: int) -> HttpResponse:
    """Let the person read the proposal and reply."""
    decision, _proposal = seen(request, decision_id)
    proposing.pass_to_person(by=request.viewer, decision=decision)
    messages.success(request, _("Passed on. The person may read it and reply."))
    return redirect("decisions:decision", decision.pk)


def reply(request: ViewerRequest, decision_id: int) -> HttpResponse:
    """The person says what he thinks of it."""
    decision, _proposal = seen(request, decision_id)
    return _act(
        request,
        decision,
        ReplyForm,
        lambda one, said: deciding.reply_to_proposal(
            by=request.viewer, decision=one, stance=said["stance"], words=said["words"]
        ),
        allowed=policies.may_reply(request.viewer, decision),
        title=_("Reply"),
        done=_("Your reply stands with the decision."),
    )


def approval(request: ViewerRequest, decision_id: int) -> HttpResponse:
    """The second person approves."""
    return _with_reason(
        request,
        decision_id,
        deciding.approve,
        policies.may_approve,
        to=stages.APPROVED,
        title=_("Approve"),
        done=_("Approved. It takes effect on its day."),
        note=_("You answer for this decision by name."),
    )


def rejection(request: ViewerRequest, decision_id: int) -> HttpResponse:
    """The second person says no."""
    return _with_reason(
        request,
        decision_id,
        deciding.reject,
        policies.may_approve,
        to=stages.REJECTED,
        title=_("Reject"),
        done=_("Rejected. The decision ends here."),
    )


def returning(request: ViewerRequest, decision_id: int) -> HttpResponse:
    """Sent back, to be written anew."""
    return _with_reason(
        request,
        decision_id,
        deciding.send_back,
        policies.may_send_back,
        title=_("Send back"),
        done=_("Sent back to the proposer."),
        note=_("What was sent stays readable; the proposer writes a new version."),
    )


def withdrawal(request: ViewerRequest, decision_id: int) -> HttpResponse:
    """Taken back before it is carried out; a draft, which nobody else has read, without a word."""
    decision, _proposal = seen(request, decision_id)
    is_draft = decision.stage == stages.DRAFT
    return _act(
        request,
        decision,
        ThrowAwayForm if is_draft else ReasonForm,
        lambda one, said: deciding.withdraw(
            by=request.viewer, decision=one, reason=said.get("reason", "")
        ),
        allowed=policies.may_withdraw(request.viewer, decision),
        to=stages.WITHDRAWN,
        title=_("Throw the draft away") if is_draft else _("Withdraw"),
        done=_("The draft is thrown away.") if is_draft else _("Withdrawn."),
        note=_("Nobody else has read it, and nobody is told.") if is_draft else "",
    )


@require_POST
def execution(request: ViewerRequest, decision_id: int) -> HttpResponse:
    """HR carries out by hand what the house could not."""
    decision, _proposal = seen(request, decision_id)
    carrying_out.carry_out(by=request.viewer, decision=decision)
    messages.success(request, _("Carried out."))
    return redirect("decisions:decision", decision.pk)
