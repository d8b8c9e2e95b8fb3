"""A draft held against the strategy in force, and whom the difference touches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from sightline.foundation.ui import words
from sightline.people.queries.people import employees_seen_by
from sightline.people.viewer import Viewer
from sightline.strategy.models import Commitment, Measure, Objective, Strategy, TargetShare
from sightline.strategy.queries.commitments import commitments_seen_by
from sightline.strategy.queries.strategies import strategy_in_force
from sightline.strategy.rules import versions as rules
from sightline.strategy.rules.numbers import plain
from sightline.strategy.rules.versions import Compared, Version, Wording


@dataclass(frozen=True, slots=True)
class Touched:
    """Those whom a change asks anew, as far as strategy knows of them."""

    commitments: list[Commitment] = field(default_factory=list)
    measures: int = 0
    """Measures of objectives that go."""

    parts: int = 0
    """Parts of their targets that are due still."""


def versions_of(objectives: QuerySet[Objective]) -> list[Version]:
    """Objectives as they are compared."""
    rows = objectives.select_related("perspective")
    return [
        Version(
            one.pk,
            one.line,
            one.strategy_id,
            one.code,
            Wording(
                title=one.title,
                description=one.description,
                measures="\n".join(_measure(measure) for measure in one.measures.all()),
                perspective=one.perspective.name,
                theme=one.theme,
                owner=one.owner_id,
                share_percent=one.intended_share_percent,
            ),
        )
        for one in rows.prefetch_related("measures__targets")
    ]


def _measure(measure: Measure) -> str:
    name = f"{measure.name} ({measure.unit})" if measure.unit else measure.name
    ends = [one for one in (measure.band_low, measure.band_high) if one is not None]
    if ends:
        return f"{name}: {plain(ends[0])} – {plain(ends[-1])}"
    targets = (f"{plain(one.value)}, {words.day(one.due_on)}" for one in measure.targets.all())
    return f"{name}: {'; '.join(targets) or '–'}"


def compared(former: Strategy | None, strategy: Strategy) -> list[Compared]:
    """A strategy against a former one, objective by objective, each in the order of its map."""
    keys = [strategy.pk, *([former.pk] if former else [])]
    objectives = Objective.objects.filter(strategy__in=keys)
    versions = versions_of(objectives)
    new = [one for one in versions if one.strategy == strategy.pk]
    return rules.compared([one for one in versions if one not in new], new)


def compared_with_force(viewer: Viewer, draft: Strategy) -> list[Compared]:
    """A draft against the strategy in force."""
    return compared(strategy_in_force(viewer), draft)


def owner_names(viewer: Viewer, rows: Iterable[Compared]) -> dict[int, str]:
    """The names of owners of these objectives, of those who exist for the viewer."""
    versions = [one for row in rows for one in (row.old, row.new) if one]
    seen = employees_seen_by(viewer).filter(pk__in={one.wording.owner for one in versions})
    return {one.pk: one.name for one in seen}


def change_of(old: Objective, new: Objective) -> Compared:
    """One objective against what it has become."""
    first, second = (versions_of(Objective.objects.filter(pk=one.pk))[0] for one in (old, new))
    return Compared(first, second)


def asked_anew(rows: Iterable[Compared]) -> list[int]:
    """The objectives of the former strategy that go or become others."""
    return [one.old.key for one in rows if one.old is not None and one.asks_anew]


def carried(rows: Iterable[Compared]) -> dict[int, int]:
    """The objectives of the former strategy that stay what they are, with what they become."""
    return {one.old.key: one.new.key for one in rows if one.old and one.new and not one.asks_anew}


def touched_by(viewer: Viewer, rows: Iterable[Compared], day: date) -> Touched:
    """Whom bringing a draft into force asks anew."""
    asked = asked_anew(rows)
    gone = [one.old.key for one in rows if one.old is not None and one.new is None]
    seen = commitments_seen_by(viewer).filter(objective__in=asked).order_by("unit__name", "pk")
    measures = Measure.objects.filter(objective__in=gone)
    parts = TargetShare.objects.filter(measure__in=measures, due_on__gte=day)
    return Touched(list(seen), measures.count(), parts.count())


def successor_of(objective: Objective) -> Objective | None:
    """What an objective has become in the strategy in force; None when it is gone."""
    rows: QuerySet[Objective] = Objective.objects.filter(strategy__stage=Strategy.Stage.IN_FORCE)
    return (rows.filter(root=objective.line) | rows.filter(pk=objective.line)).first()
