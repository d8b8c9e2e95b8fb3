"""Measures of objectives: added, given targets, and what they come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.record import record
from sightline.people.actions.holding import hold_organisation
from sightline.people.viewer import Viewer
from sightline.strategy import policies
from sightline.strategy.events import ActualRecorded, MeasureAdded, MeasureRemoved, TargetsSet
from sightline.strategy.models import (
    Actual,
    Measure,
    Objective,
    ShareActual,
    Target,
    TargetShare,
)
from sightline.strategy.rules.numbers import plain

Direction = Measure.Direction


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """What a measure is: its unit, which way it is to go, and from where."""

    name: str
    direction: str
    kind: str
    baseline_on: date
    unit: str = ""
    baseline: Decimal | None = None
    band_low: Decimal | None = None
    band_high: Decimal | None = None


@transaction.atomic
def add_measure(*, by: Viewer, objective: Objective, facts: MeasureFacts) -> Measure:
    """A number that tells whether an objective is reached."""
    hold_organisation(objective)
    require(policies.may_set_measures(by, objective.strategy))
    _refuse_what_cannot_be_measured(facts)
    rows = Measure.objects.filter(objective=objective)
    if rows.filter(name=facts.name).exists():
        raise Refused(_("The objective has a measure of this name already."), field="name")
    last = rows.aggregate(last=Max("place"))["last"]
    measure = Measure.objects.create(
        objective=objective, place=0 if last is None else last + 1, **asdict(facts)
    )
    told = {key: str(value) for key, value in asdict(facts).items() if value not in (None, "")}
    record(MeasureAdded(measure.pk, objective.title, measure.name, told), by=by)
    return measure


@transaction.atomic
def remove_measure(*, by: Viewer, measure: Measure) -> None:
    """Take a measure back of which nothing has been recorded."""
    hold_organisation(measure)
    require(policies.may_set_measures(by, measure.objective.strategy))
    shares = TargetShare.objects.filter(measure=measure)
    if measure.actuals.exists() or ShareActual.objects.filter(share__in=shares).exists():
        raise Refused(_("What it came to is recorded; it stays with the objective."))
    event = MeasureRemoved(measure.objective.title, measure.name)
    Target.objects.filter(measure=measure).delete()
    shares.delete()
    _hand_line_on(measure)
    measure.delete()
    record(event, by=by)


def _hand_line_on(measure: Measure) -> None:
    """Copies in other versions keep what they have in common when what they began as goes."""
    copies = Measure.objects.filter(root=measure)
    heir = copies.order_by("pk").first()
    if heir is not None:
        copies.exclude(pk=heir.pk).update(root=heir)
        Measure.objects.filter(pk=heir.pk).update(root=None)


@transaction.atomic
def set_targets(*, by: Viewer, measure: Measure, targets: Mapping[date, Decimal]) -> None:
    """Say anew which value the measure is to have on which days."""
    hold_organisation(measure)
    require(policies.may_set_measures(by, measure.objective.strategy))
    _refuse_targets(measure, targets)
    _refuse_to_leave_shares(measure, targets)
    rows = Target.objects.filter(measure=measure)
    before = [f"{plain(row.value)} ({row.due_on})" for row in rows]
    after = [f"{plain(value)} ({due_on})" for due_on, value in sorted(targets.items())]
    if before == after:
        return
    rows.delete()
    Target.objects.bulk_create(
        Target(measure=measure, due_on=due_on, value=value)
        for due_on, value in sorted(targets.items())
    )
    record(TargetsSet(measure.pk, measure.name, before, after), by=by)


@transaction.atomic
def record_actual(*, by: Viewer, measure: Measure, on: date, value: Decimal) -> Actual:
    """Say what a measure came to on a day. Said again of the same day, it is a correction."""
    hold_organisation(measure)
    require(policies.may_record_actual(by, measure.objective))
    if on > by.today:
        raise Refused(_("That day is yet to come."), field="on")
    if on < measure.baseline_on:
        raise Refused(_("The baseline was measured later than that."), field="on")
    said = Actual.objects.filter(measure=measure, on=on).order_by("-pk").first()
    actual = Actual.objects.create(
        measure=measure, on=on, value=value, author=by.employee, recorded_at=now()
    )
    corrected = plain(said.value) if said else ""
    record(ActualRecorded(measure.pk, measure.name, str(on), plain(value), corrected), by=by)
    return actual


def _refuse_what_cannot_be_measured(facts: MeasureFacts) -> None:
    if facts.direction == Direction.BAND:
        if facts.band_low is None or facts.band_high is None or facts.band_low >= facts.band_high:
            raise Refused(_("A band needs both ends, the lower one first."), field="band_high")
    elif facts.baseline is None:
        raise Refused(_("Say where it stands before anything is done."), field="baseline")
    elif facts.band_low is not None or facts.band_high is not None:
        words = _("A measure that rises or falls has targets and no band.")
        raise Refused(words, field="band_low")


def _refuse_targets(measure: Measure, targets: Mapping[date, Decimal]) -> None:
    if measure.keeps_band:
        raise Refused(_("A measure that keeps within a band has no targets: the band is the aim."))
    if not targets:
        raise Refused(_("Give one target at least."))
    if min(targets) <= measure.baseline_on:
        raise Refused(_("Targets are due after the day of the baseline."))
    baseline, last = measure.baseline or Decimal(0), targets[max(targets)]
    if measure.direction == Direction.UP and last <= baseline:
        raise Refused(_("It is to rise: the last target must lie above the baseline."))
    if measure.direction == Direction.DOWN and last >= baseline:
        raise Refused(_("It is to fall: the last target must lie below the baseline."))


def _refuse_to_leave_shares(measure: Measure, targets: Mapping[date, Decimal]) -> None:
    """A target that is shared out keeps its day; its value may change, and the gap shows."""
    shares = TargetShare.objects.filter(measure=measure).exclude(due_on__in=list(targets))
    if (due_on := shares.values_list("due_on", flat=True).first()) is not None:
        words = _("The target of %s is shared out over units. Empty its parts before it goes.")
        raise Refused(words % due_on)
