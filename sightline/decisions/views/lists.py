"""Lists: decisions, outcomes, policies, and the people about whom one may propose."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sightline.decisions import policies
from sightline.decisions.actions.policies import put_policy_in_force
from sightline.decisions.forms.decisions import (
    DecisionFilter,
    PolicyForm,
    ProposablePersonField,
)
from sightline.decisions.models import Kind, Policy
from sightline.decisions.queries import decisions as queries
from sightline.decisions.rules import kinds
from sightline.foundation.access.decisions import require
from sightline.foundation.core.fingerprints import fingerprint
from sightline.foundation.core.keys import words_in
from sightline.foundation.core.paging import page_after
from sightline.people.viewer import Viewer, ViewerRequest
from sightline.people.views.acting import answer, carried_out


def decisions(request: ViewerRequest) -> HttpResponse:
    """The decisions that exist for the viewer."""
    require(policies.may_read_decisions(request.viewer))
    filters = DecisionFilter(request.GET)
    wanted = filters.wanted
    rows = queries.listed(request.viewer, wanted)
    by = ("-changed_at", "-pk")
    context = {
        "page": page_after(rows, request.GET.get("after", ""), by=by, size=30),
        "total": rows.count(),
        "form": filters,
        "tabs": _tabs(request.viewer, wanted.view),
        "narrowed": bool(wanted.kind or wanted.stage or wanted.words),
        "view": wanted.view,
        "may_propose": policies.may_propose_somewhere(request.viewer),
        "may_count": policies.may_count_outcomes(request.viewer),
    }
    return render(request, "decisions/decisions.html", context)


def _tabs(viewer: Viewer, here: str) -> list[dict[str, Any]]:
    names: list[tuple[str, str]] = [("all", _("All that I see")), ("mine", _("Mine"))]
    if policies.may_propose_somewhere(viewer):
        names.insert(1, ("to_decide", _("To decide")))
    if viewer.has_reports:
        names.insert(2, ("people", _("About my people")))
    address = reverse("decisions:decisions")
    return [
        {"label": label, "url": f"{address}?view={name}", "current": name == here}
        for name, label in names
    ]


def pick_person(request: ViewerRequest) -> JsonResponse:
    """People for the picker of a proposal."""
    require(policies.may_propose_somewhere(request.viewer))
    field = ProposablePersonField()
    field.viewer = request.viewer
    found = field.named(words_in(request.GET.get("q", "")))
    results = [
        {"value": str(one.pk), "label": one.name, "hint": one.email or one.number} for one in found
    ]
    return JsonResponse({"results": results, "more": False})


def outcomes(request: ViewerRequest) -> HttpResponse:
    """How many decisions came to which end in a year: counts, and nobody's name."""
    require(policies.may_count_outcomes(request.viewer))
    asked = request.GET.get("year", "")
    is_year = asked.isdecimal() and len(asked) == 4 and 1901 <= int(asked) <= 2199
    year = int(asked) if is_year else request.viewer.today.year
    counts = queries.outcome_counts(date(year, 1, 1), date(year + 1, 1, 1))
    context = {"counts": counts, "year": str(year), "before": year - 1, "after": year + 1}
    return render(request, "decisions/outcomes.html", context)


def policy_list(request: ViewerRequest) -> HttpResponse:
    """What each kind of decision needs: readable by all, for nobody is judged by secret rules."""
    require(policies.may_read_policies(request.viewer))
    held = queries.policies_in_force(request.viewer.today)
    rows = [
        {"kind": kind, "label": Kind(kind).label, **_as_shown(kind, held.get(kind))}
        for kind in kinds.OPEN
    ]
    context = {"rows": rows, "may_set": policies.may_set_policies(request.viewer)}
    return render(request, "decisions/policies.html", context)


def _as_shown(kind: str, policy: Policy | None) -> dict[str, Any]:
    needs = queries.needs_of(policy) if policy else kinds.needs_of_the_house(kind)
    return {
        "policy": policy,
        "needs": needs,
        "approvers": Policy.Approvers(needs.approvers).label,
        "gives_award": kind in kinds.GIVES_AWARD,
    }


def policy(request: ViewerRequest, kind: str) -> HttpResponse:
    """Let a kind of decision need something else from a day on."""
    if kind not in kinds.OPEN:
        raise Http404
    require(policies.may_set_policies(request.viewer))
    needs = queries.needs_on(kind, request.viewer.today)
    names = [name for name in kinds.Needs.__slots__ if name != "version"]
    initial = {name: getattr(needs, name) for name in names} | {"on": request.viewer.today}
    form = PolicyForm(
        request.POST or None,
        viewer=request.viewer,
        initial=initial,
        stands=fingerprint(kind, needs.version),
    )

    def act() -> None:
        values = form.cleaned_data
        put_policy_in_force(
            by=request.viewer, kind=kind, needs=form.needs, on=values["on"], reason=values["reason"]
        )

    if carried_out(request, form, act):
        messages.success(request, _("The new version holds from its day on."))
        return redirect("decisions:policies")
    context = {
        "title": _("What it needs: %s") % Kind(kind).label,
        "submit": _("Put in force"),
        "subject_url": reverse("decisions:policies"),
        "note": _("What was checked already stays checked by the version of its day."),
    }
    return answer(request, "people/act.html", form, context)
