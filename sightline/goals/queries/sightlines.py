"""The thread on which a goal hangs: up to the strategic objectives, and down to what serves it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, QuerySet, Subquery

from sightline.goals import policies
from sightline.goals.models import Contribution, Goal
from sightline.goals.queries.goals import GoalSeen, goals_seen_by, told
from sightline.goals.rules.plans import local_percent
from sightline.people.models import Assignment, Responsibility
from sightline.people.viewer import Viewer
from sightline.strategy.models import Objective, Strategy
from sightline.strategy.queries.strategies import objectives_seen_by

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


def links_of(goal: Goal) -> QuerySet[Contribution]:
    """The contributions of a goal with what they serve."""
    rows = Contribution.objects.filter(goal=goal)
    return rows.select_related(
        "parent__period", "parent__employee", "parent__unit", "parent__closing",
        "objective__strategy", "responsibility",
    )  # fmt: skip


def is_stale(link: Contribution) -> bool:
    """Whether what is served has changed, closed or ended since it was confirmed."""
    if link.parent is not None:
        return link.parent.version != link.parent_version
    if link.objective is not None:
        return not link.objective.strategy.is_in_force
    return False


def served_by_goal(viewer: Viewer, goal: Goal) -> list[Served]:
    """What a goal serves, the largest share first."""
    links = list(links_of(goal))
    seen = _seen(viewer, [link.parent_id for link in links if link.parent_id])
    return [
        Served(
            link=link,
            goal=seen.get(link.parent_id or 0),
            objective=link.objective,
            responsibility=link.responsibility,
            is_stale=not goal.is_closed and is_stale(link),
        )
        for link in links
    ]


def local_share_percent(served: Iterable[Served]) -> Decimal:
    """The share of a goal that serves nothing above it."""
    return local_percent(one.link.share_percent for one in served)


def thread_up(viewer: Viewer, goal: Goal) -> list[Step]:
    """The widest way from a goal upwards, the topmost first, the goal itself last.

    A goal on the way that the viewer may not see is a step without words.
    """
    steps, ids, here = [Step(goal=goal)], [goal.pk], goal.pk
    while len(steps) < LONGEST:
        link = _widest(here)
        if link is None:
            break
        if link.parent_id is None:
            steps.append(Step(objective=link.objective, responsibility=link.responsibility))
            break
        steps.append(Step(goal=link.parent))
        here = link.parent_id
        ids.append(here)
    seen = _seen(viewer, ids)
    known = [Step(goal=seen.get(step.goal.pk)) if step.goal is not None else step for step in steps]
    return known[::-1]


LEVELS = 4
"""How far up `threads_up` looks; a longer way is cut at the top."""


def threads_up(viewer: Viewer, goals: Iterable[Goal]) -> dict[int, list[Step]]:
    """For each of these goals the widest way upwards, as `thread_up`: in three reads for all."""
    ways = {goal.pk: [Step(goal=goal)] for goal in goals}
    found = dict(_links_upwards(ways))
    wanted = {key for keys in found.values() for key in keys}
    links = Contribution.objects.select_related(
        "parent__employee", "parent__unit", "objective__strategy", "responsibility"
    ).in_bulk(list(wanted))
    above = {link.parent_id for link in links.values() if link.parent_id}
    seen = _seen(viewer, list(above)).keys() | ways.keys()
    for goal, keys in found.items():
        for key in keys:
            ways[goal].insert(0, _step(links[key], seen))
    return ways


def _step(link: Contribution, seen: Collection[int]) -> Step:
    if link.parent_id is not None:
        return Step(goal=link.parent if link.parent_id in seen else None)
    return Step(objective=link.objective, responsibility=link.responsibility)


def _links_upwards(goals: Iterable[int]) -> Iterator[tuple[int, list[int]]]:
    """Of each goal the keys of the widest contributions on its way up, the nearest first."""
    told: dict[str, Subquery] = {}
    here = "pk"
    for level in range(LEVELS):
        widest = Contribution.objects.filter(goal=OuterRef(here)).order_by("-share_percent", "pk")
        told[f"link_{level}"] = Subquery(widest.values("pk")[:1])
        here = f"goal_{level}"
        told[here] = Subquery(widest.values("parent")[:1])
    names = [f"link_{level}" for level in range(LEVELS)]
    for goal, *keys in Goal.objects.filter(pk__in=goals).annotate(**told).values_list("pk", *names):
        yield goal, [key for key in keys if key is not None]


def _widest(goal_id: int) -> Contribution | None:
    rows = Contribution.objects.filter(goal=goal_id).select_related(
        "parent", "objective__strategy", "objective__perspective", "responsibility"
    )
    return rows.order_by("-share_percent", "pk").first()


def _seen(viewer: Viewer, ids: list[int]) -> dict[int, Goal]:
    return {row.pk: row for row in goals_seen_by(viewer).filter(pk__in=ids)} if ids else {}


@dataclass(frozen=True, slots=True)
class Serving:
    """A goal that serves another, with its share and where it stands."""

    link: Contribution
    seen: GoalSeen
    is_stale: bool


def serving(viewer: Viewer, goal: Goal) -> tuple[list[Serving], int]:
    """The goals that serve this one as far as the viewer sees them, and how many he does not."""
    links = Contribution.objects.filter(parent=goal).exclude(goal__stage=Goal.Stage.DRAFT)
    by_goal = {link.goal_id: link for link in links.order_by("-share_percent", "pk")}
    seen = told(goals_seen_by(viewer).filter(pk__in=by_goal), viewer.today)
    found = [
        Serving(
            link=by_goal[one.goal.pk],
            seen=one,
            is_stale=one.goal.holds and by_goal[one.goal.pk].parent_version != goal.version,
        )
        for one in seen
    ]
    place = {key: number for number, key in enumerate(by_goal)}
    found.sort(key=lambda one: (one.seen.goal.is_closed, place[one.seen.goal.pk]))
    return found, len(by_goal) - len(found)


def stale_links(viewer: Viewer) -> list[Contribution]:
    """Contributions of the viewer's running goals to what has changed or closed since."""
    own = Goal.objects.filter(policies.owned_by(viewer), agreed_number__isnull=False)
    rows = Contribution.objects.filter(goal__in=own.exclude(stage=Goal.Stage.CLOSED))
    rows = rows.select_related("goal", "parent", "objective__strategy", "responsibility")
    return [link for link in rows if is_stale(link)]


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
    held = Assignment.objects.on(viewer.today).filter(employee=goal.employee_id or 0)
    rows = Responsibility.objects.on(viewer.today)
    return rows.filter(position__in=held.values("position"))
