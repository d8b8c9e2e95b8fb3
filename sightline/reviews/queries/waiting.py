"""What in reviews waits for somebody: computed from what is really open. For the home page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Concat

from sightline.foundation.core.open_ends import OpenEnd, read_at_once, rows_of
from sightline.foundation.core.spans import ONE_DAY
from sightline.people.viewer import Viewer
from sightline.reviews import policies
from sightline.reviews.models import (
    Calibrator,
    Cycle,
    CycleStage,
    Form,
    Nomination,
    Review,
)
from sightline.reviews.queries.reviews import appeals_waiting

Kind = CycleStage.Kind
_CONFIRM = Value("confirm_peers")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: what (`act`), in which cycle, about whom, by when."""

    act: str
    """write_self, write_manager, write_peer, nominate, confirm_peers, calibrate, share,
    acknowledge, decide_appeal."""
    cycle: str
    """What the cycle is called."""
    key: int
    """Of the form, the review or the cycle that it is about."""
    about: str
    """Who is reviewed; "" when it is about a whole cycle."""
    due_on: date | None
    begun: bool = False


def waiting_for(viewer: Viewer) -> list[Waiting]:
    """All that waits for the viewer, the nearest first; in one read."""
    found = map(as_waiting, read_at_once(open_ends(viewer)))
    return sorted(found, key=lambda one: (one.due_on or date.max, one.act, one.key))


def open_ends(viewer: Viewer) -> list[QuerySet[Any]]:
    """Forms to write, reviews to move on, calibrations, and appeals that HR has to decide."""
    found = [_forms(viewer), _reviews(viewer), _calibrations(viewer)]
    if viewer.is_hr_administrator or viewer.units_partnered:
        appeals = appeals_waiting(viewer)
        found.append(rows_of(appeals, "decide_appeal", who="employee__name", text="cycle__name"))
    return found


def as_waiting(end: OpenEnd) -> Waiting:
    """An open end of this app as what it is here."""
    due_on = end.on - ONE_DAY if end.on else None
    begun = end.more == Form.State.DRAFT
    return Waiting(end.what, end.text, end.key, end.who, due_on, begun)


def _until(kind: Any, cycle: str) -> Subquery:
    """The first day after a part of the cycle of an outer row."""
    rows = CycleStage.objects.filter(cycle=OuterRef(cycle), kind=kind)
    return Subquery(rows.values("until_on")[:1])


def _forms(viewer: Viewer) -> QuerySet[Any]:
    """The forms that the viewer has yet to submit and may."""
    part = Case(When(role=Form.Role.PEER, then=Value(Kind.PEERS)), default=F("role"))
    rows = Form.objects.filter(policies.forms_still_open(), rater=viewer.employee)
    return rows_of(
        rows.annotate(part=part),
        Concat(Value("write_"), "role", output_field=CharField()),
        who="review__employee__name",
        text="review__cycle__name",
        more="state",
        on=_until(OuterRef("part"), "review__cycle"),
    )


def _reviews(viewer: Viewer) -> QuerySet[Any]:
    """What the viewer's own reviews and those he writes wait for, one thing at a time.

    Both exist for him.
    """
    own, managed = Q(employee=viewer.employee), Q(manager=viewer.employee)
    chosen, today = policies.peers_still_chosen(), _in_days_of_choosing(viewer)
    act = Case(
        When(own & chosen & today & ~_has_peers(), then=Value("nominate")),
        When(managed & chosen & _has_peers(answer__isnull=True), then=_CONFIRM),
        When(
            managed & Q(cycle__stage=Cycle.Stage.SHARED, stage=Review.Stage.CALIBRATED),
            then=Value("share"),
        ),
        When(own & Q(stage=Review.Stage.SHARED), then=Value("acknowledge")),
        default=Value(""),
        output_field=CharField(),
    )
    part = Case(When(act=_CONFIRM, then=Value(Kind.NOMINATE)), default=F("act"))
    rows = Review.objects.filter(
        own | managed, cycle__stage__in=[Cycle.Stage.OPEN, Cycle.Stage.SHARED]
    )
    return rows_of(
        rows.annotate(act=act).exclude(act="").annotate(part=part),
        F("act"),
        who="employee__name",
        text="cycle__name",
        on=_until(OuterRef("part"), "cycle"),
    )


def _in_days_of_choosing(viewer: Viewer) -> Q:
    choosing = CycleStage.objects.on(viewer.today).filter(kind=Kind.NOMINATE)
    return Q(Exists(choosing.filter(cycle=OuterRef("cycle"))))


def _has_peers(**how: Any) -> Q:
    return Q(Exists(Nomination.objects.filter(review=OuterRef("pk"), **how)))


def _calibrations(viewer: Viewer) -> QuerySet[Any]:
    """Cycles in whose calibration the viewer was named."""
    named = Calibrator.objects.filter(employee=viewer.employee, cycle=OuterRef("pk"))
    cycles = Cycle.objects.filter(Exists(named), stage=Cycle.Stage.CALIBRATING)
    return rows_of(cycles, "calibrate", text="name", on=_until(Kind.CALIBRATE, "pk"))
