"""The thread on which a goal hangs: up to the strategic objectives, and down to what serves it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from sightline.goals import policies
from sightline.goals.models import Contribution, Goal
from sightline.goals.queries.ancestry import above
from sightline.goals.queries.drift import is_stale
from sightline.goals.queries.goals import GoalSeen, goals_seen_by, seen_among, told
from sightline.goals.rules.conflicts import Aim, Conflict, conflicts_between
from sightline.goals.rules.plans import local_percent
from sightline.goals.rules.status import Status
from sightline.people.models import Assignment, Responsibility
from sightline.people.viewer import Viewer
from sightline.strategy.models import Objective, Strategy
from sightline.strategy.queries.strategies import objectives_seen_by
from sightline.strategy.queries.versions import successor_of

MOST_SHOWN = 40
"""How many of the goals that serve one its page shows."""

LONGEST = 12
"""A thread longer than that is cut: nobody follows it."""


@dataclass(frozen=True, slots=True)
class Served:
    """What a goal serves, with which share; `goal` is None when the viewer may not see it."""

    link: Contribution
    goal: Goal | None = None
    objective: Objective | None = None
    responsibility: Responsibility | None = None
    is_stale: bool = False
    successor: Objective | None = None
    """What an objective of a former strategy has become in the one in force."""

    conflicts: tuple[Conflict, ...] = ()

    @property
    def title(self) -> str:
        """What it serves, in words."""
        target = self.goal or self.objective or self.responsibility
        return target.title if target else _("a goal you may not see")

    @property
    def is_hidden(self) -> bool:
        """Whether it is a goal that does not exist for the viewer."""
        return self.link.parent_id is not None and self.goal is None


@dataclass(frozen=True, slots=True)
class Step:
    """One knot of the thread, the topmost an objective or a responsibility."""

    goal: Goal | None = None
    objective: Objective | None = None
    responsibility: Responsibility | None = None


@dataclass(frozen=True, slots=True)
class Upwards:
    """What lies above a goal: what it serves itself, and the widest way up from the top down."""

    served: list[Served]
    thread: list[Step]


def upwards(viewer: Viewer, goal: Goal) -> Upwards:
    """What a goal serves, the largest share first, and its thread, in two reads.

    A goal on the way that the viewer may not see is a step without words.
    """
    links, seen = _ways_up(viewer, [goal])
    served = [_served(goal, link, seen) for link in links.get(goal.pk, ())]
    return Upwards(served, _thread(goal, links, seen))


def threads_up(viewer: Viewer, goals: Iterable[Goal]) -> dict[int, list[Step]]:
    """The thread of each of these goals, as `upwards` gives it, in as few reads."""
    own = list(goals)
    links, seen = _ways_up(viewer, own)
    return {goal.pk: _thread(goal, links, seen) for goal in own}


def _ways_up(
    viewer: Viewer, goals: Iterable[Goal]
) -> tuple[dict[int, list[Contribution]], dict[int, Goal]]:
    """What these goals and all above them serve, by goal; and those above that one may see."""
    links: dict[int, list[Contribution]] = {}
    rows = Contribution.objects.filter(goal__in=above([one.pk for one in goals]))
    rows = rows.select_related("parent", "objective__strategy", "responsibility")
    for link in rows.order_by("-share_percent", "pk"):
        links.setdefault(link.goal_id, []).append(link)
    return links, _seen(viewer, {row.parent_id for some in links.values() for row in some} - {None})


def served_by(viewer: Viewer, link: Contribution) -> Served:
    """What one contribution serves, as far as it exists for the viewer."""
    return _served(link.goal, link, _seen(viewer, [link.parent_id]))


def _served(goal: Goal, link: Contribution, seen: dict[int, Goal]) -> Served:
    above = seen.get(link.parent_id or 0)
    conflicts = []
    if above is not None and not goal.is_closed:
        conflicts = conflicts_between(_aim(goal), _aim(above))
    stale = not goal.is_closed and is_stale(link)
    return Served(
        link=link,
        goal=above,
        conflicts=tuple(conflicts),
        objective=link.objective,
        responsibility=link.responsibility,
        is_stale=stale,
        successor=successor_of(link.objective) if stale and link.objective else None,
    )


def _aim(goal: Goal) -> Aim:
    return Aim(
        from_on=goal.from_on,
        due_on=goal.due_on,
        measured_by=goal.measured_by,
        value_unit=goal.value_unit,
        start=goal.start_value,
        target=goal.target_value,
        has_ended=goal.is_closed,
    )


def _thread(goal: Goal, links: dict[int, list[Contribution]], seen: dict[int, Goal]) -> list[Step]:
    steps, here = [Step(goal=goal)], links.get(goal.pk)
    while here and len(steps) < LONGEST:
        widest = here[0]
        if widest.parent_id is None:
            steps.append(Step(objective=widest.objective, responsibility=widest.responsibility))
            break
        steps.append(Step(goal=seen.get(widest.parent_id)))
        here = links.get(widest.parent_id)
    return steps[::-1]


def local_share_percent(served: Iterable[Served]) -> Decimal:
    """The share of a goal that serves nothing above it."""
    return local_percent(one.link.share_percent for one in served)


def share_left_percent(goal: Goal) -> Decimal:
    """The share of a goal that is not given to anything yet."""
    given = Contribution.objects.filter(goal=goal).values_list("share_percent", flat=True)
    return local_percent(given)


def _seen(viewer: Viewer, ids: Iterable[int | None]) -> dict[int, Goal]:
    keys = [key for key in ids if key]
    found = seen_among(viewer, Goal.objects.filter(pk__in=keys)) if keys else []
    return {row.pk: row for row in found}


@dataclass(frozen=True, slots=True)
class Serving:
    """A goal that serves another, with its share and where it stands."""

    link: Contribution
    seen: GoalSeen
    is_stale: bool

    @property
    def left_out(self) -> str:
        """Why the roll-up of the goal above leaves it out, as `actions.figures` does; "" if not."""
        goal = self.seen.goal
        if goal.agreed_number is None:
            return _("not agreed yet")
        if self.seen.status == Status.DROPPED:
            return _("it was dropped")
        return "" if goal.visibility == Goal.Visibility.EVERYONE else _("not everyone may see it")


def serving(viewer: Viewer, goal: Goal) -> tuple[list[Serving], int]:
    """The goals that serve this one as far as the viewer sees them, those that run first.

    At most as many as a page can show; and how many more the viewer would see.
    """
    links = Contribution.objects.filter(parent=goal).exclude(goal__stage=Goal.Stage.DRAFT)
    closed_last = F("goal__closing__on").asc(nulls_first=True)
    links = links.order_by(closed_last, "-share_percent", "pk")
    near, total = list(links[: 2 * MOST_SHOWN]), None
    if not near:
        return [], 0
    if len(near) == 2 * MOST_SHOWN:
        links = links.filter(goal__in=goals_seen_by(viewer).values("pk"))
        near, total = list(links[:MOST_SHOWN]), links.count()
    ends = Goal.objects.filter(pk__in=[one.goal_id for one in near])
    seen = told(seen_among(viewer, ends), viewer.today)
    by_goal = {one.goal.pk: one for one in seen}
    found = [
        Serving(
            link=link,
            seen=by_goal[link.goal_id],
            is_stale=by_goal[link.goal_id].goal.holds and link.parent_version != goal.version,
        )
        for link in near
        if link.goal_id in by_goal
    ]
    shown = found[:MOST_SHOWN]
    return shown, (len(found) if total is None else total) - len(shown)


def may_serve(viewer: Viewer, goal: Goal) -> QuerySet[Goal]:
    """Goals that a goal might serve: proposed or agreed, still running, seen by the viewer."""
    stages = [Goal.Stage.PROPOSED, Goal.Stage.AGREED]
    rows = goals_seen_by(viewer).filter(stage__in=stages, due_on__gt=goal.from_on)
    return rows.exclude(pk=goal.pk)


def link_seen_by(viewer: Viewer, link_id: int) -> Contribution | None:
    """One contribution of a goal that exists for the viewer."""
    seen = Goal.objects.filter(policies.goals_visible_to(viewer))
    rows = Contribution.objects.filter(goal__in=seen, pk=link_id)
    return rows.select_related(
        "goal__period", "goal__employee", "goal__unit", "parent", "objective__strategy",
        "responsibility",
    ).first()  # fmt: skip


def objectives_to_serve(viewer: Viewer) -> QuerySet[Objective]:
    """The objectives of the strategy in force."""
    rows = objectives_seen_by(viewer)
    return rows.filter(strategy__stage=Strategy.Stage.IN_FORCE)


def responsibilities_to_serve(viewer: Viewer, goal: Goal) -> QuerySet[Responsibility]:
    """What the post of a goal's owner is there for today; nothing for a unit's goal."""
    return duties_of(viewer, goal.employee_id or 0)


def duties_of(viewer: Viewer, employee_id: int) -> QuerySet[Responsibility]:
    """What the post of a person is there for today."""
    held = Assignment.objects.on(viewer.today).filter(employee=employee_id)
    rows = Responsibility.objects.on(viewer.today)
    return rows.filter(position__in=held.values("position"))
