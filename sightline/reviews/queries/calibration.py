"""Proposals side by side: who was proposed for what, what it rests on, what was changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sightline.foundation.core.paging import page_after
from sightline.people.models import Unit, UnitLine
from sightline.people.viewer import Viewer
from sightline.reviews import policies
from sightline.reviews.models import Calibration, Cycle, Form, Review, ScalePoint
from sightline.reviews.queries.forms import point_of, scores_of_managers
from sightline.reviews.queries.results import points_by_version
from sightline.reviews.rules.scores import Score, nearest_point

SHOWN = 50
"""How many people one sees at once."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A person in a calibration: what was proposed, what stands, and what it rests on."""

    review: Review
    own: ScalePoint | None
    proposed: ScalePoint | None
    standing: ScalePoint | None
    score: Score
    suggested: ScalePoint | None
    """The point nearest to the score."""
    changes: list[Calibration]

    @property
    def place(self) -> float:
        """Where the score lies, for a picture."""
        return float(self.score.value or 0)

    @property
    def own_place(self) -> int | None:
        """How the person rates himself, for a picture."""
        return self.own.value if self.own else None

    @property
    def is_changed(self) -> bool:
        """Whether another rating stands than was proposed."""
        return self.proposed != self.standing

    @property
    def is_apart(self) -> bool:
        """Whether the proposal is another point than the score comes nearest to."""
        return self.suggested is not None and self.suggested != self.proposed


@dataclass(frozen=True, slots=True)
class Session:
    """What a calibrator sees: people, the scale, and how the ratings fall."""

    cycle: Cycle
    unit: Unit | None
    units: list[Unit]
    points: list[ScalePoint]
    proposals: list[Proposal]
    missing: int
    """Reviews without a proposal."""
    is_first: bool
    """Whether it begins with those who stand highest."""
    next: str
    """The token under which the next ones are found."""
    distribution: list[tuple[str, int]]
    """How many stand on each point now, of all and not only of those shown."""
    proposed: int
    changed: int
    """How many ratings differ from what was proposed."""

    @property
    def is_whole(self) -> bool:
        """Whether all are shown."""
        return self.is_first and not self.next

    @property
    def apart(self) -> int:
        """How many of those shown are not what their score comes nearest to."""
        return sum(one.is_apart for one in self.proposals)


def units_in_care(viewer: Viewer, cycle: Cycle) -> list[Unit]:
    """The units of a cycle whose reviews the viewer looks after, by name."""
    mine = Review.objects.filter(policies.reviews_in_care_of(viewer), cycle=cycle)
    return list(Unit.objects.filter(pk__in=mine.order_by().values("unit")).order_by("name"))


def session_of(
    viewer: Viewer,
    cycle: Cycle,
    unit_id: int | None = None,
    *,
    after: str = "",
    size: int = SHOWN,
) -> Session:
    """The proposals of a cycle that the viewer compares, of a unit or of all; eight queries.

    Those who stand highest first; of those who stand alike the highest score, or by name where
    they are too many to be shown at once: scores are not known before they are read.
    """
    rows = Review.objects.filter(policies.reviews_in_care_of(viewer), cycle=cycle)
    if unit_id:
        under = UnitLine.objects.on(viewer.today).filter(above=unit_id).values("unit")
        rows = rows.filter(unit__in=under)
    counts = _counts(with_standing(rows))
    proposed = with_standing(rows.filter(proposed_value__isnull=False))
    changes = changes_that_count().select_related("by").order_by("pk")
    read = proposed.select_related("employee", "manager", "position", "unit", "cycle")
    read = read.prefetch_related(Prefetch("calibrations", changes))
    page = page_after(read, after, by=("-standing", "employee__sort_key", "pk"), size=size)
    points = points_by_version([cycle.version_id])[cycle.version_id]
    units = units_in_care(viewer, cycle)
    is_whole = not (after or page.next)
    proposals = _proposals(page.rows, points)
    return Session(
        cycle=cycle,
        unit=next((unit for unit in units if unit.pk == unit_id), None),
        units=units,
        points=points,
        proposals=sorted(proposals, key=_place) if is_whole else proposals,
        missing=counts.missing,
        is_first=not after,
        next=page.next,
        distribution=[(point.label, counts.standing[point.value]) for point in points],
        proposed=counts.standing.total(),
        changed=counts.changed,
    )


@dataclass(slots=True)
class _Counts:
    """How many stand where, differ from what was proposed, have no proposal."""

    standing: Counter[int] = field(default_factory=Counter)
    changed: int = 0
    missing: int = 0


def _counts(rows: QuerySet[Any]) -> _Counts:
    """All three in one read."""
    found = _Counts()
    grouped = rows.order_by().values_list("standing", "proposed_value").annotate(n=Count("pk"))
    for standing, proposed, number in grouped:
        if proposed is None:
            found.missing += number
            continue
        found.standing[standing] += number
        found.changed += number if standing != proposed else 0
    return found


def with_standing(rows: QuerySet[Review]) -> QuerySet[Any]:
    """Tells of each the rating that stands now: final, else as last calibrated, else proposed."""
    return rows.annotate(standing=Coalesce("final_value", _last_change(), "proposed_value"))


def with_calibrated(rows: QuerySet[Review]) -> QuerySet[Any]:
    """Tells of each the rating as last calibrated, else proposed: the one before an appeal."""
    return rows.annotate(calibrated=Coalesce(_last_change(), "proposed_value"))


def _last_change() -> Subquery:
    last = changes_that_count().filter(review=OuterRef("pk")).order_by("-pk").values("to_value")
    return Subquery(last[:1])


def changes_that_count() -> QuerySet[Calibration]:
    """Changes of proposals that stand; of one that was since taken back they count no longer."""
    return Calibration.objects.filter(
        review__forms__role=Form.Role.MANAGER, review__forms__submitted_at__lte=F("at")
    )


def standing_value(review: Review) -> int | None:
    """The same of one review."""
    rows = with_standing(Review.objects.filter(pk=review.pk))
    value: int | None = rows.values_list("standing", flat=True).get()
    return value


def _proposals(reviews: list[Any], points: list[ScalePoint]) -> list[Proposal]:
    """Each with its scores, in the order of the reviews."""
    scores = scores_of_managers(reviews)
    own: dict[int, int | None] = dict(
        Form.objects.filter(
            review__in=reviews, role=Form.Role.SELF, state=Form.State.SUBMITTED
        ).values_list("review", "proposed_value")
    )
    values = [point.value for point in points]
    made = []
    for review in reviews:
        score = scores[review.pk]
        nearest = None if score.value is None else nearest_point(score.value, values)
        made.append(
            Proposal(
                review=review,
                own=point_of(points, own.get(review.pk)),
                proposed=point_of(points, review.proposed_value),
                standing=point_of(points, review.standing),
                score=score,
                suggested=point_of(points, nearest),
                changes=list(review.calibrations.all()),
            )
        )
    return made


def _place(one: Proposal) -> tuple[int, float, str]:
    standing = one.standing.value if one.standing else 0
    return -standing, -float(one.score.value or 0), one.review.employee.sort_key
