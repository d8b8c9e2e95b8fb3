"""Asking for the words that are due: one notice for all goals of a person, never one for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sightline.foundation.core.dates import today
from sightline.foundation.notices.notify import notify
from sightline.goals.models import Goal, Wording
from sightline.goals.queries.goals import last_heard, with_agreement
from sightline.goals.rules.cadence import asked_on
from sightline.people.models import Employee, Employment, Leave, Role, RoleGrant

KIND = "goals.check_ins"
NAMED = 3
"""So many goals are named; the rest is counted."""

Asked = tuple[date, str]
"""Since when a word is due, and the goal's title."""


def remind_of_check_ins() -> int:
    """Ask everybody for the words that are due about goals of his and of units he leads.

    Again when another goal becomes due, or the cadence has passed once more; never on leave.
    """
    day = today()
    due = _due(day)
    works = Employment.objects.on(day).values("employee")
    away = Leave.objects.on(day).values("employee")
    people = Employee.objects.filter(pk__in=works, account__isnull=False).exclude(pk__in=away)
    told = 0
    for one in people.select_related("account").iterator():
        if asked := due.get(one.pk):
            told += _remind(one, sorted(asked))
    return told


def _remind(person: Employee, asked: list[Asked]) -> bool:
    if person.account is None:
        return False
    notice = notify(
        account=person.account,
        kind=KIND,
        sentence=_sentence([title for _on, title in asked]),
        url=reverse("goals:check_ins_due"),
        key=f"check-ins:{max(asked)[0]}",
    )
    return notice is not None


def _sentence(titles: list[str]) -> Callable[[], str]:
    def said() -> str:
        named = [_("“%s”") % title for title in titles[:NAMED]]
        if (more := len(titles) - NAMED) > 0:
            named.append(ngettext("%d more", "%d more", more) % more)
        words = ngettext("Say how %d goal stands", "Say how %d goals stand", len(titles))
        return _("%(ask)s: %(goals)s") % {"ask": words % len(titles), "goals": " · ".join(named)}

    return said


def _due(day: date) -> Mapping[int, list[Asked]]:
    """By person, what is due."""
    leads: dict[int, list[int]] = defaultdict(list)
    grants = RoleGrant.objects.on(day).filter(role=Role.UNIT_LEAD)
    for unit, employee in grants.values_list("unit", "employee"):
        leads[unit].append(employee)
    found: dict[int, list[Asked]] = defaultdict(list)
    for goal in _running().iterator():
        on = asked_on(last_heard(goal), goal.period.cadence_days, day)
        if on is not None:
            for person in _owners(goal, leads):
                found[person].append((on, goal.title))
    return found


def _running() -> QuerySet[Any]:
    rows = Goal.objects.filter(agreed_number__isnull=False).exclude(stage=Goal.Stage.CLOSED)
    rows = rows.exclude(kind=Wording.Kind.CHILDREN).select_related("period")
    return with_agreement(rows).order_by("pk")


def _owners(goal: Goal, leads: Mapping[int, list[int]]) -> Iterable[int]:
    if goal.employee_id is not None:
        return [goal.employee_id]
    return leads.get(goal.unit_id, []) if goal.unit_id is not None else []
