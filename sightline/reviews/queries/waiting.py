"""What in reviews waits for somebody: computed from what is really open. For the home page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from sightline.foundation.core.open_ends import OpenEnd, read_at_once, rows_of
from sightline.people.viewer import Viewer
from sightline.reviews import policies
from sightline.reviews.models import (
    Calibrator,
    Cycle,
    CycleStage,
    Form,
    Nomination,
    PeerSummary,
    Review,
    Section,
)
from sightline.reviews.queries.reviews import appeals_waiting

Kind = CycleStage.Kind
Parts = dict[tuple[int, str], CycleStage]
KIND_OF_ROLE = {
    Form.Role.SELF: Kind.SELF,
    Form.Role.MANAGER: Kind.MANAGER,
    Form.Role.PEER: Kind.PEERS,
}


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
    count: int = 1


def waiting_for(viewer: Viewer) -> list[Waiting]:
    """All that waits for the viewer, the nearest first; in four reads."""
    found = [*to_be_written(viewer), *map(as_waiting, read_at_once(open_ends(viewer)))]
    return sorted(found, key=lambda one: (one.due_on or date.max, one.act, one.key))


def to_be_written(viewer: Viewer) -> list[Waiting]:
    """Forms to write, and what the viewer's own reviews and those he writes wait for."""
    parts = _parts_of_running_cycles()
    return [*_forms(viewer, parts), *_reviews(viewer, parts)] if parts else []


def _parts_of_running_cycles() -> Parts:
    """The parts of the cycles in which somebody writes, shares or replies, by cycle and kind."""
    rows = CycleStage.objects.filter(cycle__stage__in=[Cycle.Stage.OPEN, Cycle.Stage.SHARED])
    return {(row.cycle_id, row.kind): row for row in rows}


def open_ends(viewer: Viewer) -> list[QuerySet[Any]]:
    """Calibrations in which the viewer was named, and appeals that HR has to decide."""
    named = Calibrator.objects.filter(employee=viewer.employee, cycle=OuterRef("pk"))
    cycles = Cycle.objects.filter(Exists(named), stage=Cycle.Stage.CALIBRATING)
    parts = CycleStage.objects.filter(cycle=OuterRef("pk"), kind=Kind.CALIBRATE)
    until = Subquery(parts.values("until_on")[:1])
    found = [rows_of(cycles, "calibrate", text="name", on=until)]
    if viewer.is_hr_administrator or viewer.units_partnered:
        appeals = appeals_waiting(viewer)
        found.append(rows_of(appeals, "decide_appeal", who="employee__name", text="cycle__name"))
    return found


def as_waiting(end: OpenEnd) -> Waiting:
    """An open end of this app as what it is here."""
    return Waiting(end.what, end.text, end.key, end.who, _day_before(end.on))


def _day_before(until: date | None) -> date | None:
    return date.fromordinal(until.toordinal() - 1) if until else None


def _forms(viewer: Viewer, parts: Parts) -> list[Waiting]:
    """The forms that the viewer has yet to submit and may."""
    rows = Form.objects.filter(policies.forms_still_open(), rater=viewer.employee)
    return [
        Waiting(
            act=f"write_{form.role}",
            cycle=form.review.cycle.name,
            key=form.pk,
            about=form.review.employee.name,
            due_on=_last_day(parts, form.review.cycle_id, KIND_OF_ROLE[Form.Role(form.role)]),
            begun=form.state == Form.State.DRAFT,
        )
        for form in rows.select_related("review__cycle", "review__employee")
    ]


def _last_day(parts: Parts, cycle_id: int, kind: str) -> date | None:
    part = parts.get((cycle_id, kind))
    return part.last_on if part else None


def _reviews(viewer: Viewer, parts: Parts) -> list[Waiting]:
    """What the viewer's own reviews and those he writes wait for, in one read.

    Both exist for him.
    """
    me = viewer.employee
    nominations = Nomination.objects.filter(review=OuterRef("pk"))
    asked_of_peers = Section.objects.asked_of(Form.Role.PEER).filter(
        version=OuterRef("cycle__version")
    )
    rows: Any = (
        Review.objects.filter(Q(employee=me) | Q(manager=me))
        .filter(cycle__stage__in=[Cycle.Stage.OPEN, Cycle.Stage.SHARED])
        .select_related("cycle", "employee")
        .annotate(
            has_summary=Exists(PeerSummary.objects.filter(review=OuterRef("pk"))),
            asks_peers=Exists(asked_of_peers),
            has_peers=Exists(nominations),
            has_proposed=Exists(nominations.filter(answer__isnull=True)),
        )
    )
    return [waiting for one in rows if (waiting := _of_review(one, viewer, parts))]


def _of_review(one: Any, viewer: Viewer, parts: Parts) -> Waiting | None:
    """What one review waits for, from whoever looks; one thing at a time."""
    is_own, is_open = one.employee_id == viewer.employee.pk, one.cycle.stage == Cycle.Stage.OPEN
    is_gathered = one.has_summary or one.cycle.peers_gathered_at is not None
    takes_peers = is_open and one.asks_peers and not is_gathered
    choosing = parts.get((one.cycle_id, Kind.NOMINATE))
    is_chosen_now = choosing is not None and viewer.today in choosing.span
    if is_own and takes_peers and is_chosen_now and not one.has_peers:
        return _about("nominate", one, parts, Kind.NOMINATE)
    if not is_own and takes_peers and one.has_proposed:
        return _about("confirm_peers", one, parts, Kind.NOMINATE)
    if not is_own and not is_open and one.stage == Review.Stage.CALIBRATED:
        return _about("share", one, parts, Kind.SHARE)
    if is_own and one.stage == Review.Stage.SHARED:
        return _about("acknowledge", one, parts, Kind.ACKNOWLEDGE)
    return None


def _about(act: str, review: Review, parts: Parts, kind: str) -> Waiting:
    day = _last_day(parts, review.cycle_id, kind)
    return Waiting(act, review.cycle.name, review.pk, review.employee.name, day)
