"""The tree of goals: objectives, the goals that serve them, and those that serve these in turn.

It is read level by level, in a fixed number of queries however many goals there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from sightline.foundation.core.paging import page_after
from sightline.goals.models import Contribution, Goal, Period
from sightline.goals.queries.ancestry import among, upwards_from
from sightline.goals.queries.goals import GoalSeen, goals_seen_by, told, with_owners
from sightline.goals.queries.lists import Wanted, goals_wanted
from sightline.goals.queries.roll_ups import COUNTS, Rolled, rolled_of
from sightline.goals.rules.roll_up import RollUp
from sightline.people.viewer import Viewer
from sightline.strategy.models import Objective

SIDE_BY_SIDE = 40
"""So many goals stand under one thing at once; the rest is a step further."""

OPEN_FROM_THE_START = 60
"""A tree of no more goals than that stands open as a whole."""

MOST_FITTING = 20_000
"""A filter that more goals fit draws those that were written last."""

MOST_LOOSE_COUNTED = 200
"""So many goals under nothing are counted; beyond that there are more."""

ORDER = ("ended", "of_person", "-weight_percent", "pk")
"""What runs first, units before people, then the heaviest."""

NOTHING_YET = Rolled(0, RollUp(None, None))

LATEST = ("-pk",)
"""What stands under nothing may be much: there the latest comes first, which is read at once."""


@dataclass(slots=True)
class Node:
    """A goal as it stands under what it serves. One that serves two stands under both."""

    seen: GoalSeen
    share_percent: Decimal | None = None
    """With which share of itself it serves what it stands under."""

    below: int = 0
    """How many goals of the tree stand right under it."""

    fits: bool = True
    """Whether it is what was asked for, and not only on the way to it."""

    branch: Branch | None = None
    """What stands under it, where the tree is open from the start."""


@dataclass(slots=True)
class Branch:
    """Goals side by side under one thing, and the token under which the next ones are found."""

    nodes: list[Node]
    next: str = ""


@dataclass(slots=True)
class Root:
    """An objective with the goals under it; without one, the goals that stand under nothing."""

    objective: Objective | None
    rolled: Rolled
    """How many goals stand right under it, and what those that count have come to."""

    branch: Branch | None = None
    """What stands under it, where the tree is open from the start."""

    @property
    def key(self) -> str:
        """How an address names it."""
        return f"objective-{self.objective.pk}" if self.objective else "nothing"

    @property
    def below(self) -> int:
        """How many goals stand right under it."""
        return self.rolled.goals

    @property
    def is_uncounted(self) -> bool:
        """Whether there are more under it than one counts."""
        return self.objective is None and self.below > MOST_LOOSE_COUNTED


@dataclass(frozen=True)
class Tree:
    """What a tree holds for a viewer: the goals of a period that were asked for, and their way."""

    viewer: Viewer
    period: Period
    wanted: Wanted
    held: Sequence[Objective]
    """The objectives against which the period is read: `queries.sight.objectives_for`."""

    @cached_property
    def goals(self) -> QuerySet[Goal]:
        """All goals of the tree: those that fit, and those above them that the viewer sees."""
        if self.is_narrowed:
            return with_owners(Goal.objects.filter(pk__in=among(self._kept)))
        return goals_seen_by(self.viewer).filter(_meets(self.period))

    @property
    def is_narrowed(self) -> bool:
        """Whether goals stand in it only because others lead through them."""
        return bool(self.wanted.unit_id or self.wanted.state or self.wanted.words)

    @property
    def is_cut(self) -> bool:
        """Whether so many goals fit that some of them do not stand in it."""
        return self.is_narrowed and len(self._fitting) > MOST_FITTING

    @cached_property
    def objectives(self) -> list[Objective]:
        """The objectives at its head."""
        only = self.wanted.objective_id
        return [one for one in self.held if only in {None, one.pk}]

    def fits(self, goal: int) -> bool:
        """Whether a goal of the tree was asked for, and does not only lead to what was."""
        return not self.is_narrowed or goal in self._fitting

    @cached_property
    def _fitting(self) -> frozenset[int]:
        wanted = replace(self.wanted, scope="all", period_id=None, objective_id=None)
        rows = goals_wanted(self.viewer, wanted).filter(_meets(self.period)).order_by("-pk")
        return frozenset(rows.values_list("pk", flat=True)[: MOST_FITTING + 1])

    @cached_property
    def _kept(self) -> list[int]:
        rows = goals_seen_by(self.viewer).filter(_meets(self.period))
        above = among(upwards_from(self._fitting))
        return list(rows.filter(pk__in=above).values_list("pk", flat=True))


def _meets(period: Period) -> Q:
    return Q(period__from_on__lt=period.until_on, period__until_on__gt=period.from_on)


def roots_of(tree: Tree) -> list[Root]:
    """The objectives, each with how many goals serve it; then what stands under none of them.

    Where the tree is narrowed only those under which something stands.
    """
    objectives = tree.objectives
    rolled = rolled_of(tree.goals, [one.pk for one in objectives], COUNTS)
    roots = [Root(one, rolled.get(one.pk, NOTHING_YET)) for one in objectives]
    roots = [one for one in roots if one.below or not tree.is_narrowed]
    if tree.wanted.objective_id is None:
        loose = _under_nothing(tree).order_by()[: MOST_LOOSE_COUNTED + 1].count()
        roots += [Root(None, replace(NOTHING_YET, goals=loose))] if loose else []
    _open(tree, roots)
    return roots


def branch_of(tree: Tree, under: Goal | Objective | None, after: str = "") -> Branch:
    """What stands right under something; under nothing, what serves nothing of the tree."""
    if under is None:
        rows: QuerySet[Any] = _under_nothing(tree)
    elif isinstance(under, Objective):
        rows = tree.goals.filter(contributions__objective=under.pk)
    else:
        rows = tree.goals.filter(contributions__parent=under.pk)
    if under is not None:
        rows = _in_order(rows.annotate(share_percent=F("contributions__share_percent")))
    by = LATEST if under is None else ORDER
    page = page_after(rows, after, by=by, size=SIDE_BY_SIDE)
    below = _counts(tree.goals, [one.pk for one in page.rows])
    return Branch(_nodes(tree, page.rows, below), page.next)


def _in_order(rows: QuerySet[Any]) -> QuerySet[Any]:
    ended, of_person = Q(stage=Goal.Stage.CLOSED), Q(employee__isnull=False)
    found: QuerySet[Any] = rows.annotate(ended=_flag(ended), of_person=_flag(of_person))
    return found


def _flag(condition: Q) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())


def _nodes(tree: Tree, rows: Iterable[Any], below: Mapping[int, int]) -> list[Node]:
    return [
        Node(
            seen,
            getattr(seen.goal, "share_percent", None),
            below.get(seen.goal.pk, 0),
            tree.fits(seen.goal.pk),
        )
        for seen in told(rows, tree.viewer.today)
    ]


def _counts(goals: QuerySet[Goal], keys: list[int]) -> dict[int, int]:
    """How many goals of a tree serve each of these directly."""
    rows = goals.filter(contributions__parent__in=keys).order_by()
    told = rows.values_list("contributions__parent").annotate(number=Count("pk"))
    return {key or 0: number for key, number in told}


def _under_nothing(tree: Tree) -> QuerySet[Goal]:
    """Goals of the tree that serve none of its objectives and no goal that stands in it."""
    heads = [one.pk for one in tree.objectives]
    served = Contribution.objects.filter(goal=OuterRef("pk"), objective__in=heads)
    above = tree.goals.filter(served_by__goal=OuterRef("pk")).order_by()
    return tree.goals.filter(~Exists(served), ~Exists(above))


def _open(tree: Tree, roots: list[Root]) -> None:
    """Let a small tree stand open as a whole; of a goal with two parents only the first place."""
    rows: list[Goal] = list(tree.goals.order_by()[: OPEN_FROM_THE_START + 1])
    rows.sort(key=lambda one: (one.is_closed, one.unit_id is None, -one.weight_percent, one.pk))
    keys = [one.pk for one in rows]
    heads = [one.pk for one in tree.objectives]
    links = Contribution.objects.filter(goal__in=keys)
    inside = list(links.filter(Q(parent__in=keys) | Q(objective__in=heads)))
    if len(rows) > OPEN_FROM_THE_START:
        return
    shares: dict[str, dict[int, Decimal]] = {"nothing": dict.fromkeys(keys, Decimal(0))}
    for link in inside:
        above = f"objective-{link.objective_id}" if link.objective_id else f"goal-{link.parent_id}"
        shares.setdefault(above, {})[link.goal_id] = link.share_percent
        shares["nothing"].pop(link.goal_id, None)
    below = {key: len(shares.get(f"goal-{key}", ())) for key in keys}
    found = {node.seen.goal.pk: node for node in _nodes(tree, rows, below)}
    opened: set[int] = set()
    for root in roots:
        root.branch = Branch(_grown(root.key, found, shares, opened))


def _grown(
    key: str, found: dict[int, Node], shares: dict[str, dict[int, Decimal]], opened: set[int]
) -> list[Node]:
    """The nodes under a key with all under them, in the order in which they were found."""
    under = shares.get(key, {})
    nodes = []
    for goal, node in found.items():
        if goal in under:
            one = replace(node, share_percent=under[goal] or None)
            if one.below and goal not in opened:
                opened.add(goal)
                one.branch = Branch(_grown(f"goal-{goal}", found, shares, opened))
            nodes.append(one)
    return nodes
