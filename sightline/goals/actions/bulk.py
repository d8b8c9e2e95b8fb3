"""Brings goals with their history: what an organisation knew before, as it was.

One event a goal tells all that was brought. A goal can serve only what was there before it, so no
circle can come in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.record import record_all
from sightline.goals import policies
from sightline.goals.actions.figures import locked_upwards, redraw
from sightline.goals.actions.forecasts import forecast
from sightline.goals.actions.measuring import Heard, Point, points_of, take_word
from sightline.goals.events import GoalBrought
from sightline.goals.models import (
    Acceptance,
    CheckIn,
    Closing,
    Contribution,
    Disagreement,
    Goal,
    Period,
    Revision,
    Side,
    Tick,
)
from sightline.goals.queries.forecasts import recalibration
from sightline.goals.rules.plans import shares_fault
from sightline.goals.rules.texts import GoalText, fields_of
from sightline.people.models import Employee, Responsibility, Unit
from sightline.people.viewer import Viewer
from sightline.strategy.models import Objective


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass of the ball."""

    text: GoalText
    author: Employee
    side: Side
    on: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One check-in; `disagrees` is what its status does not tell."""

    on: date
    value: Decimal | None
    confidence: Decimal
    note: str = ""
    disagrees: str = ""
    status: str = ""
    ticks: tuple[tuple[int, date], ...] = ()
    """Milestones, by number, with the days on which they were done."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a goal ended."""

    outcome: str
    by: Employee
    on: date
    words: str = ""


@dataclass(frozen=True, slots=True)
class Serves:
    """What is served: the key of a goal brought before, an objective or a responsibility."""

    target: str | Objective | Responsibility
    share_percent: Decimal = Decimal(100)


@dataclass(frozen=True, slots=True)
class GoalHistory:
    """A goal with all that became of it. `speaker` checks in: the owner, or the unit's lead."""

    key: str
    period: Period
    passes: tuple[Pass, ...]
    speaker: Employee
    other: Employee | None
    employee: Employee | None = None
    unit: Unit | None = None
    visibility: str = Goal.Visibility.EVERYONE
    agreed_number: int | None = None
    said: tuple[Said, ...] = ()
    ended: Ended | None = None
    serves: tuple[Serves, ...] = ()


@dataclass(slots=True)
class _Rows:
    revisions: list[Revision] = field(default_factory=list)
    acceptances: list[Acceptance] = field(default_factory=list)
    check_ins: list[CheckIn] = field(default_factory=list)
    ticks: list[Tick] = field(default_factory=list)
    disagreements: list[Disagreement] = field(default_factory=list)
    closings: list[Closing] = field(default_factory=list)
    contributions: list[Contribution] = field(default_factory=list)


@transaction.atomic
def bring_goals(
    *, by: Viewer, histories: Sequence[GoalHistory], known: Mapping[str, int] | None = None
) -> dict[str, int]:
    """Write goals with their histories; tells their keys. `known` are goals brought before."""
    require(policies.may_bring_goals(by))
    goals = [_goal(one) for one in histories]
    forecast(zip(goals, map(_points, histories, goals), strict=True), recalibration())
    Goal.objects.bulk_create(goals, batch_size=500)
    keys = dict(known or {}) | {
        one.key: goal.pk for one, goal in zip(histories, goals, strict=True)
    }
    rows = _Rows()
    for one, goal in zip(histories, goals, strict=True):
        _add_talk(rows, one, goal)
        _add_course(rows, one, goal)
        _add_links(rows, one, goal, keys)
    _write(rows)
    parents = {row.parent_id for row in rows.contributions if row.parent_id}
    redraw(locked_upwards(parents), parents, closed=True)
    told = zip(histories, goals, strict=True)
    record_all([_event(one, goal) for one, goal in told], by=by)
    return keys


