"""Whose forms are open in a cycle: manager by manager, and whom to remind.

Peers are left out everywhere here: who was asked, and who has answered, is nobody's to know.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from sightline.people.models import Employee
from sightline.people.viewer import Viewer
from sightline.reviews import policies
from sightline.reviews.models import Cycle, Form, Review

NAMED = [Form.Role.SELF, Form.Role.MANAGER]


@dataclass(frozen=True, slots=True)
class ManagerLoad:
    """What has come in of a manager's people and of the manager."""

    manager_id: int
    name: str
    people: int
    self_done: int
    manager_done: int
    manager_of: int


def managers_of(viewer: Viewer, cycle: Cycle) -> QuerySet[Employee]:
    """Those who write reviews that are in the viewer's care, by name."""
    managers = _named_forms(viewer, cycle).values("review__manager")
    return Employee.objects.filter(pk__in=managers).order_by("sort_key", "pk")


def load_of_managers(
    viewer: Viewer, cycle: Cycle, managers: Iterable[Employee] | None = None
) -> list[ManagerLoad]:
    """By manager, the forms of the reviews in the viewer's care, by name; of these, or of all."""
    rows = _named_forms(viewer, cycle).filter(review__manager__isnull=False)
    if managers is not None:
        rows = rows.filter(review__manager__in=list(managers))
    own, theirs = Q(role=Form.Role.SELF), Q(role=Form.Role.MANAGER)
    done = Q(state=Form.State.SUBMITTED)
    counted = rows.values_list("review__manager", "review__manager__name").annotate(
        people=Count("review", distinct=True),
        self_done=Count("pk", filter=own & done),
        manager_done=Count("pk", filter=theirs & done),
        manager_of=Count("pk", filter=theirs),
    )
    return [ManagerLoad(*row) for row in counted.order_by("review__manager__sort_key")]


def people_to_remind(viewer: Viewer, cycle: Cycle) -> QuerySet[Any]:
    """Those with forms open: how many on themselves (`self_open`), on reports (`reports_open`).

    Of reviews in the viewer's care, while the cycle is open; by name.
    """
    if cycle.stage != Cycle.Stage.OPEN:
        return Employee.objects.none()
    waiting = _named_forms(viewer, cycle).exclude(state=Form.State.SUBMITTED)
    rows = Employee.objects.filter(review_forms__in=waiting).annotate(
        self_open=Count("review_forms", filter=Q(review_forms__role=Form.Role.SELF)),
        reports_open=Count("review_forms", filter=Q(review_forms__role=Form.Role.MANAGER)),
    )
    return rows.order_by("sort_key", "pk")


def _named_forms(viewer: Viewer, cycle: Cycle) -> QuerySet[Form]:
    if not policies.may_see_people(viewer, cycle):
        return Form.objects.none()
    reviews = Review.objects.filter(policies.reviews_in_care_of(viewer), cycle=cycle)
    return Form.objects.filter(review__in=reviews.order_by().values("pk"), role__in=NAMED)
