"""Whose forms are open in a cycle: manager by manager, and whom to remind.

Peers are left out everywhere here: who was asked, and who has answered, is nobody's to know.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

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


def load_of_managers(viewer: Viewer, cycle: Cycle) -> list[ManagerLoad]:
    """By manager, the forms of the reviews in the viewer's care, by name. One query."""
    rows = _named_forms(viewer, cycle).filter(review__manager__isnull=False)
    own, managers = Q(role=Form.Role.SELF), Q(role=Form.Role.MANAGER)
    done = Q(state=Form.State.SUBMITTED)
    counted = rows.values_list("review__manager", "review__manager__name").annotate(
        people=Count("review", distinct=True),
        self_done=Count("pk", filter=own & done),
        manager_done=Count("pk", filter=managers & done),
        manager_of=Count("pk", filter=managers),
    )
    return [ManagerLoad(*row) for row in counted.order_by("review__manager__sort_key")]


def people_to_remind(viewer: Viewer, cycle: Cycle) -> QuerySet[Any]:
    """Those with an open form about themselves (`self_open`) or about reports (`reports_open`).

    Of reviews in the viewer's care, while the cycle is open; by name.
    """
    if cycle.stage != Cycle.Stage.OPEN:
        return Employee.objects.none()
    waiting = _named_forms(viewer, cycle).exclude(state=Form.State.SUBMITTED)
    mine = waiting.filter(rater=OuterRef("pk"))
    reports = mine.filter(role=Form.Role.MANAGER).order_by().values("rater")
    rows = Employee.objects.filter(pk__in=waiting.values("rater")).annotate(
        self_open=Exists(mine.filter(role=Form.Role.SELF)),
        reports_open=Coalesce(Subquery(reports.annotate(n=Count("pk")).values("n")), 0),
    )
    return rows.order_by("sort_key", "pk")


def _named_forms(viewer: Viewer, cycle: Cycle) -> QuerySet[Form]:
    if not policies.may_see_people(viewer, cycle):
        return Form.objects.none()
    reviews = Review.objects.filter(policies.reviews_in_care_of(viewer), cycle=cycle)
    return Form.objects.filter(review__in=reviews.order_by().values("pk"), role__in=NAMED)
