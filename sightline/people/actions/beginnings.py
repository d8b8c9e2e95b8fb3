"""The first people of an organisation, typed into one small table with their posts and units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.errors import Refused
from sightline.people import policies
from sightline.people.actions.employments import Details, hire, rehire
from sightline.people.actions.holding import hold_organisation
from sightline.people.actions.posts import define_job, open_position
from sightline.people.actions.units import open_unit
from sightline.people.models import Employee, Job, Position, Unit
from sightline.people.queries.organisation import top_units
from sightline.people.rules.beginnings import (
    Typed,
    Wrong,
    code_from,
    faults,
    from_the_top,
    managers_among,
)
from sightline.people.rules.names import folded
from sightline.people.viewer import Viewer

SENTENCES: dict[Wrong, Callable[[], str]] = {
    Wrong.NAME_MISSING: lambda: _("Give the name, or empty the row."),
    Wrong.POST_MISSING: lambda: _("Say what this person is here for, such as Nurse."),
    Wrong.EMAIL_TWICE: lambda: _("Another row has this address too."),
    Wrong.EMAIL_TAKEN: lambda: _("Somebody who is here already has this address."),
    Wrong.MANAGER_UNKNOWN: lambda: _("Nobody is called so, in this table or here already."),
    Wrong.MANAGER_IS_SELF: lambda: _("Nobody reports to themselves."),
    Wrong.MANAGER_UNCLEAR: lambda: _("More than one person is called so. Set the manager later."),
    Wrong.CIRCLE: lambda: _("This goes round in a circle."),
}


def what_is_wrong(viewer: Viewer, rows: Sequence[Typed]) -> list[tuple[int, str, str]]:
    """What is wrong with a table, each as (row, field, sentence)."""
    others = Employee.objects.exclude(pk__in=[one.pk for one in _founder(viewer, rows).values()])
    names = Counter(folded(name) for name in others.values_list("name", flat=True))
    emails = {email.casefold() for email in others.values_list("email", flat=True) if email}
    found = faults(rows, names=names, emails=emails)
    return [(fault.row, fault.field, SENTENCES[fault.wrong]()) for fault in found]


def _founder(by: Viewer, rows: Sequence[Typed]) -> dict[int, Employee]:
    """The row in which the one who types is meant, while nobody else could give him a post."""
    if not policies.may_take_own_post(by):
        return {}
    mine = by.employee.email.casefold()
    found = [index for index, row in enumerate(rows) if mine and row.email.casefold() == mine]
    return {found[0]: by.employee} if len(found) == 1 else {}


@transaction.atomic
def bring_in(*, by: Viewer, organisation: str, rows: Sequence[Typed], on: date) -> list[Employee]:
    """Take in everybody in the table from a day on; units, jobs and posts are made as named.

    `organisation` names the unit at the top where there is none yet; rows without a unit stand
    there. All or nothing.
    """
    require(policies.may_change_organisation(by))
    hold_organisation()
    if wrong := what_is_wrong(by, rows):
        raise Refused.all([("", f"{rows[row].name}: {words}") for row, _field, words in wrong])
    beginning = _Beginning(by, on, _top(by, organisation, on))
    founder, managers = _founder(by, rows), managers_among(rows)
    made: dict[int, Employee] = {}
    for index in from_the_top(len(rows), managers):
        above = made.get(managers.get(index, -1)) or _known(rows[index].manager)
        made[index] = beginning.take_in(rows[index], above, founder.get(index))
    return [made[index] for index in sorted(made)]


def _top(by: Viewer, organisation: str, on: date) -> Unit:
    """The unit at the top, made when there is none."""
    if top := top_units(by, on).first():
        return top
    if not organisation:
        raise Refused(_("Give the organisation a name."), field="organisation")
    code = code_from(organisation, set(Unit.objects.values_list("code", flat=True)))
    return open_unit(
        by=by, code=code, name=organisation, kind=Unit.Kind.COMPANY, parent=None, on=on
    )


def _known(name: str) -> Employee | None:
    """The one person of this name who is here; that there is one was checked before."""
    if not name:
        return None
    return next(one for one in Employee.objects.all() if folded(one.name) == folded(name))


@dataclass(slots=True)
class _Beginning:
    """Takes people in, one after the other, and makes what they need."""

    by: Viewer
    on: date
    top: Unit

    def take_in(self, row: Typed, manager: Employee | None, known: Employee | None) -> Employee:
        """One person in a post of his own."""
        position = self._position(row.post, self._unit(row.unit))
        if known:
            return rehire(
                by=self.by, employee=known, position=position, manager=manager, on=self.on
            )
        details = Details(number=_next_number(), name=row.name, email=row.email)
        return hire(by=self.by, details=details, position=position, manager=manager, on=self.on)

    def _unit(self, name: str) -> Unit:
        standing = Unit.objects.on(self.on)
        found = next((one for one in standing if folded(one.name) == folded(name)), None)
        if found or not name:
            return found or self.top
        code = code_from(name, set(Unit.objects.values_list("code", flat=True)))
        return open_unit(
            by=self.by, code=code, name=name, kind=Unit.Kind.TEAM, parent=self.top, on=self.on
        )

    def _job(self, title: str) -> Job:
        if found := Job.objects.filter(title__iexact=title).first():
            return found
        code = code_from(title, set(Job.objects.values_list("code", flat=True)))
        return define_job(by=self.by, code=code, title=title, family=_("General"), level=1)

    def _position(self, title: str, unit: Unit) -> Position:
        code = code_from(title, set(Position.objects.values_list("code", flat=True)))
        return open_position(
            by=self.by, code=code, title=title, unit=unit, job=self._job(title), on=self.on
        )


def _next_number() -> str:
    """The number after the highest that is only digits."""
    numbers = Employee.objects.values_list("number", flat=True)
    return str(max((int(one) for one in numbers if one.isdecimal()), default=0) + 1)
