"""Goals with their status, as the viewer may see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from sightline.foundation.core.spans import Span
from sightline.goals import policies
from sightline.goals.models import Acceptance, Closing, Goal, Side, Wording
from sightline.goals.queries.drift import drifts
from sightline.goals.queries.proposals import with_talk
from sightline.goals.rules import status as rules
from sightline.goals.rules.status import Standing, Status
from sightline.people.models import Employee
from sightline.people.viewer import Viewer


def goals_seen_by(viewer: Viewer) -> QuerySet[Goal]:
    """The goals that exist for the viewer, each with period, owner and closing."""
    return with_owners(Goal.objects.filter(policies.goals_visible_to(viewer)))


def with_owners(rows: QuerySet[Goal]) -> QuerySet[Goal]:
    """Each of these goals with period, owner and closing."""
    return rows.select_related("period", "employee", "unit", "closing")


def seen_among(viewer: Viewer, rows: QuerySet[Goal]) -> list[Goal]:
    """Of some few goals those that exist for the viewer, in their order, as `goals_seen_by` does.

    What a short look tells is told in the same read; only about the rest is asked at length.
    """
    is_plain = ExpressionWrapper(policies.plainly_visible_to(viewer), BooleanField())
    found: list[Any] = list(with_owners(rows).annotate(is_plain=is_plain))
    doubtful = [one.pk for one in found if not one.is_plain]
    if not doubtful:
        return found
    asked = Goal.objects.filter(policies.goals_visible_to(viewer), pk__in=doubtful)
    seen = set(asked.values_list("pk", flat=True))
    return [one for one in found if one.is_plain or one.pk in seen]


def goal_seen_by(viewer: Viewer, goal_id: int) -> Goal | None:
    """One goal."""
    return next(iter(seen_among(viewer, Goal.objects.filter(pk=goal_id))), None)


def standing_of(goal: Goal, day: date) -> Standing:
    """Where a goal stands on a day; its period and closing are at hand."""
    if goal.is_closed:
        return Standing(Status(goal.closing.outcome), goal.done_percent, goal.plan_percent)
    if not goal.holds:
        return Standing(Status(goal.stage))
    return rules.standing(_course(goal), day, goal.period.fresh_for)


def _course(goal: Goal) -> rules.Course:
    return rules.Course(
        from_on=goal.from_on,
        due_on=goal.due_on,
        done_percent=goal.done_percent,
        confidence=goal.confidence,
        measured_on=goal.measured_on,
        chance_percent=goal.chance_percent,
        wanted_percent=goal.plan_percent if goal.kind == Wording.Kind.MILESTONES else None,
        agreed_percent=_agreed_percent(goal),
    )


def _agreed_percent(goal: Goal) -> Decimal | None:
    if goal.kind != Wording.Kind.BAND or goal.inside_percent is None:
        return None
    return Decimal(goal.inside_percent)


@dataclass(frozen=True, slots=True)
class GoalSeen:
    """A goal with where it stands."""

    goal: Goal
    standing: Standing

    @property
    def status(self) -> Status:
        """The computed status, or how the goal ended."""
        return self.standing.status

    @property
    def score_percent(self) -> Decimal | None:
        """How much was reached, between 0 and 100; None when nothing was measured.

        What was done is 100 unless a number says otherwise; what was dropped has no score.
        """
        if self.status == Status.DROPPED:
            return None
        if self.standing.done_percent is None:
            return rules.WHOLE if self.status == Status.DONE else None
        return rules.held(self.standing.done_percent)

    @property
    def is_on_time(self) -> bool | None:
        """Whether it was done by its due day; None while it runs, or when it was dropped."""
        if self.status not in {Status.DONE, Status.MISSED}:
            return None
        closing: Closing = self.goal.closing
        return self.status == Status.DONE and rules.is_on_time(closing.on, self.goal.due_on)


def told(goals: Iterable[Goal], day: date) -> list[GoalSeen]:
    """Goals as pages show them."""
    return [GoalSeen(goal, standing_of(goal, day)) for goal in goals]


def goals_of_person(viewer: Viewer, employee: Employee, span: Span) -> list[GoalSeen]:
    """A person's agreed goals that ran in a span, with status or final score; heaviest first.

    What a review, a talk or a decision about the person rests on. Goals of a period that meets
    the span; what was never agreed is not there.
    """
    rows = Goal.objects.filter(employee=employee, agreed_number__isnull=False)
    return told(seen_among(viewer, _meeting(rows, span)), min(viewer.today, span.end))


def _meeting(rows: QuerySet[Goal], span: Span) -> QuerySet[Goal]:
    rows = rows.filter(period__from_on__lt=span.end, period__until_on__gt=span.start)
    return rows.order_by("period__from_on", "-weight_percent", "pk")


def own_running(viewer: Viewer) -> QuerySet[Goal]:
    """The viewer's own agreed goals, and those of units he leads, that run; soonest due first."""
    near = with_agreement(goals_seen_by(viewer)).filter(policies.near_to(viewer))
    rows = near.filter(policies.owned_by(viewer), agreed_number__isnull=False)
    return rows.exclude(stage=Goal.Stage.CLOSED).order_by("unit", "due_on", "pk")


