"""Steps of getting started: put off, and taken up again."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from sightline.foundation.access.decisions import require
from sightline.foundation.core.dates import now
from sightline.foundation.ledger.record import record_all
from sightline.people.viewer import Viewer
from sightline.site import policies
from sightline.site.events import StepPutOff, StepTakenUp
from sightline.site.models import StepSetAside


@transaction.atomic
def set_aside(*, by: Viewer, steps: Iterable[str]) -> None:
    """Put steps off, so that home no longer lists them; those put off already stay so."""
    require(policies.may_begin(by))
    known = set(StepSetAside.objects.values_list("step", flat=True))
    fresh = [step for step in steps if step not in known]
    StepSetAside.objects.bulk_create(
        [StepSetAside(step=step, by=by.employee, at=now()) for step in fresh],
        ignore_conflicts=True,
    )
    record_all([StepPutOff(step) for step in fresh], by=by)


@transaction.atomic
def take_up(*, by: Viewer, step: str) -> None:
    """List a step again that was put off."""
    require(policies.may_begin(by))
    gone, _by_kind = StepSetAside.objects.filter(step=step).delete()
    record_all([StepTakenUp(step)] * bool(gone), by=by)
