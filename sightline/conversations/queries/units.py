"""How regularly managers talk with their people, unit by unit: counts without any name."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import OuterRef, Subquery

from sightline.conversations import policies, rules
from sightline.conversations.models import Meeting, Series
from sightline.people.models import Assignment, Leave
from sightline.people.viewer import Viewer


@dataclass(slots=True)
class UnitRhythm:
    """How managers talk with those whose post is in a unit."""

    stands: dict[rules.Rhythm, int] = field(default_factory=dict)
    without_talks: int = 0

    @property
    def people(self) -> int:
        """How many people somebody should talk with, those on leave included."""
        return sum(self.stands.values()) + self.without_talks

    @property
    def kept_percent(self) -> int | None:
        """Of those with whom one should talk, with how many the rhythm is kept; whole percent."""
        return rules.kept_percent(self.stands, self.without_talks)


def rhythm_by_unit(viewer: Viewer) -> dict[int, UnitRhythm]:
    """By unit, how the rhythm with each direct manager is kept today; for executives and HR.

    Told of a pair is the series that they keep best. Three queries, whatever the size of the
    house; nothing for whoever may not count.
    """
    found: dict[int, UnitRhythm] = {}
    if not policies.may_count_rhythms(viewer):
        return found
    best = _heard_last(viewer.today)
    away = set(Leave.objects.on(viewer.today).values_list("employee", flat=True))
    posts = Assignment.objects.on(viewer.today).filter(manager__isnull=False).order_by()
    for employee, manager, unit in posts.values_list("employee", "manager", "position__unit"):
        row = found.setdefault(unit, UnitRhythm())
        heard = best.get((min(employee, manager or 0), max(employee, manager or 0)))
        if heard is None:
            row.without_talks += 1
            continue
        silence = (viewer.today - heard[0]).days
        stand = rules.rhythm(silence, heard[1], away=employee in away or manager in away)
        row.stands[stand] = row.stands.get(stand, 0) + 1
    return found


def _heard_last(day: date) -> dict[tuple[int, int], tuple[date, int]]:
    """For each two who talk, the last day they were heard of, and the cadence of that series."""
    held = Meeting.objects.filter(series=OuterRef("pk"), stage=Meeting.Stage.HELD)
    rows = Series.objects.on(day).annotate(
        last_on=Subquery(held.order_by("-meets_on").values("meets_on")[:1])
    )
    best: dict[tuple[int, int], tuple[date, int]] = {}
    told = rows.order_by("pk").values_list("one", "other", "from_on", "last_on", "cadence_days")
    for one, other, from_on, last_on, cadence in told:
        heard_on = min(last_on or from_on, day)
        if (one, other) not in best or heard_on > best[one, other][0]:
            best[one, other] = (heard_on, cadence)
    return best