def is_silent(goal: Goal, day: date) -> bool:
    """Whether the cadence has passed without a word; what sums up others is never asked."""
    if goal.kind == Wording.Kind.CHILDREN:
        return False
    return (day - last_heard(goal)).days >= goal.period.cadence_days


def last_heard(goal: Any) -> date:
    """When something was last said of a goal, told by `with_agreement`.

    Before the first check-in that is its start, or the day of the agreement, if that is later.
    """
    heard: date = goal.measured_on or goal.from_on
    if goal.measured_on or goal.agreed_at is None:
        return heard
    return max(heard, timezone.localtime(goal.agreed_at).date())


def with_agreement(rows: QuerySet[Goal]) -> QuerySet[Goal]:
    """Each of these goals with `agreed_at`: when the second side accepted what holds."""
    holding = Q(revision__goal=OuterRef("pk"), revision__number=OuterRef("agreed_number"))
    given = Acceptance.objects.filter(holding).order_by("-accepted_at")
    return rows.annotate(agreed_at=Subquery(given.values("accepted_at")[:1]))


@dataclass(frozen=True, slots=True)
class AtHand:
    """What of goals is in the viewer's hands today."""

    own: list[GoalSeen]
    """His own, agreed or proposed, the heaviest first; then those of units he leads."""
    to_answer: list[GoalSeen]
    silent: list[GoalSeen]
    """Those of his running goals whose cadence has passed without a word, the oldest first."""
    stale: list[GoalSeen]
    """Those of his running goals that serve what has changed, closed or ended since."""


def goals_at_hand(viewer: Viewer) -> AtHand:
    """The viewer's goals of today, and all in which it is his turn, in one read.

    Whoever stands on one side of a goal sees it; drafts of others are on nobody's side yet.
    """
    owned = policies.owned_by(viewer) & ~Q(stage__in=[Goal.Stage.CLOSED, Goal.Stage.DRAFT])
    rows = with_talk(with_agreement(Goal.objects.filter(policies.near_to(viewer))))
    rows = rows.filter(owned | policies.sides_of(viewer)).annotate(drifts=drifts())
    rows = rows.select_related("period", "employee", "unit", "closing")
    goals: list[Any] = list(rows.order_by("unit", "-weight_percent", "pk"))
    found = told(goals, viewer.today)
    own = [one for one in found if _is_owned(viewer, one.goal)]
    own.sort(key=lambda one: one.goal.employee_id is None)
    mine = [one for one in found if _is_turn_of(viewer, one.goal)]
    adrift = {goal.pk for goal in goals if goal.holds and goal.drifts}
    stale = [one for one in own if one.goal.pk in adrift]
    return AtHand(own, mine, silent_of(own, viewer.today), stale)


def silent_of(goals: Iterable[GoalSeen], day: date) -> list[GoalSeen]:
    """Those of running goals of which nobody has said a word for longer than the cadence.

    The goals come from a read `with_agreement`.
    """
    due = [
        one
        for one in goals
        if one.goal.holds and not one.goal.is_closed and is_silent(one.goal, day)
    ]
    return sorted(due, key=lambda one: last_heard(one.goal))


def _is_owned(viewer: Viewer, goal: Goal) -> bool:
    return goal.employee_id == viewer.employee.pk or goal.unit_id in viewer.units_led


def _is_turn_of(viewer: Viewer, goal: Goal) -> bool:
    side = Side.OWNER if _is_owned(viewer, goal) else Side.LEAD
    return goal.turn == side
