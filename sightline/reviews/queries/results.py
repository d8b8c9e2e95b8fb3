"""Final ratings: the one number that is the same everywhere. For all apps above."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from sightline.people.models import Employee
from sightline.people.viewer import Viewer
from sightline.reviews import policies
from sightline.reviews.models import Cycle, Review, ScalePoint
from sightline.reviews.queries.progress import followed_reviews


@dataclass(frozen=True, slots=True)
class FinalRating:
    """The rating that holds for a person in a cycle, with its word and its scale."""

    review_id: int
    employee_id: int
    cycle_id: int
    cycle: str
    period_from_on: date
    period_until_on: date
    value: int
    label: str
    lowest: int
    highest: int
    shared_at: datetime | None
    """When the person was told; None while he does not know it."""
    may_open: bool = False
    """Whether the viewer may open the review; executives know the rating alone."""


def final_ratings_of(viewer: Viewer, employee: Employee) -> list[FinalRating]:
    """The final ratings of a person that the viewer may know, the latest first."""
    return final_ratings_by_person(viewer, [employee.pk]).get(employee.pk, [])


def final_ratings_by_person(
    viewer: Viewer, employees: Iterable[int], *, cycle: Cycle | None = None
) -> dict[int, list[FinalRating]]:
    """The same for many, by the person's key; of one cycle or of all. One query."""
    rows = _rated(viewer).filter(employee__in=list(employees))
    if cycle is not None:
        rows = rows.filter(cycle=cycle)
    found: dict[int, list[FinalRating]] = {}
    for one in rows.order_by("-cycle__period_until_on", "-pk"):
        found.setdefault(one.employee_id, []).append(_final(one))
    return found


def _rated(viewer: Viewer) -> QuerySet[Any]:
    """What the viewer may know, each with its word, its scale, and whether it may be opened."""
    rows = Review.objects.filter(policies.final_ratings_visible_to(viewer))
    opened = Review.objects.filter(policies.outcomes_visible_to(viewer), pk=OuterRef("pk"))
    points = ScalePoint.objects.filter(version=OuterRef("cycle__version"))
    upwards, downwards = points.order_by("value"), points.order_by("-value")
    return rows.select_related("cycle", "sharing").annotate(
        may_open=Exists(opened),
        label=Subquery(points.filter(value=OuterRef("final_value")).values("label")[:1]),
        lowest=Subquery(upwards.values("value")[:1]),
        highest=Subquery(downwards.values("value")[:1]),
    )


def _final(review: Any) -> FinalRating:
    return FinalRating(
        review_id=review.pk,
        employee_id=review.employee_id,
        cycle_id=review.cycle_id,
        cycle=review.cycle.name,
        period_from_on=review.cycle.period_from_on,
        period_until_on=review.cycle.period_until_on,
        value=review.final_value,
        label=review.label or "",
        lowest=review.lowest,
        highest=review.highest,
        shared_at=review.sharing.at if hasattr(review, "sharing") else None,
        may_open=review.may_open,
    )


def points_by_version(versions: Iterable[int]) -> dict[int, list[ScalePoint]]:
    """The points of the scales of these versions, the lowest first."""
    found: dict[int, list[ScalePoint]] = {}
    for point in ScalePoint.objects.filter(version__in=list(versions)).order_by("value"):
        found.setdefault(point.version_id, []).append(point)
    return found


def distribution_of(
    viewer: Viewer, cycle: Cycle, *, unit_ids: Any = None
) -> list[tuple[ScalePoint, int]]:
    """How many final ratings fall on each point, of those whose progress the viewer follows.

    Only such as he may know; of units, or of all. A people partner's own, which he knows but does
    not look after, is none of them: the figures add up to the people told beside them.
    """
    rows = followed_reviews(viewer, cycle).filter(policies.final_ratings_visible_to(viewer))
    if unit_ids is not None:
        rows = rows.filter(unit__in=unit_ids)
    counts = dict(rows.values_list("final_value").annotate(n=Count("pk")).order_by())
    scale = points_by_version([cycle.version_id])[cycle.version_id]
    return [(point, counts.get(point.value, 0)) for point in scale]
