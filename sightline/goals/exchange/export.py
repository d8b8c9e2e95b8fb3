"""Goals as rows: the columns that imports read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sightline.goals.exchange.columns import kinds_of_measure, visibilities
from sightline.goals.models import Contribution, Goal, Period
from sightline.goals.queries.goals import goals_seen_by
from sightline.people.viewer import Viewer


def rows(viewer: Viewer, day: date) -> Iterator[list[Any]]:
    """The goals of open periods that exist for the viewer, drafts left out.

    Of what a goal serves the largest share is told that is no responsibility.
    """
    goals = goals_seen_by(viewer).filter(period__stage=Period.Stage.OPEN)
    goals = goals.exclude(stage=Goal.Stage.DRAFT).exclude(stage=Goal.Stage.CLOSED)
    served = _served(viewer)
    kinds = {value: word for word, value in kinds_of_measure().items()}
    shown = {str(value): word for word, value in visibilities().items()}
    for goal in goals.order_by("period__from_on", "unit__code", "employee__number", "pk"):
        title, share = served.get(goal.pk, ("", ""))
        yield [
            goal.employee.number if goal.employee else "",
            goal.unit.code if goal.unit else "",
            goal.period.name,
            goal.title,
            goal.why,
            kinds[goal.kind],
            goal.measured_by,
            _plain(goal.start_value),
            _plain(goal.target_value),
            goal.value_unit,
            goal.weight_percent,
            goal.from_on,
            goal.due_on,
            shown.get(goal.visibility, str(goal.get_visibility_display())),
            title,
            share,
        ]


def _served(viewer: Viewer) -> dict[int, tuple[str, Any]]:
    """What each goal serves most, in words: an objective, or a goal that the viewer sees."""
    links = Contribution.objects.filter(goal__period__stage=Period.Stage.OPEN)
    links = links.filter(responsibility=None).select_related("objective")
    seen = dict(goals_seen_by(viewer).filter(served_by__in=links).values_list("pk", "title"))
    found: dict[int, tuple[str, Any]] = {}
    for link in links.order_by("-share_percent", "pk"):
        title = link.objective.title if link.objective else seen.get(link.parent_id or 0)
        if title:
            found.setdefault(link.goal_id, (title, _plain(link.share_percent)))
    return found


def _plain(value: Any) -> Any:
    """A number without the zeros that the database keeps behind it; "" for none."""
    return "" if value is None else f"{value.normalize():f}"
