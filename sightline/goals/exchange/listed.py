"""A list of goals as a file: what its page shows, and what each goal serves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sightline.foundation.exchange.tables import Table, write_xlsx
from sightline.foundation.ui.words import percent
from sightline.goals.models import Contribution, Goal
from sightline.goals.queries.ancestry import among
from sightline.goals.queries.goals import GoalSeen, goals_seen_by, told
from sightline.goals.templatetags.goals import goal_word
from sightline.people.viewer import Viewer

WIDTHS = (48, 24, 12, 10, 30, 10, 10, 12, 10, 10, 12, 12, 12, 48)


def goals_file(viewer: Viewer, rows: QuerySet[Goal]) -> bytes:
    """An XLSX file of goals that the viewer sees, in the order in which they come."""
    headers = [
        _("Goal"), _("Whose"), _("Period"), _("Weight, %"), _("Measured by"), _("From"), _("To"),
        _("Unit"), _("Done, %"), _("Plan, %"), _("Status"), _("Start"), _("Due"), _("Serves"),
    ]  # fmt: skip
    return write_xlsx(Table(_("Goals"), headers, _rows(viewer, list(rows)), WIDTHS))


def _rows(viewer: Viewer, goals: list[Goal]) -> Iterator[list[Any]]:
    serves = what_they_serve(viewer, [one.pk for one in goals])
    for seen in told(goals, viewer.today):
        yield _row(seen, serves.get(seen.goal.pk, []))


def _row(seen: GoalSeen, serves: list[str]) -> list[Any]:
    goal, standing = seen.goal, seen.standing
    return [
        goal.title,
        str(goal.owner),
        goal.period.name,
        goal.weight_percent,
        goal.measured_by,
        _told(goal.start_value),
        _told(goal.target_value),
        goal.value_unit,
        _told(standing.done_percent),
        _told(standing.plan_percent),
        str(goal_word(seen.status)),
        goal.from_on,
        goal.due_on,
        "; ".join(serves),
    ]


def _told(value: Decimal | None) -> Any:
    return "" if value is None else value


def what_they_serve(viewer: Viewer, goals: Iterable[int]) -> dict[int, list[str]]:
    """What each of these goals serves with which share, as far as the viewer sees it."""
    links = Contribution.objects.filter(goal__in=among(goals))
    above = links.filter(parent__isnull=False).order_by().values("parent")
    seen = dict(goals_seen_by(viewer).filter(pk__in=above).values_list("pk", "title"))
    found: dict[int, list[str]] = {}
    for link in links.select_related("objective", "responsibility"):
        target = link.objective or link.responsibility
        title = target.title if target else seen.get(link.parent_id or 0)
        told_as = title or _("a goal that is not open to you")
        found.setdefault(link.goal_id, []).append(f"{told_as} ({percent(link.share_percent)})")
    return found
