"""How the strategy does: what is measured of it, what its goals have come to, where effort goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sightline.goals.models import Period
from sightline.goals.queries.roll_ups import PartSeen, Rolled, parts_of, rolled_up
from sightline.goals.queries.sight import ObjectiveSeen, Sight, sight_at_large
from sightline.people.viewer import Viewer
from sightline.strategy.models import Objective
from sightline.strategy.queries.strategies import scores_of
from sightline.strategy.rules.measures import Score, Status


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """An objective: its share and the effort it gets, its measures, what its goals came to."""

    seen: ObjectiveSeen
    score: Score
    rolled: Rolled

    @property
    def objective(self) -> Objective:
        """The objective itself."""
        return self.seen.objective


@dataclass(frozen=True, slots=True)
class Progress:
    """The strategy in a period, as far as it is known."""

    period: Period
    sight: Sight
    rows: list[ObjectiveRow]
    done_on_time: int
    ended: int

    @property
    def on_time_percent(self) -> float | None:
        """Of the goals that were to be done, how many were, on time; None when none has ended."""
        return 100 * self.done_on_time / self.ended if self.ended else None

    def count_of(self, statuses: Iterable[Status]) -> int:
        """How many objectives stand so by their measures."""
        counts = Counter(row.score.standing.status for row in self.rows)
        return sum(counts[status] for status in statuses)

    @property
    def on_track(self) -> int:
        """How many objectives are on track or ahead, by their measures."""
        return self.count_of([Status.AHEAD, Status.ON_TRACK])


def progress_of_strategy(viewer: Viewer, period: Period) -> Progress:
    """The strategy that a period is read against: each objective, and the unity of goals."""
    sight = sight_at_large(viewer, period)
    objectives = [one.objective for one in sight.objectives]
    scores = scores_of(viewer, objectives, viewer.today)
    rolled = rolled_up(viewer, objectives, period)
    return Progress(
        period=period,
        sight=sight,
        rows=[
            ObjectiveRow(one, scores[one.objective.pk], rolled[one.objective.pk])
            for one in sight.objectives
        ],
        done_on_time=sight.effort.on_time,
        ended=sight.effort.ended,
    )


@dataclass(frozen=True, slots=True)
class ObjectiveExplained:
    """What the two figures of an objective were computed from."""

    objective: Objective
    score: Score
    rolled: Rolled
    parts: list[PartSeen]


def objective_explained(viewer: Viewer, objective: Objective, period: Period) -> ObjectiveExplained:
    """An objective with its measured status and every goal that its roll-up is made of."""
    return ObjectiveExplained(
        objective=objective,
        score=scores_of(viewer, [objective], viewer.today)[objective.pk],
        rolled=rolled_up(viewer, [objective], period)[objective.pk],
        parts=parts_of(viewer, objective, period),
    )
