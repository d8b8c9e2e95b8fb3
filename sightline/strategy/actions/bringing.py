"""Many values of measures recorded at once, from a file; and taken back while they stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.record import record, record_all
from sightline.people.actions.holding import hold_organisation
from sightline.people.events import ImportUndone, PeopleImported
from sightline.people.viewer import Viewer
from sightline.strategy import policies
from sightline.strategy.events import ActualRecorded, ActualTakenBack
from sightline.strategy.models import Actual, Measure, Strategy
from sightline.strategy.queries.measures import corrected_values
from sightline.strategy.rules.numbers import plain

BATCH = 500

Reported = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Value:
    """What a measure came to on a day."""

    measure: Measure
    on: date
    value: Decimal


@transaction.atomic
def bring_actuals(
    *, by: Viewer, values: Sequence[Value], import_id: int, report: Reported
) -> list[int]:
    """Record values in the name of the one who brings the file; tells their keys, for the undo.

    The rows have been checked by the plan; what stood until now is read anew.
    """
    require(policies.may_bring_actuals(by))
    hold_organisation()
    _refuse_what_is_over(values)
    report(30, 100, _("Writing"))
    stood = corrected_values({one.measure.pk: one.measure for one in values}.values())
    rows = Actual.objects.bulk_create(
        [
            Actual(
                measure=one.measure,
                on=one.on,
                value=one.value,
                author=by.employee,
                recorded_at=now(),
            )
            for one in values
        ],
        batch_size=BATCH,
    )
    report(80, 100, _("Recording"))
    record_all((_recorded(row, stood) for row in rows), by=by)
    corrected = sum((row.measure_id, row.on) in stood for row in rows)
    what = _("values of measures")
    record(PeopleImported(import_id, what, len(rows) - corrected, corrected, 0), by=by)
    return [row.pk for row in rows]


def _recorded(row: Actual, stood: dict[tuple[int, date], Decimal]) -> ActualRecorded:
    former = stood.get((row.measure_id, row.on))
    corrected = "" if former is None else plain(former)
    name = row.measure.name
    return ActualRecorded(row.measure_id, name, str(row.on), plain(row.value), corrected)


def _refuse_what_is_over(values: Sequence[Value]) -> None:
    keys = {one.measure.pk for one in values}
    held = Measure.objects.filter(pk__in=keys, objective__strategy__stage=Strategy.Stage.IN_FORCE)
    if held.count() < len(keys):
        raise Refused(_("Another strategy has come into force, or a measure was removed."))


@transaction.atomic
def take_actuals_back(
    *, by: Viewer, actuals: Sequence[int], import_id: int, report: Reported
) -> None:
    """Take back what an import recorded; refused when a value was corrected since."""
    require(policies.may_bring_actuals(by))
    hold_organisation()
    report(20, 100, _("Restoring"))
    rows = Actual.objects.filter(pk__in=actuals).select_related("measure")
    held = {(row.measure_id, row.on): row for row in rows}
    if len(held) < len(actuals):
        raise Refused(_("Some of the values are no longer there. Nothing was undone."))
    if rows.exclude(measure__objective__strategy__stage=Strategy.Stage.IN_FORCE).exists():
        raise Refused(_("Another strategy has come into force since. Nothing was undone."))
    later = Actual.objects.filter(
        measure__in={key for key, _on in held}, pk__gt=min(actuals, default=0)
    )
    for key, on, pk in later.values_list("measure", "on", "pk"):
        mine = held.get((key, on))
        if mine and pk > mine.pk:
            words = _("“%s” was corrected since the import. Nothing was undone.")
            raise Refused(words % mine.measure.name)
    events = [
        ActualTakenBack(row.measure_id, row.measure.name, str(row.on), plain(row.value), import_id)
        for row in held.values()
    ]
    rows.delete()
    record_all(events, by=by)
    record(ImportUndone(import_id, _("values of measures")), by=by)
