"""What a shared review says about levels of competencies, handed down to development."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Max

from sightline.development.actions.levels import Level, show_levels
from sightline.development.models import ShownLevel
from sightline.development.policies import may_judge
from sightline.people.models import Competency
from sightline.people.viewer import Viewer
from sightline.reviews.models import Form, Rating, Review, ScalePoint
from sightline.reviews.rules.scores import level_shown

HALF = Decimal("0.5")


def show_levels_of(*, by: Viewer, review: Review) -> None:
    """Note the levels that the manager's ratings show. Nothing where `by` does not judge them."""
    if not may_judge(by, review.employee, ShownLevel.Source.REVIEW):
        return
    levels = levels_of(review)
    if levels:
        show_levels(
            by=by,
            employee=review.employee,
            levels=levels,
            source=ShownLevel.Source.REVIEW,
            origin=f"review:{review.pk}",
        )


def levels_of(review: Review) -> dict[Competency, Level]:
    """The levels that the ratings of a review show, each give or take half a level."""
    points = ScalePoint.objects.filter(version=review.cycle.version_id)
    values = [point.value for point in points]
    middle = Decimal(min(values) + max(values)) / 2
    rows = Rating.objects.filter(
        form__review=review,
        form__role=Form.Role.MANAGER,
        form__state=Form.State.SUBMITTED,
        value__isnull=False,
        item__required_level__isnull=False,
    ).select_related("item__competency")
    found: dict[Competency, Level] = {}
    for one in rows.annotate(highest=Max("item__competency__levels__level")):
        competency, required, highest = one.item.competency, one.item.required_level, one.highest
        if competency and required and highest and one.value:
            level = level_shown(required, one.value, middle=middle, highest=highest)
            found[competency] = Level(level, plus_minus=HALF, seen_in=one.comment[:2000])
    return found
