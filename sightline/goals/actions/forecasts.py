"""Keeps how likely goals are done in time, and learns from those that ended.

numpy and scipy are loaded with the first forecast, not at the start.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet

from sightline.foundation.core.dates import now
from sightline.goals.actions.measuring import (
    CENT,
    Point,
    heard_about,
    known_of,
    points_of,
    take_word,
)
from sightline.goals.models import Closing, Goal, Recalibration, Wording
from sightline.goals.queries.forecasts import recalibration
from sightline.goals.rules import band, status

if TYPE_CHECKING:
    from sightline.goals.rules.forecast import Course

Kind = Wording.Kind
AT_A_TIME = 500


def measure(goal: Goal) -> None:
    """Take over what was said of a goal, and how likely that makes it. It is not saved."""
    heard = heard_about([goal])[goal.pk]
    take_word(goal, heard)
    forecast([(goal, points_of(goal, heard))], recalibration())


def forecast(
    courses: Iterable[tuple[Goal, Sequence[Point]]], learned: Recalibration | None
) -> None:
    """Work out of each goal how likely it is done in time, by its course up to its last word.

    None for what is done or is not, for what nobody measured, and for milestones before one was
    due or done. A band is certain, lost, or neither. The goals are not saved.
    """
    from sightline.goals.rules import forecast as rules

    correction = rules.Recalibration(learned.offset, learned.slope) if learned else rules.AS_IT_IS
    moving, planned = [], []
    for goal, points in courses:
        goal.chance_percent = None
        if goal.done_percent is None or goal.kind == Kind.YES_NO:
            continue
        if goal.kind == Kind.BAND:
            goal.chance_percent = _outlook(goal, points)
        elif goal.kind == Kind.MILESTONES:
            planned += [(goal, _course(goal, points))] if points else []
        else:
            moving.append((goal, _course(goal, points)))
    for lot, corrected in ((moving, correction), (planned, rules.AS_IT_IS)):
        found = rules.chances([course for _goal, course in lot], learned=corrected)
        for (goal, _its_course), chance in zip(lot, found, strict=True):
            goal.chance_percent = Decimal(100 * float(chance)).quantize(CENT)


def _outlook(goal: Goal, points: Iterable[Point]) -> Decimal | None:
    told = [(on, bool(inside)) for on, inside in points]
    return band.outlook(told, goal.due_on, goal.inside_percent or 0)


def _course(goal: Goal, points: Sequence[Point]) -> Course:
    from sightline.goals.rules import forecast as rules

    days = max(1, (goal.due_on - goal.from_on).days)
    found = rules.course_of(
        (rules.UNITS * (on - goal.from_on).days / days, float(done) / 100)
        for on, done in points
        if done is not None
    )
    if goal.kind != Kind.MILESTONES or points[-1][0] >= goal.due_on:
        return found
    return replace(found, grace=rules.UNITS * status.GRACE.days / days)


def learn_from_what_ended() -> Recalibration | None:
    """Hold what was forecast half-way against what became of it, and correct all forecasts.

    Nothing is learned from fewer than 200 goals, or when none ended since the last time; then
    what was learned last is applied again: a run that broke off half-way is made up for.
    """
    from sightline.goals.rules import forecast as rules

    last, ended = Recalibration.objects.order_by("pk").last(), list(_ended())
    if len(ended) < rules.FEWEST_FINISHED:
        return None
    if last is not None and last.goals == len(ended):
        _forecast_anew(last)
        return None
    raw = rules.chances([course for course, _in_time in ended])
    in_time = [one for _its_course, one in ended]
    learned = rules.learn(raw, in_time)
    found = Recalibration.objects.create(
        learned_at=now(),
        goals=len(ended),
        offset=learned.offset,
        slope=learned.slope,
        error_before=rules.brier(raw, in_time),
        error_after=rules.brier(rules.recalibrated(raw, learned), in_time),
    )
    _forecast_anew(found)
    return found


def _ended() -> Iterator[tuple[Course, bool]]:
    """Of each goal that ended: its course in its first half, and whether it was done in time."""
    outcomes = [Closing.Outcome.DONE, Closing.Outcome.MISSED]
    goals = Goal.objects.filter(kind=Kind.NUMBER, closing__outcome__in=outcomes)
    for goal, points in _with_points(goals.select_related("closing")):
        half = goal.from_on + (goal.due_on - goal.from_on) / 2
        early = [(on, done) for on, done in points if on <= half]
        if early and all((done or 0) < status.WHOLE for _on, done in early):
            is_done = goal.closing.outcome == Closing.Outcome.DONE
            in_time = status.is_on_time(goal.closing.on, goal.due_on)
            yield _course(goal, early), is_done and in_time


def _forecast_anew(learned: Recalibration) -> None:
    """Correct the chances of all goals that run, lot by lot: nobody waits long.

    Only chances that differ are written, so that it costs little to do it again.
    """
    running = Goal.objects.exclude(stage=Goal.Stage.CLOSED).filter(done_percent__isnull=False)
    for lot in _lots(running):
        with transaction.atomic():
            goals = list(
                running.select_for_update(of=("self",), no_key=True)
                .filter(pk__in=lot)
                .order_by("pk")
            )
            before = {goal.pk: goal.chance_percent for goal in goals}
            heard = heard_about(goals)
            forecast([(goal, known_of(goal, heard[goal.pk])) for goal in goals], learned)
            changed = [goal for goal in goals if goal.chance_percent != before[goal.pk]]
            Goal.objects.bulk_update(changed, ["chance_percent"])


def _with_points(goals: QuerySet[Goal]) -> Iterator[tuple[Goal, list[Point]]]:
    """Each of these goals with what was said of it, in the order of its days."""
    for lot in _lots(goals):
        rows = list(goals.filter(pk__in=lot).order_by("pk"))
        heard = heard_about(rows)
        for goal in rows:
            yield goal, points_of(goal, heard[goal.pk])


def _lots(goals: QuerySet[Goal]) -> Iterator[list[int]]:
    keys = list(goals.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_A_TIME):
        yield keys[start : start + AT_A_TIME]
