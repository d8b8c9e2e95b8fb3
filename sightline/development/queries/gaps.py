"""How far a person is from what a post asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from sightline.development import policies, rules
from sightline.development.models import ShownLevel
from sightline.people.models import (
    Competency,
    CompetencyLevel,
    Employee,
    Job,
    Requirement,
)
from sightline.people.queries import teams
from sightline.people.queries.people import employees_seen_by
from sightline.people.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Gap:
    """One competency: the level needed, the level shown, and what stands between them."""

    competency: Competency
    required: int
    shown: rules.Standing | None
    highest: int
    """The highest level that the competency has."""
    is_old: bool = False
    levels: Sequence[CompetencyLevel] = ()
    judgements: Sequence[ShownLevel] = ()
    """The latest of each source, the latest first."""

    @property
    def missing(self) -> Decimal | None:
        """How many levels are missing; None when nobody has judged."""
        return rules.missing_levels(self.required, self.shown.level if self.shown else None)

    @property
    def above(self) -> Decimal:
        """How many levels more are shown than needed."""
        return max(Decimal(0), self.shown.level - self.required) if self.shown else Decimal(0)

    @property
    def next(self) -> CompetencyLevel | None:
        """The level to reach next; the needed one when nobody has judged yet."""
        wanted: int | None = self.required
        if self.shown:
            wanted = rules.next_level(self.shown.level, self.highest)
        return next((one for one in self.levels if one.level == wanted), None)

    @property
    def is_self_only(self) -> bool:
        """Whether nobody but the person himself has judged."""
        return self.shown is not None and self.shown.source == rules.SELF


@dataclass(frozen=True, slots=True)
class Gaps:
    """A person against a job: the gaps, the largest first, then what nobody has judged."""

    job: Job | None
    gaps: list[Gap] = field(default_factory=list)

    @property
    def missing(self) -> list[Gap]:
        """The competencies in which a level is missing."""
        return [gap for gap in self.gaps if gap.missing]

    @property
    def judged(self) -> int:
        """How many of the competencies somebody has judged."""
        return sum(gap.shown is not None for gap in self.gaps)

    @property
    def missing_percent(self) -> Decimal | None:
        """What is missing of all that is needed, in percent of what is judged."""
        pairs = [(gap.required, gap.shown.level if gap.shown else None) for gap in self.gaps]
        return rules.missing_percent(pairs)


def person_seen_by(viewer: Viewer, employee_id: int) -> Any:
    """A person, told whether levels and plans are `open` to the viewer, and whether he `judges`."""
    own = Employee.objects.filter(pk=OuterRef("pk"))
    rows = employees_seen_by(viewer).annotate(
        open=Exists(own.filter(policies.development_open_to(viewer))),
        judges=Exists(own.filter(policies.judged_by(viewer))),
    )
    return rows.filter(pk=employee_id).first()


def levels_seen_by(viewer: Viewer) -> QuerySet[ShownLevel]:
    """All judgements that exist for the viewer, the latest first."""
    rows = ShownLevel.objects.filter(policies.levels_visible_to(viewer))
    return rows.select_related("competency", "judged_by")


def levels_of(viewer: Viewer, employee: Employee) -> QuerySet[ShownLevel]:
    """Every judgement of a person, the latest first."""
    return levels_seen_by(viewer).filter(employee=employee)


def gaps_of(viewer: Viewer, employee: Employee, day: date, job: Job | None = None) -> Gaps:
    """A person against a job on a day; against the job of the post held then when none is named.

    Empty when there is no such job. Who may not read the person's levels finds nothing judged.
    """
    if job is None:
        post = teams.post_of(employee, day)
        job = post.position.job if post else None
    if job is None:
        return Gaps(None)
    needs = _needs(job, day)
    judged = levels_of(viewer, employee).filter(competency__in=needs, judged_on__lte=day)
    by_competency: dict[int, list[ShownLevel]] = {}
    for row in judged:
        by_competency.setdefault(row.competency_id, []).append(row)
    found = [_gap(levels, by_competency.get(key, []), day) for key, levels in needs.items()]
    return Gaps(job, sorted(found, key=_order))


def _needs(job: Job, day: date) -> dict[int, list[Any]]:
    """The levels of each competency that a job asks for on a day; each tells the `required` one."""
    asked = Requirement.objects.on(day).filter(job=job, competency=OuterRef("competency"))
    levels: QuerySet[Any] = CompetencyLevel.objects.annotate(
        required=Subquery(asked.values("level")[:1])
    )
    found: dict[int, list[Any]] = {}
    for row in levels.filter(required__isnull=False).select_related("competency"):
        found.setdefault(row.competency_id, []).append(row)
    return found


def _gap(levels: Sequence[Any], rows: Sequence[ShownLevel], day: date) -> Gap:
    shown = rules.standing(row.judgement for row in rows)
    return Gap(
        competency=levels[0].competency,
        required=levels[0].required,
        shown=shown,
        highest=levels[-1].level,
        levels=levels,
        is_old=shown is not None and rules.is_old(shown.on, day),
        judgements=latest_of_each_source(rows),
    )


def gaps_in_short(viewer: Viewer, employee: Employee, job: Job) -> Gaps:
    """A person against a job today, in one read: without anchors and without who judged."""
    whose = Employee.objects.filter(policies.development_open_to(viewer), pk=employee.pk)
    asked = Requirement.objects.on(viewer.today).filter(job=job).select_related("competency")
    levels = CompetencyLevel.objects.filter(competency=OuterRef("competency")).order_by("-level")
    facts = ("level", "low", "high", "source", "judged_on")
    rows: QuerySet[Any] = asked.annotate(
        is_open=Exists(whose),
        highest=Subquery(levels.values("level")[:1]),
        standing=FilteredRelation(
            "competency__standing_levels",
            condition=Q(competency__standing_levels__employee=employee),
        ),
        **{f"standing_{name}": F(f"standing__{name}") for name in facts},
    )
    found = [_gap_in_short(need, viewer.today) for need in rows]
    return Gaps(job, sorted(found, key=_order))


def _gap_in_short(need: Any, today: date) -> Gap:
    shown = None
    if need.is_open and need.standing_level is not None:
        shown = rules.Standing(
            level=need.standing_level,
            low=need.standing_low,
            high=need.standing_high,
            source=need.standing_source,
            on=need.standing_judged_on,
        )
    return Gap(
        competency=need.competency,
        required=need.level,
        shown=shown,
        highest=max(need.highest, need.level),
        is_old=shown is not None and rules.is_old(shown.on, today),
    )


def latest_of_each_source(rows: Iterable[ShownLevel]) -> list[ShownLevel]:
    """Of judgements that stand the latest first, the first of each source."""
    first: dict[str, ShownLevel] = {}
    for row in rows:
        first.setdefault(row.source, row)
    return list(first.values())


def _order(gap: Gap) -> tuple[Any, ...]:
    """The largest gap first; then what nobody has judged; then what is shown in full."""
    if gap.missing:
        return 0, -gap.missing, gap.competency.name
    return (1 if gap.missing is None else 2), 0, gap.competency.name


def mark_of_levels(employee: Employee) -> int:
    """A sign that changes whenever a level of the person is judged anew."""
    last = ShownLevel.objects.filter(employee=employee).order_by("-pk")
    return last.values_list("pk", flat=True).first() or 0
