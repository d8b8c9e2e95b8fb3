"""Strategies, and the map of one: perspectives, objectives with their scores, causes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from sightline.people.queries.people import employees_seen_by
from sightline.people.viewer import Viewer
from sightline.strategy import policies
from sightline.strategy.models import Cause, Objective, Perspective, Strategy, StrategyStep
from sightline.strategy.queries.measures import measures_by_objective
from sightline.strategy.rules.measures import Score, score


def strategies_seen_by(viewer: Viewer) -> QuerySet[Strategy]:
    """The strategies that exist for the viewer; of each the day on which its stage began."""
    steps = StrategyStep.objects.filter(strategy=OuterRef("pk"), stage=OuterRef("stage"))
    rows = Strategy.objects.filter(policies.strategies_visible_to(viewer))
    return rows.annotate(since=Subquery(steps.values("on")[:1]))


def strategy_seen_by(viewer: Viewer, strategy_id: int) -> Strategy | None:
    """One strategy."""
    return strategies_seen_by(viewer).filter(pk=strategy_id).first()


def strategy_in_force(viewer: Viewer, day: date | None = None) -> Strategy | None:
    """The strategy that held on a day, today when none is given; None before the first one did.

    What counts are the days on which it was brought into force and followed by another, not the
    span of years that it is written for.
    """
    if day is None:
        return strategies_seen_by(viewer).filter(stage=Strategy.Stage.IN_FORCE).first()
    return strategies_on(viewer, day).first()


def strategies_on(viewer: Viewer, day: date) -> QuerySet[Strategy]:
    """The strategy that held on a day, or none, to narrow other queries by."""
    begun = _steps(Strategy.Stage.IN_FORCE).filter(on__lte=day)
    followed = _steps(Strategy.Stage.SUPERSEDED).filter(on__lte=day)
    rows = Strategy.objects.exclude(stage=Strategy.Stage.DRAFT)
    return rows.filter(policies.strategies_visible_to(viewer), Exists(begun), ~Exists(followed))


def day_of(strategy: Strategy, today: date) -> date:
    """The day as of which a strategy is read: today, while it holds; then the day it ended on."""
    if strategy.stage == Strategy.Stage.SUPERSEDED:
        steps = StrategyStep.objects.filter(strategy=strategy, stage=strategy.stage)
        today = steps.values_list("on", flat=True).first() or today
    return min(today, strategy.span.last)


def _steps(stage: Strategy.Stage) -> QuerySet[StrategyStep]:
    """The steps of a strategy, in a query of strategies, into a stage."""
    return StrategyStep.objects.filter(strategy=OuterRef("pk"), stage=stage)


def perspective_seen_by(viewer: Viewer, perspective_id: int) -> Perspective | None:
    """One perspective, with its strategy."""
    seen = strategies_seen_by(viewer).values("pk")
    rows = Perspective.objects.filter(strategy__in=seen).select_related("strategy")
    return rows.filter(pk=perspective_id).first()


def perspectives_of(strategy: Strategy) -> QuerySet[Perspective]:
    """The perspectives of a strategy that the viewer was given, in their order."""
    return Perspective.objects.filter(strategy=strategy)


def objectives_seen_by(viewer: Viewer) -> QuerySet[Objective]:
    """The objectives that exist for the viewer; `owner_seen` tells whether the owner does too."""
    owner = employees_seen_by(viewer).filter(pk=OuterRef("owner"))
    rows = Objective.objects.filter(policies.objectives_visible_to(viewer))
    rows = rows.select_related("strategy", "perspective", "owner")
    return rows.annotate(owner_seen=Exists(owner))


def objectives_of(viewer: Viewer, strategy: Strategy) -> list[Objective]:
    """The objectives of a strategy with their intended shares, in the order of its map."""
    return list(objectives_seen_by(viewer).filter(strategy=strategy))


def found_objectives(viewer: Viewer, words: str, limit: int = 5) -> list[Objective]:
    """Objectives of the strategy in force whose title or code holds all the words."""
    rows = objectives_seen_by(viewer).filter(strategy__stage=Strategy.Stage.IN_FORCE)
    for word in words.split()[:6]:
        rows = rows.filter(Q(title__icontains=word) | Q(code__icontains=word))
    return list(rows[:limit])


def scores_of(viewer: Viewer, objectives: Iterable[Objective], day: date) -> dict[int, Score]:
    """The measured status of each of these objectives on a day, by key, in three queries."""
    known = list(objectives)
    measures = measures_by_objective(viewer, known, day)
    return {one.pk: score([seen.standing for seen in measures.get(one.pk, [])]) for one in known}


def objective_seen_by(viewer: Viewer, objective_id: int) -> Objective | None:
    """One objective."""
    return objectives_seen_by(viewer).filter(pk=objective_id).first()


def cause_seen_by(viewer: Viewer, cause_id: int) -> Cause | None:
    """One link between objectives."""
    seen = objectives_seen_by(viewer).values("pk")
    rows = Cause.objects.filter(from_objective__in=seen, pk=cause_id)
    return rows.select_related("from_objective__strategy", "to_objective").first()


@dataclass(frozen=True, slots=True)
class ObjectiveOnMap:
    """An objective with its score and what it drives."""

    objective: Objective
    score: Score
    drives: list[Objective]


@dataclass(frozen=True, slots=True)
class RowOfMap:
    """A perspective and the objectives under it."""

    perspective: Perspective
    objectives: list[ObjectiveOnMap]


@dataclass(frozen=True, slots=True)
class StrategyMap:
    """A strategy as its map shows it."""

    strategy: Strategy
    rows: list[RowOfMap]
    causes: list[Cause]

    @property
    def objectives(self) -> list[ObjectiveOnMap]:
        """All objectives, in the order of the map."""
        return [one for row in self.rows for one in row.objectives]


def map_of(viewer: Viewer, strategy: Strategy, day: date) -> StrategyMap:
    """A strategy with everything on its map as of a day, in six queries whatever its size."""
    objectives = objectives_of(viewer, strategy)
    scores = scores_of(viewer, objectives, day)
    causes = causes_among(objectives)
    by_key = {one.pk: one for one in objectives}
    rows = []
    for perspective in perspectives_of(strategy):
        here = [one for one in objectives if one.perspective_id == perspective.pk]
        shown = [
            ObjectiveOnMap(
                objective=one,
                score=scores[one.pk],
                drives=[by_key[c.to_objective_id] for c in causes if c.from_objective_id == one.pk],
            )
            for one in here
        ]
        rows.append(RowOfMap(perspective, shown))
    return StrategyMap(strategy, rows, causes)


def causes_among(objectives: Iterable[Objective]) -> list[Cause]:
    """The links between objectives that the viewer was given."""
    rows = Cause.objects.filter(from_objective__in=list(objectives))
    return list(rows.select_related("from_objective", "to_objective"))


def causes_around(objective: Objective) -> tuple[list[Cause], list[Cause]]:
    """What drives an objective, and what it drives."""
    rows = Cause.objects.select_related("from_objective__perspective", "to_objective__perspective")
    around = list(rows.filter(Q(to_objective=objective) | Q(from_objective=objective)))
    driven_by = [cause for cause in around if cause.to_objective_id == objective.pk]
    return driven_by, [cause for cause in around if cause.from_objective_id == objective.pk]
