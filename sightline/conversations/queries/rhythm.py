"""How regularly managers talk with those who report to them: for the managers above, and HR.

Only whether and when, never what about. A pair of a manager and a report that has no series at all
is told as well: it is the longest silence there is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from sightline.conversations import policies, rules
from sightline.conversations.models import Meeting, Series
from sightline.conversations.queries.talks import seen_as, with_rhythm
from sightline.foundation.core.spans import Span
from sightline.people import policies as people
from sightline.people.models import Assignment, Employee
from sightline.people.viewer import Viewer


@dataclass(slots=True)
class TeamRhythm:
    """How one manager talks with each of the team today."""

    manager: Employee
    stands: dict[rules.Rhythm, int] = field(default_factory=dict)
    without_talks: int = 0
    longest_silence_days: int = 0

    @property
    def reports(self) -> int:
        """How many people report to this manager directly."""
        return sum(self.stands.values()) + self.without_talks

    @property
    def kept_percent(self) -> int | None:
        """Of those with whom one should talk, with how many the rhythm is kept; whole percent."""
        return rules.kept_percent(self.stands, self.without_talks)


@dataclass(frozen=True, slots=True)
class TalksHeld:
    """How many talks of a span of days took place, and how many were skipped."""

    held: int
    skipped: int


def rhythm_of_teams(viewer: Viewer, managers: Iterable[Employee] | None = None) -> list[TeamRhythm]:
    """Each manager's rhythm as of today, the lowest share first; of these managers, or of all.

    Only reports whose rhythm the viewer may know are counted.
    """
    best = _best_by_pair(viewer)
    teams: dict[int, TeamRhythm] = {}
    for post in _direct_reports(viewer, managers):
        manager = post.manager
        if manager is None:
            continue
        team = teams.setdefault(manager.pk, TeamRhythm(manager))
        _count(team, best.get(_pair(manager.pk, post.employee_id)))
    shares = {key: team.kept_percent for key, team in teams.items()}
    order = {key: 101 if share is None else share for key, share in shares.items()}
    return [
        teams[key]
        for key in sorted(teams, key=lambda one: (order[one], teams[one].manager.sort_key))
    ]


def talks_held(viewer: Viewer, span: Span) -> TalksHeld:
    """Talks of a span of days, of all series whose rhythm the viewer may know."""
    series = Series.objects.filter(policies.rhythms_visible_to(viewer)).values("pk")
    rows = Meeting.objects.filter(
        series__in=series, meets_on__gte=span.start, meets_on__lt=span.end
    ).exclude(stage=Meeting.Stage.PLANNED)
    held = rows.filter(stage=Meeting.Stage.HELD).count()
    return TalksHeld(held, rows.count() - held)


def _direct_reports(viewer: Viewer, managers: Iterable[Employee] | None) -> QuerySet[Assignment]:
    files = Employee.objects.filter(people.file_open_to(viewer)).values("pk")
    rows = Assignment.objects.on(viewer.today).filter(employee__in=files, manager__isnull=False)
    if managers is not None:
        rows = rows.filter(manager__in=list(managers))
    return rows.exclude(employee=viewer.employee).select_related("manager")


def _best_by_pair(viewer: Viewer) -> dict[tuple[int, int], tuple[rules.Rhythm, int]]:
    """For each two who talk, the rhythm and the silence of the series they keep best."""
    rows: Any = Series.objects.filter(
        policies.rhythms_visible_to(viewer), Q(until_on__gt=viewer.today)
    ).select_related("one", "other")
    best: dict[tuple[int, int], tuple[rules.Rhythm, int]] = {}
    for row in with_rhythm(viewer, rows).iterator():
        seen = seen_as(viewer, row)
        found = best.get((row.one_id, row.other_id))
        if found is None or seen.silence_days < found[1]:
            best[row.one_id, row.other_id] = (seen.rhythm, seen.silence_days)
    return best


def _count(team: TeamRhythm, found: tuple[rules.Rhythm, int] | None) -> None:
    if found is None:
        team.without_talks += 1
        return
    stands, silence = found
    team.stands[stands] = team.stands.get(stands, 0) + 1
    if stands is not rules.Rhythm.PAUSED:
        team.longest_silence_days = max(team.longest_silence_days, silence)


def _pair(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)
