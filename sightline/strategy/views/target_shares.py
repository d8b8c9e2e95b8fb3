"""A target shared out over units and quarters: the table, its form, and what came of a part."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.fingerprints import fingerprint
from sightline.foundation.drafts.queries import draft_of
from sightline.people.models import Unit
from sightline.people.viewer import ViewerRequest
from sightline.people.views.acting import answer, carried_out, draft_key
from sightline.strategy import policies, wording
from sightline.strategy.actions import target_shares as actions
from sightline.strategy.actions.target_shares import QUARTERS
from sightline.strategy.forms.measures import ValueForm
from sightline.strategy.forms.target_shares import SplitForm, initial_of_split
from sightline.strategy.models import Measure, Target
from sightline.strategy.queries import commitments, former_shares, measures
from sightline.strategy.queries import target_shares as queries
from sightline.strategy.rules.decomposition import Sheet, Way, quarter_ends

PARTS = ("due",)
"""Which target the form is about stands in the query of its address."""


def target_shares(request: ViewerRequest, measure_id: int) -> HttpResponse:
    """How the targets of a measure are shared out, and what came of the parts."""
    one = found_or_404(measures.measure_seen_by(request.viewer, measure_id))
    splits = queries.splits_of(request.viewer, one)
    context = {
        "measure": one,
        "splits": [
            {"seen": seen, "closing": wording.closure_sentences(seen.sheet, one.unit)}
            for seen in splits
        ],
        "has_weights": one.decomposition == Way.MEAN,
        "may_split": policies.may_split_target(request.viewer, one),
    }
    return render(request, "strategy/target_shares.html", context)


def split_target(request: ViewerRequest, measure_id: int) -> HttpResponse:
    """Share a target out; compute, fill in by proportions or add units first, as often as liked."""
    viewer = request.viewer
    one = found_or_404(measures.measure_seen_by(viewer, measure_id))
    require(policies.may_split_target(viewer, one))
    asked = request.GET.get("due", "")
    target = found_or_404(queries.target_asked_for(one, asked, viewer.today))
    act = request.POST.get("act", "save")
    form, said = _form(request, one, target), list[str]()
    if act == "fill":
        form, said = _filled(request, form, one, target)
    elif act == "save":
        form.refuse_unfinished() if form.is_bound else None
        if form.is_bound and carried_out(
            request,
            form,
            lambda: actions.split_target(
                by=viewer, measure=one, due_on=target.due_on, way=form.way_chosen, parts=form.parts
            ),
            parts=PARTS,
        ):
            messages.success(request, _("The target is shared out."))
            return redirect("strategy:target_shares", one.pk)
    context = _context(form, one, target) | {"said": said}
    if act == "save":
        return answer(request, "strategy/split_target.html", form, context, parts=PARTS)
    is_live = bool(request.headers.get("HX-Request"))
    context |= {"form": form, "draft_key": draft_key(request, *PARTS), "is_live": is_live}
    return render(request, f"strategy/split_target.html{'#closing' if is_live else ''}", context)


def _context(form: SplitForm, one: Measure, target: Target) -> dict[str, Any]:
    found = form.sheet
    return {
        "title": _("Share out the target"),
        "measure": one,
        "target": target,
        "rows": form.rows(found),
        "sheet": found,
        "closing": wording.closure_sentences(found, one.unit),
        "quarters": list(
            zip(quarter_ends(target.due_on), form.totals, _by_quarter(found), strict=True)
        ),
        "subject_url": reverse("strategy:target_shares", args=[one.pk]),
    }


def _by_quarter(found: Sheet) -> list[Decimal | None]:
    """What the quarters come to; nothing when there are parts for the year alone."""
    return found.quarters if len(found.quarters) == len(QUARTERS) else [None] * len(QUARTERS)


def _form(request: ViewerRequest, one: Measure, target: Target) -> SplitForm:
    shares = queries.shares_by_unit(one, target.due_on)
    tree = queries.units_below(request.viewer)
    known = {row[0].unit_id: row[0].unit for row in shares.values()}
    known |= tree.units
    wanted = _units_asked_for(request, one, list(shares))
    data = None
    if request.method == "POST":
        if request.POST.get("act") == "add":
            wanted = [*wanted, *_added(request.POST.get("add", ""), tree)]
        wanted = [pk for pk in dict.fromkeys(wanted) if pk in known]
        data = request.POST.copy()
        data["units"] = ",".join(map(str, wanted))
        if request.POST.get("act") == "add":
            data["add"] = ""
    rows = [known[pk] for pk in dict.fromkeys(wanted) if pk in known]
    stood = sorted(
        (s.unit_id, s.quarter or 0, s.value, s.weight) for row in shares.values() for s in row
    )
    return SplitForm(
        data,
        viewer=request.viewer,
        rows=rows,
        choices=_choices(tree),
        whole=target.value,
        initial=initial_of_split(one, shares) | {"units": ",".join(str(unit.pk) for unit in rows)},
        stands=fingerprint(one.decomposition, target.value, stood),
    )


def _units_asked_for(request: ViewerRequest, one: Measure, shared: list[int]) -> list[int]:
    """The units in the table: as sent, as typed before, as shared out, or who has taken it on."""
    if request.method == "POST":
        return _keys(request.POST.get("units", ""))
    account = request.viewer.account
    draft = draft_of(account, draft_key(request, *PARTS)) if account else None
    typed = _keys(",".join(draft.fields.get("units", []))) if draft else []
    if typed or shared:
        return typed or shared
    taken_on = commitments.commitments_to(request.viewer, one.objective)
    return [seen.commitment.unit_id for seen in taken_on]


def _keys(text: str) -> list[int]:
    return [int(key) for key in text.split(",")[:500] if key.isdecimal() and len(key) <= 15]


def _choices(tree: queries.UnitsBelow) -> list[Any]:
    """All units right under one that has some, and each unit."""
    under = [
        (f"under-{unit.pk}", _("All under %s") % unit.name)
        for unit in tree.units.values()
        if tree.below(unit.pk)
    ]
    return [
        (_("Several"), under),
        (_("One"), [(str(unit.pk), unit.name) for unit in tree.units.values()]),
    ]


def _added(chosen: str, tree: queries.UnitsBelow) -> list[int]:
    """The units that one chose to add."""
    several, _under, key = chosen.rpartition("-")
    found = _keys(key)
    if several:
        return tree.below(found[0]) if several == "under" and found else []
    return [pk for pk in found if pk in tree.units]


def _filled(
    request: ViewerRequest, form: SplitForm, one: Measure, target: Target
) -> tuple[SplitForm, list[str]]:
    """The form filled in by the proportions of a year before, and from what; or why it is not."""
    units = form.in_rows
    if form.way_chosen != Way.ADDITIVE:
        return form, [_("Proportions can be taken where the parts add up. Choose that first.")]
    if not units:
        return form, [_("Add the units first.")]
    if any(name != "__all__" for name in form.errors):
        return form, [_("Mend what is wrong first.")]
    columns = len(QUARTERS) if form.is_by_quarter else 1
    keys = [unit.pk for unit in units]
    seed = former_shares.seed_for(request.viewer, one, target.due_on, keys, columns)
    years = [form.said(f"year-{unit.pk}") for unit in units]
    if columns == 1:
        totals: list[Decimal | None] = [None]
        years = years if None in years else [None] * len(years)
    else:
        totals = [form.said(f"total-{quarter}") for quarter in QUARTERS]
    found = former_shares.filled(seed, target.value, years, totals)
    if found.fault:
        place = found.place or 0
        said = {"unit": units[min(place, len(units) - 1)].name, "quarter": str(place + 1)}
        return form, [str(wording.FAULTS[found.fault]) % said]
    names = [f"q{quarter}" for quarter in QUARTERS] if columns > 1 else ["year"]
    return _refilled(form, units, names, found.rows), wording.seed_sentences(seed)


def _refilled(
    form: SplitForm, units: Sequence[Unit], names: Sequence[str], rows: list[list[Decimal]]
) -> SplitForm:
    """The same form with other values in its table."""
    data: QueryDict = form.data.copy()  # type: ignore[attr-defined]  # it was sent
    for unit, values in zip(units, rows, strict=True):
        for name, value in zip(names, values, strict=True):
            field = f"{name}-{unit.pk}"
            data[field] = form.fields[field].prepare_value(value)
    form.data = data
    form.full_clean()
    return form


def new_share_actual(request: ViewerRequest, share_id: int) -> HttpResponse:
    """Record what came of a part, or correct it."""
    viewer = request.viewer
    one = found_or_404(queries.share_seen_by(viewer, share_id))
    require(policies.may_record_share(viewer, one))
    (seen,) = queries.told(viewer, [one])
    form = ValueForm(request.POST or None, viewer=viewer, initial={"value": seen.came_to})
    if carried_out(
        request,
        form,
        lambda: actions.record_share_actual(by=viewer, share=one, **form.cleaned_data),
    ):
        messages.success(request, _("The value is recorded."))
        return redirect("strategy:target_shares", one.measure_id)
    said = {"unit": one.unit.name, "quarter": one.quarter}
    context = {
        "title": _("What came of it: %(unit)s, quarter %(quarter)s") % said
        if one.quarter
        else _("What came of it: %(unit)s") % said,
        "submit": _("Record"),
        "subject": one.measure,
        "subject_url": reverse("strategy:target_shares", args=[one.measure_id]),
        "note": _("Its part is %(part)s. Said again, a value corrects the former one.")
        % {"part": wording.amount(one.value, one.measure.unit)},
    }
    return answer(request, "people/act.html", form, context)
