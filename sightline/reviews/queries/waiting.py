"""What in reviews waits for somebody: computed from what is really open. For the home page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from sightline.people.models import Employee
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
)
from sightline.reviews.queries.reviews import appeals_waiting, reviews_seen_by

Kind = CycleStage.Kind
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
    cycle: Cycle
    key: int
    """Of the form, the review or the cycle that it is about."""
    about: Employee | None
    due_on: date | None
    begun: bool = False
    count: int = 1


def waiting_for(viewer: Viewer) -> list[Waiting]:
    """All that waits for the viewer, the nearest first; at most nine queries."""
    found = [
        *_forms(viewer),
        *_peers_to_choose(viewer),
        *_peers_to_confirm(viewer),
        *_outcomes(viewer),
        *_calibrations(viewer),
        *_appeals(viewer),
    ]
    return sorted(found, key=lambda one: (one.due_on or date.max, one.act, one.key))


def due(kind: str, cycle: str) -> Subquery:
    """The first day after a part of the cycle of an outer row."""
    rows = CycleStage.objects.filter(cycle=OuterRef(cycle), kind=kind)
    return Subquery(rows.values("until_on")[:1])


def open_forms(viewer: Viewer) -> QuerySet[Any]:
    """The forms that the viewer has yet to submit and may, each with its last day (`until_on`)."""
    rows = Form.objects.filter(rater=viewer.employee, review__cycle__stage=Cycle.Stage.OPEN)
    gathered = PeerSummary.objects.filter(review=OuterRef("review"))
    rows = rows.exclude(state=Form.State.SUBMITTED).exclude(Exists(gathered), role=Form.Role.PEER)
    return rows.select_related("review__cycle", "review__employee").annotate(
        until_self=due(Kind.SELF, "review__cycle"),
        until_manager=due(Kind.MANAGER, "review__cycle"),
        until_peers=due(Kind.PEERS, "review__cycle"),
    )


def last_day_of_form(form: Any) -> date | None:
    """The last day on which a form that `open_forms` gave is expected."""
    until = getattr(form, f"until_{KIND_OF_ROLE[form.role]}")
    return _day_before(until)


def _day_before(until: date | None) -> date | None:
    return date.fromordinal(until.toordinal() - 1) if until else None


def _forms(viewer: Viewer) -> list[Waiting]:
    return [
        Waiting(
            act=f"write_{form.role}",
            cycle=form.review.cycle,
            key=form.pk,
            about=form.review.employee,
            due_on=last_day_of_form(form),
            begun=form.state == Form.State.DRAFT,
        )
        for form in open_forms(viewer)
    ]


def _peers_to_choose(viewer: Viewer) -> list[Waiting]:
    """The viewer's own review without any nomination, while peers are chosen."""
    asked = CycleStage.objects.on(viewer.today).filter(kind=Kind.NOMINATE, cycle=OuterRef("cycle"))
    rows = reviews_seen_by(viewer).filter(
        employee=viewer.employee, cycle__stage=Cycle.Stage.OPEN, nominations__isnull=True
    )
    rows = rows.filter(Exists(asked)).annotate(until=due(Kind.NOMINATE, "cycle"))
    return [_about("nominate", one, _day_before(one.until)) for one in rows]


def _peers_to_confirm(viewer: Viewer) -> list[Waiting]:
    """Reviews that the viewer writes, with colleagues proposed and not answered."""
    waiting = Nomination.objects.filter(review=OuterRef("pk"), answer__isnull=True)
    gathered = PeerSummary.objects.filter(review=OuterRef("pk"))
    rows = reviews_seen_by(viewer).filter(
        Exists(waiting), ~Exists(gathered), manager=viewer.employee, cycle__stage=Cycle.Stage.OPEN
    )
    rows = rows.annotate(until=due(Kind.NOMINATE, "cycle"))
    return [_about("confirm_peers", one, _day_before(one.until)) for one in rows]


def _outcomes(viewer: Viewer) -> list[Waiting]:
    """Reviews to be shared by the viewer, and his own to be acknowledged."""
    me = viewer.employee
    rows = reviews_seen_by(viewer).annotate(
        until_share=due(Kind.SHARE, "cycle"), until_reply=due(Kind.ACKNOWLEDGE, "cycle")
    )
    to_share: Any = rows.filter(
        manager=me, stage=Review.Stage.CALIBRATED, cycle__stage=Cycle.Stage.SHARED
    )
    to_read: Any = rows.filter(employee=me, stage=Review.Stage.SHARED)
    return [_about("share", one, _day_before(one.until_share)) for one in to_share] + [
        _about("acknowledge", one, _day_before(one.until_reply)) for one in to_read
    ]


def _calibrations(viewer: Viewer) -> list[Waiting]:
    """Cycles being calibrated in which the viewer was named."""
    rows = Calibrator.objects.filter(employee=viewer.employee, cycle__stage=Cycle.Stage.CALIBRATING)
    found: Any = Cycle.objects.filter(pk__in=rows.values("cycle")).annotate(
        until=due(Kind.CALIBRATE, "pk")
    )
    return [Waiting("calibrate", one, one.pk, None, _day_before(one.until)) for one in found]


def _appeals(viewer: Viewer) -> list[Waiting]:
    if not viewer.is_hr_administrator and not viewer.units_partnered:
        return []
    return [_about("decide_appeal", one, None) for one in appeals_waiting(viewer)]


def _about(act: str, review: Review, day: date | None) -> Waiting:
    return Waiting(act, review.cycle, review.pk, review.employee, day)


def may_be_due(viewer: Viewer) -> bool:
    """Whether the viewer can have anything to do with reviews at all."""
    return viewer.is_employed or bool(policies.may_follow_cycles(viewer))
