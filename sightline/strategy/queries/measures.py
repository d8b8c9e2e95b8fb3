"""Measures with what they have come to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from sightline.people.viewer import Viewer
from sightline.strategy import policies
from sightline.strategy.models import Actual, Measure, Objective, Strategy, TargetShare
from sightline.strategy.rules import measures as rules
from sightline.strategy.rules.measures import Band, Point, Standing


@dataclass(frozen=True, slots=True)
class MeasureSeen:
    """A measure on a day: baseline, targets, what was measured, and where that leaves it."""

    measure: Measure
    baseline: Point | None
    targets: list[Point]
    actuals: list[Point]
    """In the order in which they were recorded, by day."""

    latest: Point | None
    standing: Standing

    @property
    def goal(self) -> Point | None:
        """The last target; None of a measure that is to keep within a band."""
        return self.targets[-1] if self.targets else None

    @property
    def band(self) -> Band | None:
        """The band to keep within, of a measure that has one."""
        return _band(self.measure)

    @property
    def corrected(self) -> list[Point]:
        """What was measured, one value a day: of several the last that was recorded."""
        return list({actual.on: actual for actual in self.actuals}.values())


def measures_by_objective(
    viewer: Viewer, objectives: Iterable[Objective], day: date
) -> dict[int, list[MeasureSeen]]:
    """The measures of each of these objectives as of a day, in three queries."""
    found: dict[int, list[MeasureSeen]] = {}
    for measure in _measures(viewer, day).filter(objective__in=list(objectives)):
        found.setdefault(measure.objective_id, []).append(_seen(measure, day))
    return found


def measures_of(viewer: Viewer, objective: Objective, day: date) -> list[MeasureSeen]:
    """The measures of an objective as of a day."""
    return measures_by_objective(viewer, [objective], day).get(objective.pk, [])


def measure_seen_by(viewer: Viewer, measure_id: int) -> Measure | None:
    """One measure, with its objective and strategy."""
    rows = _measures(viewer, viewer.today).select_related("objective__strategy", "objective__owner")
    return rows.filter(pk=measure_id).first()


def measures_in_force(viewer: Viewer) -> list[Measure]:
    """The measures of the strategy in force, with their objectives, in the order of the map."""
    visible = Objective.objects.filter(policies.objectives_visible_to(viewer))
    rows = Measure.objects.filter(
        objective__in=visible, objective__strategy__stage=Strategy.Stage.IN_FORCE
    )
    order = ("objective__perspective__place", "objective__place", "objective", "place", "pk")
    return list(rows.select_related("objective").order_by(*order))


def corrected_values(measures: Iterable[Measure]) -> dict[tuple[int, date], Decimal]:
    """By measure and day, what was recorded last, of measures that the viewer was given."""
    rows = Actual.objects.filter(measure__in=list(measures)).order_by("pk")
    return {(key, on): value for key, on, value in rows.values_list("measure", "on", "value")}


def _measures(viewer: Viewer, day: date) -> QuerySet[Measure]:
    visible = Objective.objects.filter(policies.objectives_visible_to(viewer))
    known = Prefetch("actuals", Actual.objects.filter(on__lte=day).order_by("on", "pk"))
    shares = TargetShare.objects.filter(measure=OuterRef("pk"))
    rows = Measure.objects.filter(objective__in=visible).annotate(is_shared_out=Exists(shares))
    return rows.prefetch_related("targets", known)


def _band(measure: Measure) -> Band | None:
    if measure.band_low is None or measure.band_high is None:
        return None
    return Band(measure.band_low, measure.band_high)


def _seen(measure: Measure, day: date) -> MeasureSeen:
    actuals = [Point(row.on, row.value) for row in measure.actuals.all()]
    targets = [Point(row.due_on, row.value) for row in measure.targets.all()]
    baseline = None
    if measure.baseline is not None:
        baseline = Point(measure.baseline_on, measure.baseline)
    return MeasureSeen(
        measure=measure,
        baseline=baseline,
        targets=targets,
        actuals=actuals,
        latest=rules.latest(actuals, day),
        standing=_standing(measure, baseline, targets, actuals, day),
    )


def _standing(
    measure: Measure,
    baseline: Point | None,
    targets: list[Point],
    actuals: list[Point],
    day: date,
) -> Standing:
    if band := _band(measure):
        return rules.standing_in_the_band(band, actuals, day)
    if baseline is None:
        return rules.UNKNOWN
    return rules.standing_on_the_way(baseline, targets, actuals, day)
