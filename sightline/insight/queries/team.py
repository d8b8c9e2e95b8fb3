"""A manager's people on one page, by name: what is under way with each. Never an order of merit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sightline.conversations.queries.promises import OpenPromises, open_promises
from sightline.conversations.queries.talks import SeriesSeen, my_series
from sightline.conversations.rules import Rhythm
from sightline.development.queries.units import GapsOfOne, gaps_by_person
from sightline.goals.models import Goal
from sightline.goals.policies import led_by
from sightline.goals.queries.goals import GoalSeen, seen_among, told
from sightline.goals.rules.status import Status
from sightline.people.queries import teams
from sightline.people.viewer import Viewer
from sightline.reviews.queries.reviews import team_reviews

ORDER = [Status.BEHIND, Status.AT_RISK, Status.NO_DATA, Status.PROPOSED, Status.ON_TRACK]
ORDER += [Status.AHEAD]
MOST = 200
"""So many reports stand on the page; nobody leads more directly."""


@dataclass(slots=True)
class Member:
    """One who reports to the viewer, and what is under way."""

    post: Any
    goals: list[tuple[Status, int]] = field(default_factory=list)
    """How many running goals stand how; what asks for a talk first."""
    talk: SeriesSeen | None = None
    promises: OpenPromises | None = None
    review: Any = None
    gaps: GapsOfOne | None = None


@dataclass(frozen=True, slots=True)
class Team:
    """The viewer's direct reports, by name."""

    members: list[Member]
    goals_behind: int
    """How many goals are behind or at risk, of the reports and of units that they lead: as many
    as the list of goals shows."""
    behind_of_units: int
    """How many of these are goals of the units, which stand in nobody's row."""

    @property
    def without_goals(self) -> int:
        """How many have no running goal."""
        return sum(not one.goals for one in self.members)

    @property
    def silent(self) -> int:
        """With how many the talk is due or quiet, or was never begun."""
        late = {Rhythm.DUE, Rhythm.QUIET}
        return sum(one.talk is None or one.talk.rhythm in late for one in self.members)

    @property
    def overdue(self) -> int:
        """How much that was promised in talks was due before today."""
        return sum(one.promises.overdue for one in self.members if one.promises)

    @property
    def forms_open(self) -> int:
        """How many reviews the viewer has yet to write."""
        states = [one.review.manager_state for one in self.members if one.review]
        return sum(state in {"not_started", "draft"} for state in states)


def team_of(viewer: Viewer) -> Team:
    """The viewer's people of today, in six queries whatever their number."""
    posts = list(teams.reports_of(viewer, viewer.employee, viewer.today)[:MOST])
    ids = [post.employee_id for post in posts]
    goals = _goals(viewer)
    by_owner = _by_owner(goals)
    talks, promises = _talks(viewer), open_promises(viewer)
    reviews = _latest(team_reviews(viewer))
    gaps = gaps_by_person(viewer, ids)
    members = [
        Member(
            post=post,
            goals=by_owner.get(post.employee_id, []),
            talk=(talk := talks.get(post.employee_id)),
            promises=promises.get(talk.series.pk) if talk else None,
            review=reviews.get(post.employee_id),
            gaps=gaps.get(post.employee_id),
        )
        for post in posts
    ]
    behind = [one.goal for one in goals if one.status in {Status.BEHIND, Status.AT_RISK}]
    return Team(members, len(behind), sum(goal.employee_id is None for goal in behind))


def _goals(viewer: Viewer) -> list[GoalSeen]:
    """The running goals of the viewer's people, and of the units that they lead."""
    running = [Goal.Stage.PROPOSED, Goal.Stage.AGREED]
    rows = Goal.objects.filter(led_by(viewer), stage__in=running)
    return told(seen_among(viewer, rows), viewer.today)


def _by_owner(goals: Iterable[GoalSeen]) -> dict[int, list[tuple[Status, int]]]:
    counts: dict[int, Counter[Status]] = {}
    for one in goals:
        counts.setdefault(one.goal.employee_id or 0, Counter())[one.status] += 1
    return {
        employee: [(status, found[status]) for status in ORDER if found[status]]
        for employee, found in counts.items()
    }


def _talks(viewer: Viewer) -> dict[int, SeriesSeen]:
    """By partner, the open series in which the two talked last."""
    best: dict[int, SeriesSeen] = {}
    for seen in my_series(viewer):
        known = best.get(seen.partner.pk)
        if seen.rhythm is Rhythm.ENDED:
            continue
        if known is None or seen.silence_days < known.silence_days:
            best[seen.partner.pk] = seen
    return best


def _latest(reviews: Iterable[Any]) -> dict[int, Any]:
    """By person, the review of the latest cycle; they come latest first."""
    found: dict[int, Any] = {}
    for review in reviews:
        found.setdefault(review.employee_id, review)
    return found
