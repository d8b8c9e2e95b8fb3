"""One decision: the page, its evidence, the dossier as a file and its proofs."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sightline.decisions import paper, policies, shown
from sightline.decisions.actions.deciding import open_evidence, what_is_missing
from sightline.decisions.models import Decision, Opening, Proposal
from sightline.decisions.queries import decisions as queries
from sightline.decisions.queries import evidence
from sightline.decisions.rules import dossier, stages
from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.ledger.queries import latest_head
from sightline.people.viewer import Viewer, ViewerRequest


def seen(request: ViewerRequest, decision_id: int) -> tuple[Decision, Proposal]:
    """The decision and the version of it that exist for the viewer."""
    proposal: Proposal = found_or_404(queries.proposal_seen_by(request.viewer, decision_id))
    return proposal.decision, proposal


def decision(request: ViewerRequest, decision_id: int) -> HttpResponse:
    """What is proposed, on what it rests, whether it stands, and where it is on its way."""
    one, proposal = seen(request, decision_id)
    viewer = request.viewer
    rights = policies.rights_on(viewer, one)
    if one.stage == stages.DRAFT and rights.write:
        return redirect("decisions:draft", one.pk)
    rows = evidence.picked_for(proposal)
    steps, here = shown.course_shown(one, proposal)
    openings = queries.openings_of(proposal)
    context = {
        "decision": one,
        "proposal": proposal,
        "title": title_of(one),
        "tone": shown.stage_tone(one.stage),
        "steps": steps,
        "here": here,
        "evidence": shown.evidence_shown(viewer, one, rows),
        "checks": shown.checks_shown(proposal.checks.all(), reads_pay=rights.reads_amounts),
        "changes": shown.changes_shown(proposal, reads_pay=rights.reads_amounts),
        "versions": queries.versions_seen_by(viewer, one) if proposal.number > 1 else [],
        "openings": openings,
        "ending": queries.ending_of(one),
        "readers": shown.readers_sentence(proposal),
        "is_mine": one.employee_id == viewer.employee.pk,
        "acts": acts_of(viewer, proposal, rights, openings),
        "digest": dossier.shortened(evidence.digest_of(proposal, rows)),
        "tree_size": evidence.tree_size(),
        "may_seal": rights.reads_amounts,
    }
    return render(request, "decisions/decision.html", context)


def title_of(one: Decision) -> str:
    """A decision in a line: "Promotion of Tomás Silva"."""
    told = {"kind": one.get_kind_display(), "name": one.employee.name}
    return _("%(kind)s: %(name)s") % told


def acts_of(
    viewer: Viewer, proposal: Proposal, rights: policies.Rights, openings: list[Opening]
) -> dict[str, Any]:
    """What the viewer may do now; a reason in place of a button that does nothing yet."""
    one = proposal.decision
    may_check = bool(rights.check)
    decides = bool(rights.approve) and one.stage in {stages.CHECKED, stages.REPLY}
    has_opened = any(opening.by_id == viewer.employee.pk for opening in openings)
    waits_for_checks = bool(rights.pass_on) and one.stage == stages.PROPOSED
    waits_for_other = one.stage == stages.REPLY and one.employee_id != viewer.employee.pk
    return {
        "write": bool(rights.write),
        "check": may_check and one.stage == stages.PROPOSED,
        "pass_on": bool(rights.pass_on) and one.stage == stages.CHECKED,
        "reply": bool(rights.reply),
        "decide": decides,
        "missing": what_is_missing(viewer, proposal, has_opened=has_opened) if decides else "",
        "send_back": bool(rights.send_back),
        "withdraw": bool(rights.withdraw) and one.stage not in stages.ENDED,
        "carry_out": may_check and one.stage == stages.APPROVED and one.due_on <= viewer.today,
        "why_not": "" if decides or not waits_for_other else rights.approve.reason,
        "why_no_check": rights.check.reason if waits_for_checks and not may_check else "",
    }


def open_file(request: ViewerRequest, decision_id: int) -> HttpResponse:
    """The evidence, record by record, each held against the ledger. Opening it is recorded."""
    one, proposal = seen(request, decision_id)
    rows = evidence.picked_for(proposal)
    open_evidence(by=request.viewer, proposal=proposal)
    told = shown.evidence_shown(request.viewer, one, rows)
    context = {
        "decision": one,
        "proposal": proposal,
        "title": title_of(one),
        "evidence": told,
        "hidden": sum(record.is_hidden for record in told),
        "is_over": one.stage in stages.ENDED,
        "openings": queries.openings_of(proposal),
        "head": latest_head(),
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


def seal(request: ViewerRequest, decision_id: int) -> JsonResponse:
    """What shows to anybody, without Sightline, what was proposed, passed on and approved."""
    one, proposal = seen(request, decision_id)
    require(policies.may_take_seal(request.viewer, one))
    return _json_file(evidence.seal_of(proposal), f"decision-{one.pk}-seal.json")


def proof(request: ViewerRequest, decision_id: int, evidence_id: int) -> JsonResponse:
    """What shows to anybody, without Sightline, that a record of the evidence is in the ledger."""
    _one, proposal = seen(request, decision_id)
    picked = found_or_404(evidence.evidence_of(proposal, evidence_id))
    told = evidence.proof_of(proposal, picked)
    return _json_file(told, f"decision-{decision_id}-{picked.label}.json")


def _json_file(told: dict[str, Any], name: str) -> JsonResponse:
    answer = JsonResponse(told, json_dumps_params={"indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
