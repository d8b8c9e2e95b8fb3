"""Forms: what is asked in one, what was said, and the score with its working."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from sightline.people.viewer import Viewer
from sightline.reviews import policies
from sightline.reviews.models import (
    Answer,
    Form,
    Item,
    Question,
    Rating,
    Review,
    ScalePoint,
    Section,
)
from sightline.reviews.rules import scores

Role, State = Form.Role, Form.State
NOTHING: Mapping[int, Any] = {}


def forms_seen_by(viewer: Viewer) -> QuerySet[Form]:
    """Forms that exist for the viewer, with review, cycle and employee."""
    rows = Form.objects.filter(policies.forms_visible_to(viewer))
    return rows.select_related(
        "review__cycle__version", "review__employee", "review__manager", "review__position", "rater"
    )


def form_seen_by(viewer: Viewer, form_id: int) -> Form | None:
    """A form, when it exists for the viewer."""
    return forms_seen_by(viewer).filter(pk=form_id).first()


def forms_of_review(viewer: Viewer, review: Review) -> dict[str, Form]:
    """The forms of self and manager on a review that the viewer may read, by role."""
    rows = forms_seen_by(viewer).filter(review=review, role__in=[Role.SELF, Role.MANAGER])
    return {form.role: form for form in rows}


@dataclass(frozen=True, slots=True)
class SheetItem:
    """An item and what the form says of it."""

    item: Item
    value: int | None
    comment: str
    point: ScalePoint | None
    is_unseen: bool
    """Whether the form says that nothing was seen of it."""

    @property
    def is_said(self) -> bool:
        """Whether anything was said of it, be it that nothing was seen."""
        return self.value is not None or self.is_unseen or bool(self.comment)


@dataclass(frozen=True, slots=True)
class SheetQuestion:
    """A question and what the form answers."""

    question: Question
    text: str


@dataclass(frozen=True, slots=True)
class SheetSection:
    """A section of a form with what stands in it."""

    section: Section
    items: list[SheetItem]
    questions: list[SheetQuestion]
    number: int

    @property
    def of(self) -> int:
        """How many things are asked."""
        return len(self.items) + len(self.questions)

    @property
    def done(self) -> int:
        """How many of them are answered; that nothing was seen is an answer."""
        told = sum(one.value is not None or one.is_unseen for one in self.items)
        return told + sum(bool(one.text) for one in self.questions)


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a form asks and says."""

    form: Form
    sections: list[SheetSection]
    points: list[ScalePoint]

    @property
    def done(self) -> int:
        """How much is answered."""
        return sum(section.done for section in self.sections)

    @property
    def of(self) -> int:
        """How much is asked."""
        return sum(section.of for section in self.sections)

    @property
    def proposed(self) -> ScalePoint | None:
        """The rating as a whole."""
        return point_of(self.points, self.form.proposed_value)


def point_of(points: Sequence[ScalePoint], value: int | None) -> ScalePoint | None:
    """The point of a scale that a value stands for."""
    return next((point for point in points if point.value == value), None)


def sheet_of(form: Form) -> Sheet:
    """A form with all it asks and says; of a form that the viewer was found to see. Six queries."""
    return asked_in(form.review).sheets([form])[0]


def asked_in(review: Review) -> Asked:
    """What a review asks, in four queries."""
    sections = Section.objects.filter(version=review.cycle.version_id)
    items: dict[int, list[Item]] = {}
    for item in Item.objects.filter(review=review).select_related("goal__period"):
        items.setdefault(item.section_id, []).append(item)
    return Asked(
        sections=list(sections.prefetch_related("questions")),
        items=items,
        points=list(ScalePoint.objects.filter(version=review.cycle.version_id)),
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What a review asks, read once for all its forms."""

    sections: Sequence[Section]
    items: Mapping[int, Sequence[Item]]
    points: list[ScalePoint]

    def sheets(self, forms: Sequence[Form]) -> list[Sheet]:
        """Forms on the review with all that they say, in two queries."""
        ratings: dict[int, dict[int, Rating]] = {}
        for rating in Rating.objects.filter(form__in=forms):
            ratings.setdefault(rating.form_id, {})[rating.item_id] = rating
        answers: dict[int, dict[int, str]] = {}
        for answer in Answer.objects.filter(form__in=forms):
            answers.setdefault(answer.form_id, {})[answer.question_id] = answer.text
        return [
            Sheet(
                form,
                self.of_role(form.role, ratings.get(form.pk, {}), answers.get(form.pk, {})),
                self.points,
            )
            for form in forms
        ]

    def of_role(
        self,
        role: str,
        ratings: Mapping[int, Rating] = NOTHING,
        answers: Mapping[int, str] = NOTHING,
    ) -> list[SheetSection]:
        """The sections that a role answers and in which something is asked of it, numbered."""
        found: list[SheetSection] = []
        for section in self.sections:
            if role not in section.answered_by:
                continue
            asked = [one for one in self.items.get(section.pk, []) if one.is_asked_of(role)]
            rated = [_item(item, ratings, self.points) for item in asked]
            questions = [
                SheetQuestion(one, answers.get(one.pk, "")) for one in section.questions.all()
            ]
            if rated or questions:
                found.append(SheetSection(section, rated, questions, len(found) + 1))
        return found


def _item(item: Item, ratings: Mapping[int, Rating], points: Sequence[ScalePoint]) -> SheetItem:
    rating = ratings.get(item.pk) or Rating()
    point = point_of(points, rating.value)
    return SheetItem(item, rating.value, rating.comment, point, rating.is_unseen)


def score_of(sheet: Sheet) -> scores.Score:
    """The score of a form by its template's weights, with its working."""
    return scores.score(
        [
            scores.Part(
                weight=one.section.weight_percent,
                items=[scores.Rated(item.item.weight_percent, item.value) for item in one.items],
            )
            for one in sheet.sections
            if one.section.is_rated
        ]
    )


def scores_of_managers(reviews: QuerySet[Review] | Sequence[Review]) -> dict[int, scores.Score]:
    """The score of the manager's form of each of these reviews, by the review's key.

    Three queries for as many as there are; the caller answers for who may see them.
    """
    keys = [review.pk for review in reviews]
    versions = {review.cycle.version_id for review in reviews}
    sections = [
        section
        for section in Section.objects.filter(version__in=versions).exclude(kind="written")
        if Role.MANAGER in section.answered_by
    ]
    rated: dict[int, int | None] = dict(
        Rating.objects.filter(
            form__review__in=keys, form__role=Role.MANAGER, form__state=State.SUBMITTED
        ).values_list("item", "value")
    )
    items: dict[tuple[int, int], list[Any]] = {}
    rows = Item.objects.filter(review__in=keys).order_by("place")
    for review, section, pk, weight in rows.values_list(
        "review", "section", "pk", "weight_percent"
    ):
        items.setdefault((review, section), []).append(scores.Rated(weight, rated.get(pk)))
    return {
        review: scores.score(
            [
                scores.Part(section.weight_percent, items[review, section.pk])
                for section in sections
                if (review, section.pk) in items
            ]
        )
        for review in keys
    }
