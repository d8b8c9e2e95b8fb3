"""Whom a cycle is for, and on what it finds them to be reviewed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from sightline.goals.models import Closing, Goal
from sightline.people.models import (
    Assignment,
    Competency,
    CompetencyLevel,
    Requirement,
    Responsibility,
    UnitLine,
)
from sightline.people.viewer import Viewer
from sightline.reviews.models import Cycle, Item, Review, Section

Kind = Section.Kind


def population(cycle: Cycle, on: date) -> QuerySet[Assignment]:
    """The posts of those whom a cycle is for, as they are held on a day."""
    rows = Assignment.objects.on(on)
    units = list(cycle.units.values_list("pk", flat=True))
    jobs = list(cycle.jobs.values_list("pk", flat=True))
    if units:
        under = UnitLine.objects.on(on).filter(above__in=units).values("unit")
        rows = rows.filter(position__unit__in=under)
    if jobs:
        rows = rows.filter(position__job__in=jobs)
    return rows


def without_review(cycle: Cycle, rows: QuerySet[Assignment], limit: int) -> list[Assignment]:
    """The next posts whose holders have no review in the cycle yet, by the holder's key."""
    has_one = Review.objects.filter(cycle=cycle, employee=OuterRef("employee"))
    rows = rows.filter(~Exists(has_one)).select_related("position", "employee")
    return list(rows.order_by("employee")[:limit])


@dataclass(frozen=True, slots=True)
class DryRun:
    """What opening a cycle would do, and what is missing before one does."""

    people: int
    managers: int
    without_manager: list[Assignment]
    without_responsibilities: list[Assignment]
    on_leave: int
    forms: int


def dry_run(viewer: Viewer, cycle: Cycle) -> DryRun:
    """Who would be reviewed today, and whose review would lack something."""
    rows = population(cycle, viewer.today)
    duties = Responsibility.objects.on(viewer.today).filter(position=OuterRef("position"))
    named = rows.select_related("employee", "position").order_by("employee__sort_key")
    figures = rows.aggregate(
        people=Count("pk"),
        managers=Count("manager", distinct=True),
        managed=Count("manager"),
        on_leave=Count(
            "pk",
            filter=Q(
                employee__leaves__from_on__lte=viewer.today,
                employee__leaves__until_on__gt=viewer.today,
            ),
        ),
    )
    asks_duties = cycle.version.sections.filter(kind=Kind.RESPONSIBILITIES).exists()
    return DryRun(
        people=figures["people"],
        managers=figures["managers"],
        without_manager=list(named.filter(manager__isnull=True)[:20]),
        without_responsibilities=list(named.filter(~Exists(duties))[:20]) if asks_duties else [],
        on_leave=figures["on_leave"],
        forms=figures["people"] + figures["managed"],
    )


class GoalToRate(NamedTuple):
    """What a review takes of a goal."""

    pk: int
    title: str
    measured_by: str
    why: str
    weight_percent: int
    period__name: str


class ItemSource:
    """What the reviews of a group of people rate, read for all of them at once."""

    def __init__(self, cycle: Cycle, posts: Sequence[Assignment], on: date) -> None:
        self.sections = list(cycle.version.sections.all())
        kinds = {section.kind for section in self.sections}
        self.goals: dict[int, list[GoalToRate]] = {}
        if Kind.GOALS in kinds:
            self._read_goals(cycle, posts)
        self.duties: dict[int, list[Responsibility]] = {}
        if Kind.RESPONSIBILITIES in kinds:
            self._read_duties(posts, on)
        self.levels: dict[tuple[int, int], CompetencyLevel] = {}
        self.required: dict[int, list[Requirement]] = {}
        self.core: list[Competency] = []
        if Kind.COMPETENCIES in kinds:
            self._read_competencies(posts, on)

    def _read_goals(self, cycle: Cycle, posts: Sequence[Assignment]) -> None:
        """Goals that were agreed and ran in the period; not those that only two may see."""
        rows = Goal.objects.filter(
            employee__in=[post.employee_id for post in posts],
            agreed_number__isnull=False,
            from_on__lt=cycle.period_until_on,
            due_on__gt=cycle.period_from_on,
        )
        rows = rows.exclude(visibility=Goal.Visibility.PRIVATE)
        rows = rows.exclude(closing__outcome=Closing.Outcome.DROPPED)
        for employee, *goal in rows.values_list("employee", *GoalToRate._fields):
            self.goals.setdefault(employee, []).append(GoalToRate(*goal))

    def _read_duties(self, posts: Sequence[Assignment], on: date) -> None:
        positions = {post.position_id for post in posts}
        for duty in Responsibility.objects.on(on).filter(position__in=positions):
            self.duties.setdefault(duty.position_id, []).append(duty)

    def _read_competencies(self, posts: Sequence[Assignment], on: date) -> None:
        jobs = {post.position.job_id for post in posts}
        rows = Requirement.objects.on(on).filter(job__in=jobs).select_related("competency")
        for one in rows.order_by("-competency__core", "competency__name"):
            self.required.setdefault(one.job_id, []).append(one)
        self.levels = {(one.competency_id, one.level): one for one in CompetencyLevel.objects.all()}
        self.core = list(Competency.objects.filter(core=True))

    def items(self, review: Review, post: Assignment) -> list[Item]:
        """The items of one review, unsaved, in the order of the template."""
        made: list[Item] = []
        for section in self.sections:
            if section.kind == Kind.GOALS:
                made += self._of_goals(review, section)
            elif section.kind == Kind.RESPONSIBILITIES:
                made += self._of_duties(review, section, post)
            elif section.kind == Kind.COMPETENCIES:
                made += self._of_competencies(review, section, post)
        for place, item in enumerate(made):
            item.place = place
        return made

    def _of_goals(self, review: Review, section: Section) -> list[Item]:
        return [
            Item(
                review=review,
                section=section,
                title=goal.title,
                detail=_detail_of(goal),
                weight_percent=goal.weight_percent,
                goal_id=goal.pk,
            )
            for goal in self.goals.get(review.employee_id, [])
        ]

    def _of_duties(self, review: Review, section: Section, post: Assignment) -> list[Item]:
        return [
            Item(
                review=review,
                section=section,
                title=duty.title,
                detail=duty.standard,
                weight_percent=duty.weight_percent,
                responsibility=duty,
            )
            for duty in self.duties.get(post.position_id, [])
        ]

    def _of_competencies(self, review: Review, section: Section, post: Assignment) -> list[Item]:
        required = self.required.get(post.position.job_id, [])
        wanted: list[tuple[Competency, int | None]] = [
            (one.competency, one.level) for one in required
        ] or [(one, None) for one in self.core]
        return [
            Item(
                review=review,
                section=section,
                title=competency.name,
                detail=self._anchor(competency, level),
                competency=competency,
                required_level=level,
            )
            for competency, level in wanted
        ]

    def _anchor(self, competency: Competency, level: int | None) -> str:
        told = self.levels.get((competency.pk, level)) if level else None
        return told.anchor if told else competency.definition


def _detail_of(goal: GoalToRate) -> str:
    """Of which period a goal is, and what tells how far it is."""
    parts = (goal.period__name, goal.measured_by or goal.why)
    return ": ".join(part for part in parts if part)[:2000]
