"""A manager's team at a glance: when one last talked with each, and how the goals stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sightline.conversations.queries.talks import SeriesSeen, my_series
from sightline.goals.models import Goal
from sightline.goals.queries.goals import (
    GoalSeen,
    last_heard,
    seen_among,
    silent_of,
    told,
    with_agreement,
)
from sightline.goals.rules.status import Status
from sightline.people.models import Employee
from sightline.people.queries import teams
from sightline.people.viewer import Viewer

SHOWN = 8
WORST_FIRST = [Status.BEHIND, Status.AT_RISK, Status.NO_DATA, Status.ON_TRACK, Status.AHEAD]


@dataclass(frozen=True, slots=True)
class Member:
    """One of the team: a line in words, and the status that asks for attention."""

    employee: Employee
    line: str
    status: Status | None
    word: str | Promise = ""
    """What stands instead of the status: quiet, a proposal to answer, on leave."""
    kind: str = ""

    @property
    def order(self) -> int:
        """Whoever needs the manager first."""
        kinds = {"info": 0, "bad": 1, "warn": 2}
        if self.word:
            return kinds.get(self.kind, 9)
        if self.status in {Status.BEHIND, Status.AT_RISK}:
            return 1 + WORST_FIRST.index(self.status)
        return 5


@dataclass(frozen=True, slots=True)
class Team:
    """The first of the team, those who need the manager before the others, and how many in all."""

    members: list[Member]
    size: int


def team_of(viewer: Viewer) -> Team:
    """The viewer's direct reports of today, in four reads."""
    posts = [row for row in teams.team_now_and_soon(viewer) if row.from_on <= viewer.today]
    goals = _goals_of(viewer, [row.employee_id for row in posts])
    talks = _talks_with(viewer)
    members = [
        _member(viewer, row, goals.get(row.employee_id, []), talks.get(row.employee_id))
        for row in posts
    ]
    members.sort(key=lambda one: one.order)
    return Team(members[:SHOWN], len(members))


def _goals_of(viewer: Viewer, employees: list[int]) -> dict[int, list[GoalSeen]]:
    rows = with_agreement(Goal.objects.filter(employee__in=employees))
    rows = rows.exclude(stage__in=[Goal.Stage.CLOSED, Goal.Stage.DRAFT])
    found: dict[int, list[GoalSeen]] = {}
    for one in told(seen_among(viewer, rows), viewer.today):
        found.setdefault(one.goal.employee_id or 0, []).append(one)
    return found


def _talks_with(viewer: Viewer) -> dict[int, SeriesSeen]:
    """Of each partner the series in which one talked last."""
    found: dict[int, SeriesSeen] = {}
    for one in my_series(viewer):
        known = found.get(one.partner.pk)
        if known is None or one.silence_days < known.silence_days:
            found[one.partner.pk] = one
    return found


def _member(viewer: Viewer, row: Any, goals: list[GoalSeen], talk: SeriesSeen | None) -> Member:
    running = [one for one in goals if one.goal.holds]
    silent = silent_of(running, viewer.today)
    statuses = [one.status for one in running if one.status in WORST_FIRST]
    worst = min(statuses, key=WORST_FIRST.index, default=None)
    line, word, kind = _last_talk(talk), "", ""
    if row.back_on:
        word, kind = _("On leave"), "plain"
    elif any(one.goal.turn == "lead" for one in goals):
        word, kind = _("Waits for you"), "info"
    elif silent and len(silent) == len(running):
        last = max(last_heard(one.goal) for one in silent)
        days = (viewer.today - last).days
        line = ngettext("no check-in for %d day", "no check-in for %d days", days) % days
        word, kind = _("Quiet"), "warn"
    elif not goals:
        word, kind = _("No goals"), "plain"
    return Member(row.employee, line, worst, word, kind)


def _last_talk(talk: SeriesSeen | None) -> str:
    if talk is None or talk.last_on is None:
        return _("not talked yet")
    days = talk.silence_days
    if days == 0:
        return _("talked today")
    if days == 1:
        return _("last talk yesterday")
    return ngettext("last talk %d day ago", "last talk %d days ago", days) % days