def _goal(one: GoalHistory) -> Goal:
    text = one.passes[(one.agreed_number or len(one.passes)) - 1].text
    is_agreed = one.agreed_number == len(one.passes)
    stage = Goal.Stage.AGREED if is_agreed else Goal.Stage.PROPOSED
    goal = Goal(
        employee=one.employee,
        unit=one.unit,
        period=one.period,
        visibility=one.visibility,
        stage=Goal.Stage.CLOSED if one.ended else stage,
        turn="" if one.ended or is_agreed else one.passes[-1].side.other,
        drafted_by=one.passes[0].author,
        latest_number=len(one.passes),
        agreed_number=one.agreed_number,
        version=2 if one.ended else 1,
        changed_at=now(),
        **fields_of(text),
    )
    take_word(goal, _heard(one))
    return goal


def _heard(one: GoalHistory) -> Heard:
    words = [(said.on, said.value, said.confidence) for said in one.said]
    return Heard(words, dict(tick for said in one.said for tick in said.ticks))


def _points(one: GoalHistory, goal: Goal) -> list[Point]:
    return points_of(goal, _heard(one))


def _add_talk(rows: _Rows, one: GoalHistory, goal: Goal) -> None:
    for number, passed in enumerate(one.passes, start=1):
        at = _at(passed.on)
        revision = Revision(
            goal=goal,
            number=number,
            author=passed.author,
            side=passed.side,
            reason=passed.reason,
            written_at=at,
            **fields_of(passed.text),
        )
        rows.revisions.append(revision)
        signed = {passed.side: passed.author}
        if number == one.agreed_number and one.other is not None:
            other = one.other if passed.side == Side.OWNER else one.speaker
            signed[passed.side.other] = other
        rows.acceptances += [
            Acceptance(revision=revision, side=side, by=by, accepted_at=at)
            for side, by in signed.items()
        ]


def _add_course(rows: _Rows, one: GoalHistory, goal: Goal) -> None:
    for said in one.said:
        row = CheckIn(
            goal=goal,
            author=one.speaker,
            on=said.on,
            value=said.value,
            confidence=said.confidence,
            note=said.note,
            recorded_at=_at(said.on),
        )
        rows.check_ins.append(row)
        titles = {step.number: step.title for step in goal.milestones}
        rows.ticks += [
            Tick(check_in=row, number=number, title=titles[number], done_on=on)
            for number, on in said.ticks
        ]
        if said.disagrees:
            rows.disagreements.append(
                Disagreement(
                    check_in=row,
                    status=said.status,
                    words=said.disagrees,
                    by=one.speaker,
                    on=said.on,
                )
            )
    if one.ended:
        end = one.ended
        rows.closings.append(
            Closing(goal=goal, outcome=end.outcome, words=end.words, by=end.by, on=end.on)
        )


def _add_links(rows: _Rows, one: GoalHistory, goal: Goal, keys: Mapping[str, int]) -> None:
    if shares_fault(link.share_percent for link in one.serves) is not None:
        raise Refused(_("The shares of “%s” are more than the goal.") % goal.title)
    for link in one.serves:
        target = link.target
        row = Contribution(
            goal=goal,
            share_percent=link.share_percent,
            confirmed_by=one.speaker,
            confirmed_on=one.passes[-1].on,
        )
        if isinstance(target, Objective):
            row.objective = target
        elif isinstance(target, Responsibility):
            row.responsibility = target
        else:
            row.parent_id, row.parent_version = keys[target], 1
        rows.contributions.append(row)


def _write(rows: _Rows) -> None:
    Revision.objects.bulk_create(rows.revisions, batch_size=500)
    Acceptance.objects.bulk_create(rows.acceptances, batch_size=1000)
    CheckIn.objects.bulk_create(rows.check_ins, batch_size=1000)
    Tick.objects.bulk_create(rows.ticks, batch_size=1000)
    Disagreement.objects.bulk_create(rows.disagreements)
    Closing.objects.bulk_create(rows.closings, batch_size=1000)
    Contribution.objects.bulk_create(rows.contributions, batch_size=1000)


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))


def _event(one: GoalHistory, goal: Goal) -> GoalBrought:
    return GoalBrought(
        goal_id=goal.pk,
        subject_ref=(one.employee or one.speaker).ref,
        title=goal.title,
        revisions=len(one.passes),
        check_ins=len(one.said),
        outcome=one.ended.outcome if one.ended else "",
    )
