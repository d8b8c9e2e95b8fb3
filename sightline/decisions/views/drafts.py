"""Writing a proposal: whom and what, the words, the evidence."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from sightline.decisions import policies
from sightline.decisions.actions import drafting, proposing
from sightline.decisions.forms.decisions import BeginForm, DraftForm, EvidenceFilter
from sightline.decisions.models import Decision, Proposal
from sightline.decisions.queries import cases, evidence
from sightline.decisions.queries import decisions as queries
from sightline.decisions.shown import checks_shown, evidence_shown, unread_words
from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.people.models import Employee
from sightline.people.queries.people import employees_seen_by
from sightline.people.viewer import ViewerRequest
from sightline.people.views.acting import answer, carried_out

EVIDENCE_SHOWN = 100

ABOUT = ("employee", "kind")
"""What the address of a new proposal names."""


def begin(request: ViewerRequest) -> HttpResponse:
    """Begin a proposal about somebody."""
    asked = _asked_for(request)
    require(
        policies.may_propose(request.viewer, asked)
        if asked
        else policies.may_propose_somewhere(request.viewer)
    )
    initial = {"employee": asked, "kind": request.GET.get("kind", "")}
    form = BeginForm(request.POST or None, viewer=request.viewer, initial=initial)
    begun: list[Decision] = []

    def act() -> None:
        values = form.cleaned_data
        begun.append(
            drafting.begin_decision(
                by=request.viewer, employee=values["employee"], kind=values["kind"]
            )
        )

    if carried_out(request, form, act, parts=ABOUT):
        return redirect("decisions:draft", begun[0].pk)
    context = {
        "title": _("Propose a decision"),
        "submit": _("Begin a draft"),
        "subject_url": reverse("decisions:decisions"),
        "note": _("You alone read the draft until you send it."),
    }
    return answer(request, "people/act.html", form, context, parts=ABOUT)


def _asked_for(request: ViewerRequest) -> Employee | None:
    asked = request.GET.get("employee", "")
    is_key = asked.isdecimal() and len(asked) < 16
    return employees_seen_by(request.viewer).filter(pk=int(asked)).first() if is_key else None


def _writable(request: ViewerRequest, decision_id: int) -> tuple[Proposal, policies.Rights]:
    """The newest version of a decision, when the viewer may write it."""
    proposal: Proposal = found_or_404(queries.proposal_seen_by(request.viewer, decision_id))
    rights = policies.rights_on(request.viewer, proposal.decision)
    require(rights.write)
    return proposal, rights


def draft(request: ViewerRequest, decision_id: int) -> HttpResponse:
    """Write what is proposed; keep it, or send it."""
    proposal, rights = _writable(request, decision_id)
    decision, reads_pay = proposal.decision, rights.reads_amounts
    currency = (getattr(proposal, "pay_before_currency", "") or "") if reads_pay else ""
    form = DraftForm(
        request.POST or None,
        viewer=request.viewer,
        kind=decision.kind,
        reads_pay=reads_pay,
        initial=DraftForm.initial_of(proposal, currency),
        stands=queries.draft_as_it_stands(proposal),
    )
    sends = "send" in request.POST
    act = proposing.propose_as_written if sends else drafting.write_proposal

    if carried_out(
        request, form, lambda: act(by=request.viewer, decision=decision, terms=form.terms)
    ):
        if sends:
            messages.success(request, _("Proposed. HR checks it next."))
            return redirect("decisions:decision", decision.pk)
        messages.success(request, _("Kept as a draft."))
        return redirect("decisions:draft", decision.pk)
    rows = evidence.picked_for(proposal)
    context = {
        "decision": decision,
        "proposal": proposal,
        "evidence": evidence_shown(request.viewer, decision, rows),
        "returned": queries.returned_with(decision),
        "may_withdraw": rights.withdraw,
    }
    return answer(request, "decisions/draft.html", form, context)


def checks(request: ViewerRequest, decision_id: int) -> HttpResponse:
    """What the checks say of a draft as it is kept: a page, and a part of the draft's."""
    proposal, rights = _writable(request, decision_id)
    needs, found = cases.findings_of(request.viewer, proposal)
    context = {
        "decision": proposal.decision,
        "checks": checks_shown(found, reads_pay=rights.reads_amounts),
        "policy_version": needs.version,
    }
    part = "#part" if request.headers.get("HX-Request") else ""
    return render(request, f"decisions/draft_checks.html{part}", context)


def pick_evidence(request: ViewerRequest, decision_id: int) -> HttpResponse:
    """Choose records of the ledger that the proposal rests on."""
    proposal, _rights = _writable(request, decision_id)
    decision = proposal.decision
    filters = EvidenceFilter(request.GET)
    if request.method == "POST":
        return _pick(request, decision)
    found = evidence.pickable(request.viewer, decision.employee, **filters.asked)
    picked = {one.record_id for one in proposal.evidence.all()}
    rows = found[:EVIDENCE_SHOWN]
    deciders = queries.approvers_of(decision, request.viewer)
    read = [evidence.read_by(one, decision.employee, rows) for one in deciders]
    context: dict[str, Any] = {
        "decision": decision,
        "form": filters,
        "narrowed": any(filters.asked.values()),
        "rows": rows,
        "unread": unread_words([one.record.pk for one in rows], read),
        "total": len(found),
        "shown": min(len(found), EVIDENCE_SHOWN),
        "picked": picked,
    }
    return render(request, "decisions/pick_evidence.html", context)


def _pick(request: ViewerRequest, decision: Decision) -> HttpResponse:
    chosen = [
        int(one) for one in request.POST.getlist("record") if one.isdecimal() and len(one) < 16
    ]
    made = drafting.pick_evidence(by=request.viewer, decision=decision, records=chosen)
    said = ngettext("%d record picked.", "%d records picked.", len(made)) % len(made)
    messages.success(request, said)
    return redirect("decisions:draft", decision.pk)


@require_POST
def drop_evidence(request: ViewerRequest, decision_id: int, evidence_id: int) -> HttpResponse:
    """Take a record from the evidence of a draft."""
    proposal, _rights = _writable(request, decision_id)
    decision = proposal.decision
    row = found_or_404(evidence.evidence_of(proposal, evidence_id))
    drafting.drop_evidence(by=request.viewer, decision=decision, evidence=row)
    messages.success(request, _("Taken from the evidence."))
    return redirect("decisions:draft", decision.pk)
