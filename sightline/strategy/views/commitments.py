"""What a unit takes on: its page, and how a commitment goes to and fro."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.fingerprints import fingerprint
from sightline.foundation.ui.acting import led_away
from sightline.people.models import Unit
from sightline.people.queries.organisation import unit_seen_by
from sightline.people.viewer import Viewer, ViewerRequest
from sightline.people.views.acting import answer, carried_out
from sightline.strategy import policies
from sightline.strategy.actions import commitments as actions
from sightline.strategy.forms.measures import CommitmentForm, ConfirmationForm, ReasonForm
from sightline.strategy.models import Commitment, Objective
from sightline.strategy.queries import commitments, strategies, target_shares


def unit(request: ViewerRequest, unit_id: int) -> HttpResponse:
    """What a unit has taken on of the strategy in force."""
    viewer = request.viewer
    one = found_or_404(unit_seen_by(viewer, unit_id))
    strategy = strategies.strategy_in_force(viewer)
    charter = commitments.charter_of(viewer, one, strategy) if strategy else None
    rows = [_with_rights(viewer, seen) for seen in charter.commitments] if charter else []
    context = {
        "unit": one,
        "strategy": strategy,
        "charter": charter,
        "rows": rows,
        "parts": target_shares.parts_of_unit(viewer, one, strategy) if strategy else [],
        "may_propose": policies.may_propose_commitment(viewer, one),
    }
    return render(request, "strategy/unit.html", context)


def _with_rights(viewer: Viewer, seen: commitments.CommitmentSeen) -> dict[str, Any]:
    """A commitment and what this viewer may do about it now."""
    one = seen.commitment
    is_proposed = one.stage == Commitment.Stage.PROPOSED
    return {
        "seen": seen,
        "may_agree": is_proposed and policies.may_agree_commitment(viewer, one),
        "may_pass_back": is_proposed and policies.may_pass_back_commitment(viewer, one),
    }


def propose(request: ViewerRequest, unit_id: int) -> HttpResponse:
    """Take an objective on, or offer another share."""
    viewer = request.viewer
    one = found_or_404(unit_seen_by(viewer, unit_id))
    require(policies.may_propose_commitment(viewer, one))
    strategy = found_or_404(strategies.strategy_in_force(viewer))
    objectives = strategies.objectives_seen_by(viewer).filter(strategy=strategy)
    charter = commitments.charter_of(viewer, one, strategy)
    form = CommitmentForm(
        request.POST or None,
        viewer=viewer,
        initial=_asked_for(request, charter),
        objectives=objectives,
        stands=fingerprint([(row.commitment.pk, row.last.pk) for row in charter.commitments]),
    )
    if carried_out(
        request,
        form,
        lambda: actions.propose_commitment(by=viewer, unit=one, **form.cleaned_data),
        parts=("objective",),
    ):
        messages.success(request, _("It is proposed. An executive agrees or passes it back."))
        return redirect("strategy:unit", one.pk)
    context = _about(one, _("Take on an objective"), _("Propose"))
    return answer(request, "people/act.html", form, context, parts=("objective",))


def _asked_for(request: ViewerRequest, charter: commitments.Charter) -> dict[str, Any]:
    """The objective that the address names, with the share that was proposed last."""
    asked = request.GET.get("objective", "")
    if not asked.isdecimal() or len(asked) > 15:
        return {}
    rows = [row.commitment for row in charter.commitments]
    known = next((row for row in rows if row.objective_id == int(asked)), None)
    return {"objective": int(asked)} | ({"share_percent": known.share_percent} if known else {})


def agree(request: ViewerRequest, commitment_id: int) -> HttpResponse:
    """Accept what a unit proposes."""
    one = found_or_404(commitments.commitment_seen_by(request.viewer, commitment_id))
    require(policies.may_agree_commitment(request.viewer, one))
    if away := _led_away(request, one, Commitment.Stage.AGREED):
        return away
    form = ConfirmationForm(
        request.POST or None,
        viewer=request.viewer,
        stands=fingerprint(one.stage, one.share_percent),
    )
    if carried_out(
        request, form, lambda: actions.agree_commitment(by=request.viewer, commitment=one)
    ):
        messages.success(request, _("%s has taken it on.") % one.unit.name)
        return redirect("strategy:unit", one.unit_id)
    context = _about(one.unit, _("Agree to the proposal"), _("Agree")) | {"note": _said(one)}
    return answer(request, "people/act.html", form, context)


def pass_back(request: ViewerRequest, commitment_id: int) -> HttpResponse:
    """Send a proposal back with a reason."""
    one = found_or_404(commitments.commitment_seen_by(request.viewer, commitment_id))
    require(policies.may_pass_back_commitment(request.viewer, one))
    if away := _led_away(request, one, Commitment.Stage.PASSED_BACK):
        return away
    form = ReasonForm(
        request.POST or None,
        viewer=request.viewer,
        stands=fingerprint(one.stage, one.share_percent),
    )
    if carried_out(
        request,
        form,
        lambda: actions.pass_back_commitment(
            by=request.viewer, commitment=one, reason=form.cleaned_data["reason"]
        ),
    ):
        messages.success(request, _("It is passed back."))
        return redirect("strategy:unit", one.unit_id)
    context = _about(one.unit, _("Pass the proposal back"), _("Pass back")) | {"note": _said(one)}
    return answer(request, "people/act.html", form, context)


def _led_away(request: ViewerRequest, one: Commitment, to: Commitment.Stage) -> HttpResponse | None:
    page = reverse("strategy:unit", args=[one.unit_id])
    return led_away(request, lambda: actions.refuse_step(one, to), page)


def _said(one: Commitment) -> str:
    objective: Objective = one.objective
    words = _("%(unit)s offers %(share)s%% of its effort for “%(objective)s”.")
    share = f"{one.share_percent.normalize():f}"
    return words % {"unit": one.unit.name, "share": share, "objective": objective.title}


def _about(one: Unit, title: str, submit: str) -> dict[str, Any]:
    url = reverse("strategy:unit", args=[one.pk])
    return {"title": title, "submit": submit, "subject": one, "subject_url": url}
