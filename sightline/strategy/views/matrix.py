"""The X-matrix of a strategy: what meets what, what is missing, and where that is mended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sightline.foundation.access.guards import found_or_404
from sightline.foundation.exchange.tables import XLSX
from sightline.people.models import Unit
from sightline.people.viewer import ViewerRequest
from sightline.strategy import policies, wording
from sightline.strategy.exchange.matrix import matrix_file
from sightline.strategy.models import Objective
from sightline.strategy.pictures import wrapped
from sightline.strategy.queries import strategies
from sightline.strategy.queries.matrix import Checked, Matrix, matrix_of
from sightline.strategy.queries.measures import MeasureSeen
from sightline.strategy.rules.coverage import Check
from sightline.strategy.rules.crossing import CENTRE, MIDDLE, Cross

MOST = 8
"""How many of those that fail a check are named; the file names all."""


@dataclass(frozen=True, slots=True)
class CheckShown:
    """A check in a sentence, and links to where what fails it is mended."""

    sentence: str
    is_met: bool
    links: list[tuple[str, str]]
    more: int


def matrix(request: ViewerRequest, strategy_id: int) -> HttpResponse:
    """Objectives, units, measures and owners of a strategy in one picture and as tables."""
    viewer = request.viewer
    one = found_or_404(strategies.strategy_seen_by(viewer, strategy_id))
    seen = matrix_of(viewer, one, strategies.day_of(one, viewer.today))
    if request.GET.get("as") == "file":
        answer = HttpResponse(matrix_file(seen), content_type=XLSX)
        answer["Content-Disposition"] = f'attachment; filename="x-matrix-{one.from_on}.xlsx"'
        return answer
    may_set = bool(policies.may_set_measures(viewer, one))
    context = {
        "strategy": one,
        "matrix": seen,
        "picture": _drawn(seen) if seen.rows else None,
        "checks": [_shown(checked, may_set) for checked in seen.checks] if seen.rows else [],
    }
    return render(request, "strategy/matrix.html", context)


def _shown(checked: Checked, may_set: bool) -> CheckShown:
    kind = checked.finding.check
    return CheckShown(
        sentence=wording.check_sentence(checked.finding),
        is_met=checked.finding.is_met,
        links=[(wording.failing_name(one), _mended(kind, one, may_set)) for one in checked.failing][
            :MOST
        ],
        more=max(0, len(checked.failing) - MOST),
    )


def _mended(check: Check, thing: Objective | MeasureSeen | Unit, may_set: bool) -> str:
    """Where a thing that fails a check is mended; for those who may not, where it is shown."""
    if isinstance(thing, Unit):
        return reverse("strategy:unit", args=[thing.pk])
    key = thing.measure.objective_id if isinstance(thing, MeasureSeen) else thing.pk
    if may_set and check == Check.MEASURED:
        return reverse("strategy:new_measure", args=[key])
    if may_set and check in {Check.OWNED, Check.MEASURE_OWNED}:
        return reverse("strategy:hand_over", args=[key])
    return reverse("strategy:objective", args=[key])


def _drawn(seen: Matrix) -> dict[str, Any]:
    """The picture: names along the four sides, and what meets in the corners."""
    measures = seen.measures
    cross = Cross(len(seen.charters), len(measures), len(seen.rows), len(seen.owners))
    rows = {row.objective.pk: cross.objective(index) for index, row in enumerate(seen.rows)}
    owners = {one.pk: cross.owner(index) for index, one in enumerate(seen.owners)}
    units = {one.unit.pk: cross.unit(index) for index, one in enumerate(seen.charters)}
    columns = [cross.measure(index) for index in range(len(measures))]
    return {
        "cross": cross,
        "objectives": [
            (rows[row.objective.pk], _cut(f"{row.objective.code} {row.objective.title}", CENTRE))
            for row in seen.rows
        ],
        "owners": [
            (owners[one.pk], _cut(_owns(one.pk, one.name, seen), CENTRE)) for one in seen.owners
        ],
        "units": [(units[one.unit.pk], _cut(one.unit.name, MIDDLE)) for one in seen.charters],
        "measures": [
            (columns[index], _cut(one.measure.name, MIDDLE))
            for index, (_row, one) in enumerate(measures)
        ],
        "shares": [
            (units[one.unit.pk], rows[seen_one.commitment.objective_id], seen_one.commitment)
            for one in seen.charters
            for seen_one in one.commitments
        ],
        "statuses": [
            (columns[index], rows[row.objective.pk], one.standing.status)
            for index, (row, one) in enumerate(measures)
        ],
        "answers": [
            (columns[index], owners[row.owner.pk])
            for index, (row, _one) in enumerate(measures)
            if row.owner
        ],
        "leads": [
            (units[one.unit.pk], owners[owner.pk])
            for one in seen.charters
            for owner in seen.owners
            if (one.unit.pk, owner.pk) in seen.leads
        ],
    }


def _owns(key: int, name: str, seen: Matrix) -> str:
    codes = [row.objective.code for row in seen.rows if row.owner and row.owner.pk == key]
    return f"{name} · {', '.join(codes)}"


def _cut(name: str, room: int) -> str:
    return wrapped(name, room - 24, 1)[0]
