"""What waits for the viewer: proposals to answer, answers to take up, numbers to record."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from sightline.foundation.core.open_ends import rows_of
from sightline.people.models import Employment, Role
from sightline.people.viewer import Viewer
from sightline.strategy.models import (
    Actual,
    Commitment,
    CommitmentStep,
    Measure,
    Objective,
    Strategy,
)
from sightline.strategy.policies import commitments_visible_to
from sightline.strategy.queries.weighings import waiting_for
from sightline.strategy.rules.measures import FRESH_FOR


def open_ends(viewer: Viewer) -> list[QuerySet[Any]]:
    """Offers to answer, offers that came back, measures without a value: for the home page."""
    told: dict[str, Any] = {
        "key": "unit_id",
        "who": "unit__name",
        "text": "objective__title",
        "more": Cast("share_percent", TextField()),
        "on": "last_on",
    }
    unmeasured = unmeasured_of(viewer)
    asked = waiting_for(viewer)
    return [
        *([rows_of(proposals_for(viewer), "offer", **told)] if _answers(viewer) else []),
        *([rows_of(passed_back_to(viewer), "passed_back", **told)] if viewer.units_led else []),
        rows_of(unmeasured, "unmeasured", text="name", more="objective__title"),
        rows_of(
            asked, "weigh", key="weighing_id", text="weighing__strategy__name", more="weighing__way"
        ),
        *([rows_of(ownerless(viewer), "ownerless", text="title")] if _answers(viewer) else []),
    ]


def _answers(viewer: Viewer) -> bool:
    return viewer.has_role(Role.EXECUTIVE)


def proposals_for(viewer: Viewer) -> QuerySet[Commitment]:
    """What units offer and this viewer can agree to, the longest waiting first."""
    if not _answers(viewer):
        return Commitment.objects.none()
    rows = _open(viewer).filter(stage=Commitment.Stage.PROPOSED)
    rows = rows.exclude(unit__in=viewer.units_led).exclude(last_by=viewer.employee)
    return rows.order_by("last_on", "pk")


def passed_back_to(viewer: Viewer) -> QuerySet[Commitment]:
    """What others passed back to the units that the viewer leads, and what is asked anew.

    What a lead took back stands otherwise than it was agreed; what a new version of the strategy
    asks anew stands as it was agreed, whoever brought that into force.
    """
    rows = _open(viewer).filter(stage=Commitment.Stage.PASSED_BACK, unit__in=viewer.units_led)
    own = Q(last_by=viewer.employee) & ~Q(share_percent=F("agreed_percent"))
    return rows.exclude(own).order_by("last_on", "pk")


def unmeasured_of(viewer: Viewer) -> QuerySet[Measure]:
    """Measures of the viewer's objectives of which no value is known that still says something."""
    fresh = Actual.objects.filter(measure=OuterRef("pk"), on__gte=viewer.today - FRESH_FOR)
    rows = Measure.objects.filter(
        ~Exists(fresh),
        objective__owner=viewer.employee,
        objective__strategy__stage=Strategy.Stage.IN_FORCE,
    )
    return rows.select_related("objective").order_by("objective", "place", "pk")


def ownerless(viewer: Viewer) -> QuerySet[Objective]:
    """Objectives of the strategy in force whose owner works here no more, for executives.

    Whoever starts later is an owner too, as `actions.objectives` takes him.
    """
    here = Employment.objects.filter(employee=OuterRef("owner"), until_on__gt=viewer.today)
    rows = Objective.objects.filter(~Exists(here), strategy__stage=Strategy.Stage.IN_FORCE)
    return rows if _answers(viewer) else rows.none()


def _open(viewer: Viewer) -> QuerySet[Any]:
    """Commitments to the strategy in force; of each, when its last step was and whose."""
    last = CommitmentStep.objects.filter(commitment=OuterRef("pk")).order_by("-pk")
    rows = Commitment.objects.filter(
        commitments_visible_to(viewer), objective__strategy__stage=Strategy.Stage.IN_FORCE
    )
    return rows.annotate(
        last_on=Subquery(last.values("on")[:1]), last_by=Subquery(last.values("by")[:1])
    )
