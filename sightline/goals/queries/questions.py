"""The question whom one's work serves: what was answered, and how it agrees with one's goals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from sightline.foundation.core.open_ends import rows_of
from sightline.goals.models import Period, SightAnswer
from sightline.goals.queries.periods import periods_seen_by
from sightline.goals.queries.sight import objectives_for, sight_of_person
from sightline.goals.rules.agreement import Difference, agreement, differences
from sightline.goals.rules.unity import Mix
from sightline.people.viewer import Viewer
from sightline.strategy.models import Objective, Strategy
from sightline.strategy.queries.strategies import objectives_seen_by


def open_ends(viewer: Viewer) -> list[QuerySet[Any]]:
    """Periods that wait for the viewer's answer: for the home page."""
    told = {"text": "name", "on": "until_on"}
    return [rows_of(unanswered(viewer), "sight_question", **told)]


def unanswered(viewer: Viewer) -> QuerySet[Period]:
    """Periods that ask by now, where the viewer has neither answered nor skipped."""
    rows = asking(viewer).filter(asked_from__lte=viewer.today)
    answers = SightAnswer.objects.filter(employee=viewer.employee, period=OuterRef("pk"))
    in_force = Objective.objects.filter(strategy__stage=Strategy.Stage.IN_FORCE)
    return rows.filter(Exists(in_force)).exclude(Exists(answers))


def asking(viewer: Viewer) -> QuerySet[Period]:
    """Periods of today that ask whom work serves, or will."""
    rows = periods_seen_by(viewer).filter(asked_from__isnull=False)
    return rows.filter(from_on__lte=viewer.today, until_on__gt=viewer.today)


def answer_of(viewer: Viewer, period: Period) -> SightAnswer | None:
    """What the viewer answered. Nobody reads the answer of another."""
    rows = SightAnswer.objects.filter(employee=viewer.employee, period=period)
    return rows.prefetch_related("shares__objective").first()


@dataclass(frozen=True, slots=True)
class DifferenceSeen:
    """An objective (None: none of these) with what was said of it and what is traced to it."""

    objective: Objective | None
    told: Difference
    is_gone: bool = False
    """Whether the strategy holds it no longer."""


@dataclass(frozen=True, slots=True)
class Held:
    """An answer held against where the goals of the same person lead."""

    agreement: float
    rows: list[DifferenceSeen]
    """What either names, and last what serves none."""
    has_goals: bool

    @property
    def gone(self) -> list[DifferenceSeen]:
        """Those to which points were given before the strategy left them behind."""
        return [one for one in self.rows if one.is_gone and one.told.said]


def held(viewer: Viewer, answer: SightAnswer) -> Held:
    """The viewer's answer beside the trace of the viewer's goals."""
    said: Mix = {one.objective_id: one.percent / 100 for one in answer.shares.all()}
    seen = sight_of_person(viewer, viewer.employee, answer.period)
    now = {one.objective.pk: one.objective for one in seen.objectives}
    others = {*said, *seen.effort} - now.keys()
    former = objectives_seen_by(viewer).filter(pk__in=others) if others else ()
    known = now | {one.pk: one for one in former}
    found = {one.objective: one for one in differences(said, seen.effort)}
    rows = [
        DifferenceSeen(one, found[key], is_gone=key not in now)
        for key, one in known.items()
        if key in found
    ]
    rows.append(DifferenceSeen(None, found[None]))
    return Held(agreement(said, seen.effort), rows, bool(seen.goals))


def objectives_asked(viewer: Viewer, period: Period) -> list[Objective]:
    """The objectives to which points can be given."""
    return objectives_for(viewer, period)
