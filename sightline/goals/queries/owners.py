"""For whom a viewer may draft a goal, and who stands on each side of one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from sightline.foundation.core.spans import ONE_DAY
from sightline.goals.models import Goal, Side
from sightline.people.models import Assignment, Employee, Employment, Role, RoleGrant
from sightline.people.queries.organisation import units_seen_by
from sightline.people.queries.people import employees_seen_by
from sightline.people.viewer import Viewer

Offered = tuple[str, str, dict[str, Any]]
"""A key for the form, what it is called, and the owner as the action takes it."""


def owners_for(viewer: Viewer) -> list[Offered]:
    """Those for whom the viewer may draft: himself, his reports, units he or they lead."""
    found: list[Offered] = []
    if viewer.is_employed:
        found.append(("me", _("My own"), {"employee": viewer.employee}))
    reports = Assignment.objects.on(viewer.today).filter(manager=viewer.employee)
    rows = reports.select_related("employee").order_by("employee__sort_key")
    people = [row.employee for row in rows]
    leads = RoleGrant.objects.on(viewer.today).filter(role=Role.UNIT_LEAD)
    led = leads.filter(employee__in=people).values("unit")
    own = units_seen_by(viewer, viewer.today).filter(pk__in=viewer.units_led)
    theirs = units_seen_by(viewer, viewer.today).filter(pk__in=led).exclude(pk__in=own)
    for unit in [*own.order_by("name"), *theirs.order_by("name")]:
        found.append((f"unit-{unit.pk}", _("The unit %s") % unit.name, {"unit": unit}))
    found += [(f"person-{one.pk}", one.name, {"employee": one}) for one in people]
    return found


def speakers(goal: Goal, side: str, day: date) -> list[Employee]:
    """Who speaks for a side of a goal on a day, each with his account."""
    owners = _owners(goal, day)
    rows = Employee.objects.select_related("account")
    if side == Side.OWNER:
        return list(rows.filter(pk__in=owners))
    posts = Assignment.objects.on(day).filter(employee__in=owners)
    return list(rows.filter(pk__in=posts.values("manager")))


def employees_by_ref(ref: str) -> list[Employee]:
    """Whom the ledger names so, with the account; nobody when it names nobody."""
    kind, _colon, key = ref.partition(":")
    rows = Employee.objects.select_related("account")
    return list(rows.filter(pk=int(key))) if kind == "employee" and key.isdecimal() else []


def before_leaving(goal: Goal) -> list[Employee]:
    """Who led a person who has left, on the last day here."""
    stays = Employment.objects.filter(employee=goal.employee_id).order_by("-until_on")
    last = stays.values_list("until_on", flat=True).first()
    return speakers(goal, Side.LEAD, last - ONE_DAY) if last else []


def _owners(goal: Goal, day: date) -> list[int]:
    if goal.employee_id is not None:
        return [goal.employee_id]
    leads = RoleGrant.objects.on(day).filter(role=Role.UNIT_LEAD, unit=goal.unit_id)
    return list(leads.values_list("employee", flat=True))


def names_on_side(viewer: Viewer, goal: Goal, side: str) -> list[str]:
    """The names of those who speak for a side, as far as the viewer sees them."""
    people = [one.pk for one in speakers(goal, side, viewer.today)]
    seen = employees_seen_by(viewer).filter(pk__in=people)
    return [one.name for one in seen]


def unit_of(viewer: Viewer) -> int | None:
    """The unit in which the viewer holds a post today."""
    held = Assignment.objects.on(viewer.today).filter(employee=viewer.employee)
    return held.values_list("position__unit", flat=True).first()
