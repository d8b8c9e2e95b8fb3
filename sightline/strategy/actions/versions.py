"""The next version of a strategy: begun as a copy of the one in force."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.record import record
from sightline.people.actions.holding import hold_organisation
from sightline.people.viewer import Viewer
from sightline.strategy import policies
from sightline.strategy.actions.strategies import draft_strategy
from sightline.strategy.events import StrategyCopied
from sightline.strategy.models import (
    Cause,
    Measure,
    Objective,
    Perspective,
    Strategy,
    Target,
    TargetShare,
)


@transaction.atomic
def draft_version(
    *, by: Viewer, name: str, from_on: date, until_on: date, mission: str, vision: str
) -> Strategy:
    """Begin a draft that says what the strategy in force says, to be changed from there.

    Commitments and what was measured follow when it is brought into force: until then they go on.
    """
    require(policies.may_draft_strategy(by))
    hold_organisation()
    former = Strategy.objects.filter(stage=Strategy.Stage.IN_FORCE).first()
    if former is None:
        raise Refused(_("No strategy is in force. Begin one."))
    strategy = draft_strategy(
        by=by, name=name, from_on=from_on, until_on=until_on, mission=mission, vision=vision
    )
    objectives = _copy_map(former, strategy)
    _copy_measures(objectives)
    record(StrategyCopied(strategy.pk, name, former.name, len(objectives)), by=by)
    return strategy


def _copy_map(former: Strategy, strategy: Strategy) -> dict[int, Objective]:
    """Perspectives, objectives and causes; the new objectives by the keys of the old ones."""
    views = {}
    for one in Perspective.objects.filter(strategy=former):
        views[one.pk] = Perspective(strategy=strategy, name=one.name, hue=one.hue, place=one.place)
    Perspective.objects.bulk_create(views.values())
    found = {}
    for row in Objective.objects.filter(strategy=former):
        found[row.pk] = Objective(
            strategy=strategy,
            perspective=views[row.perspective_id],
            code=row.code,
            title=row.title,
            description=row.description,
            theme=row.theme,
            owner_id=row.owner_id,
            intended_share_percent=row.intended_share_percent,
            place=row.place,
            root_id=row.line,
        )
    Objective.objects.bulk_create(found.values())
    Cause.objects.bulk_create(
        Cause(from_objective=found[one.from_objective_id], to_objective=found[one.to_objective_id])
        for one in Cause.objects.filter(from_objective__strategy=former)
    )
    return found


def _copy_measures(objectives: dict[int, Objective]) -> None:
    """Measures with their targets, and how these are shared out."""
    found = {}
    for one in Measure.objects.filter(objective__in=objectives):
        found[one.pk] = Measure(
            objective=objectives[one.objective_id],
            name=one.name,
            unit=one.unit,
            direction=one.direction,
            kind=one.kind,
            baseline=one.baseline,
            baseline_on=one.baseline_on,
            band_low=one.band_low,
            band_high=one.band_high,
            decomposition=one.decomposition,
            place=one.place,
            root_id=one.line,
        )
    Measure.objects.bulk_create(found.values())
    Target.objects.bulk_create(
        Target(measure=found[one.measure_id], due_on=one.due_on, value=one.value)
        for one in Target.objects.filter(measure__in=found)
    )
    TargetShare.objects.bulk_create(
        TargetShare(
            measure=found[one.measure_id],
            due_on=one.due_on,
            unit_id=one.unit_id,
            quarter=one.quarter,
            value=one.value,
            weight=one.weight,
        )
        for one in TargetShare.objects.filter(measure__in=found)
    )
