"""Who stands above the two sides of a goal, and what came of asking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce

from sightline.foundation.core.open_ends import rows_of
from sightline.goals import policies
from sightline.goals.models import Goal, Mediation, Recommendation
from sightline.people.queries.people import employees_seen_by
from sightline.people.viewer import Viewer


@dataclass(frozen=True, slots=True)
class MediationSeen:
    """A request to mediate as those who follow the talk see it."""

    asked: Mediation
    recommendations: list[tuple[Recommendation, str]]
    """Each with the name of whoever gave it; "" for those for whom that person does not exist."""

    asker: str
    """The name of whoever asked; "" for those for whom that person does not exist."""

    mediator: str
    is_open: bool
    """Whether who was asked can still mediate: works here, and speaks for neither side."""


def mediation_seen(viewer: Viewer, goal: Goal) -> MediationSeen | None:
    """What was asked and recommended in the talk that goes on; the caller may read the talk."""
    asked = policies.mediation_in(goal)
    if asked is None:
        return None
    rows = Recommendation.objects.filter(
        mediation__goal=goal, mediation__after_number=asked.after_number
    )
    said = list(rows.select_related("revision", "mediation").order_by("pk"))
    keys = {asked.by_id, asked.mediator_id, *(one.mediation.mediator_id for one in said)}
    names = {key: one.name for key, one in employees_seen_by(viewer).in_bulk(keys).items()}
    return MediationSeen(
        asked=asked,
        recommendations=[(one, names.get(one.mediation.mediator_id, "")) for one in said],
        asker=names.get(asked.by_id, ""),
        mediator=names.get(asked.mediator_id, ""),
        is_open=policies.can_mediate(goal, asked, viewer.today),
    )


def open_ends(viewer: Viewer) -> list[QuerySet[Any]]:
    """Goals on which the viewer was asked to mediate and has not said a word, for the home page."""
    if not (viewer.has_reports or viewer.units_led):
        return []
    asked = Mediation.objects.filter(
        goal__in=Goal.objects.filter(policies.mediated_by(viewer)).values("pk"),
        after_number=Coalesce("goal__agreed_number", Value(0)),
        mediator=viewer.employee,
        recommendations=None,
    )
    return [rows_of(asked, "mediate", key="goal_id", who="by__name", text="goal__title")]
