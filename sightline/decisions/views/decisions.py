"""One decision: the page, its evidence, the dossier as a file and its proofs."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sightline.decisions import paper, policies, shown
from sightline.decisions.actions.deciding import open_evidence, what_is_missing
from sightline.decisions.models import Decision, Proposal
from sightline.decisions.queries import decisions as queries
from sightline.decisions.queries import evidence
from sightline.decisions.rules import dossier, stages
from sightline.foundation.access.decisions import Denied
from sightline.foundation.access.guards import found_or_404
from sightline.people.viewer import Viewer, ViewerRequest


def seen(request: ViewerRequest, decision_id: int) -> tuple[Decision, Proposal]:
    """The decision and the version of it that exist for the viewer."""
    decision = found_or_404(queries.decision_seen_by(request.viewer, decision_id))
    proposal = found_or_404(queries.proposal_seen_by(request.viewer, decision))
    proposal.decision = decision
    return decision, proposal


def decision(request: ViewerRequest, decision_id: int) -> HttpResponse:
    """What is proposed, on what it rests, whether it stands, and where it is on its way."""
    one, proposal = seen(request, decision_id)
    if one.stage == stages.DRAFT:
        return redirect("decisions:draft", one.pk)
    viewer = request.viewer
    rows = list(proposal.evidence.all())
    steps, here = shown.course_shown(one, proposal)
    reads_pay = bool(policies.may_read_amounts(viewer, one.employee))
    context = {
        "decision": one,
        "proposal": proposal,
        "title": title_of(one),
        "tone": shown.stage_tone(one.stage),
        "steps": steps,
        "here": here,
        "evidence": shown.evidence_shown(viewer, one, rows),
        "checks": shown.checks_shown(proposal.checks.all(), reads_pay=reads_pay),
        "changes": shown.changes_shown(viewer, proposal),
        "versions": queries.versions_seen_by(viewer, one),
        "openings": queries.openings_of(proposal),
        "ending": queries.ending_of(one),
        "readers": shown.readers_sentence(viewer, one),
        "is_mine": one.employee_id == viewer.employee.pk,
        "acts": acts_of(viewer, one, proposal),
        "digest": dossier.shortened(evidence.digest_of(proposal)),
        "tree_size": evidence.tree_size(),
    }
    return render(request, "decisions/decision.html", context)


def title_of(one: Decision) -> str:
    """A decision in a line: "Promotion of Tomás Silva"."""
    told = {"kind": one.get_kind_display(), "name": one.employee.name}
    return _("%(kind)s: %(name)s") % told


def acts_of(viewer: Viewer, one: Decision, proposal: Proposal) -> dict[str, Any]:
    """What the viewer may do now; a reason in place of a button that does nothing yet."""
    may_check = bool(policies.may_check(viewer, one))
    verdict = policies.may_approve(viewer, one)
    decides = bool(verdict) and one.stage in {stages.CHECKED, stages.REPLY}
    return {
        "write": bool(policies.may_write(viewer, one)),
        "check": may_check and one.stage == stages.PROPOSED,
        "pass_on": may_check and one.stage == stages.CHECKED,
        "reply": bool(policies.may_reply(viewer, one)),
        "decide": decides,
        "missing": what_is_missing(viewer, proposal) if decides else "",
        "send_back": (may_check and one.stage in {stages.PROPOSED, stages.CHECKED}) or decides,
        "withdraw": bool(policies.may_withdraw(viewer, one)) and one.stage not in stages.ENDED,
        "carry_out": may_check and one.stage == stages.APPROVED and one.due_on <= viewer.today,
        "why_not": _why_not(viewer, one, verdict),
    }


def _why_not(viewer: Viewer, one: Decision, verdict: object) -> str:
    """To a proposer who waits, and to HR who cannot give the verdict: who can."""
    waits = one.stage == stages.REPLY and isinstance(verdict, Denied)
    is_person = one.employee_id == viewer.employee.pk
    return verdict.reason if waits and not is_person and isinstance(verdict, Denied) else ""


def open_file(request: ViewerRequest, decision_id: int) -> HttpResponse:
    """The evidence, record by record, each held against the ledger. Opening it is recorded."""
    one, proposal = seen(request, decision_id)
    rows = list(proposal.evidence.all())
    open_evidence(by=request.viewer, proposal=proposal)
    context = {
        "decision": one,
        "proposal": proposal,
        "title": title_of(one),
        "evidence": shown.evidence_shown(request.viewer, one, rows),
        "openings": queries.openings_of(proposal),
        "head": queries.latest_head(),
        "back": reverse("decisions:decision", args=[one.pk]),
    }
    return render(request, "decisions/evidence.html", context)


def dossier_file(request: ViewerRequest, decision_id: int) -> HttpResponse:
    """The dossier as a PDF. It holds the evidence, so that fetching it is opening it."""
    one, proposal = seen(request, decision_id)
    open_evidence(by=request.viewer, proposal=proposal)
    answer = HttpResponse(
        paper.dossier_pdf(request.viewer, one, proposal), content_type="application/pdf"
    )
    answer["Content-Disposition"] = f'attachment; filename="decision-{one.pk}.pdf"'
    return answer


def proofs(request: ViewerRequest, decision_id: int) -> JsonResponse:
    """What shows to anybody, without Sightline, that the evidence is in the ledger."""
    one, proposal = seen(request, decision_id)
    told = evidence.proofs_of(list(proposal.evidence.all()))
    told = {"decision": one.pk, "version": proposal.number, **told}
    told["digest"] = evidence.digest_of(proposal)
    answer = JsonResponse(told, json_dumps_params={"indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="decision-{one.pk}-proof.json"'
    return answer
