"""What happens in an organisation. Sentences stand without the actor: "hired into Engineer III"."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sightline.foundation.ledger.events import Event
from sightline.foundation.ui.words import day_kept


@dataclass(frozen=True, slots=True)
class AboutEmployee(Event):
    """Something that happened to a person."""

    employee_id: int

    @property
    def subject(self) -> str:
        return f"employee:{self.employee_id}"

    def sentence(self) -> str:
        return _("something changed")


@dataclass(frozen=True, slots=True)
class EmployeeHired(AboutEmployee):
    personal: ClassVar[frozenset[str]] = frozenset({"name"})

    name: str
    position: str
    unit: str
    on: str
    again: bool = False

    def sentence(self) -> str:
        if self.again:
            words = _("came back on %(on)s as %(position)s, %(unit)s")
        else:
            words = _("hired from %(on)s as %(position)s, %(unit)s")
        return words % {"on": day_kept(self.on), "position": self.position, "unit": self.unit}


@dataclass(frozen=True, slots=True)
class OutsiderAdmitted(AboutEmployee):
    personal: ClassVar[frozenset[str]] = frozenset({"name"})

    name: str

    def sentence(self) -> str:
        return _("made known here without a post")


DETAILS = {
    "number": gettext_lazy("number"),
    "name": gettext_lazy("name"),
    "known_as": gettext_lazy("name used"),
    "family_name": gettext_lazy("family name"),
    "email": gettext_lazy("e-mail"),
    "location": gettext_lazy("place of work"),
    "time_zone": gettext_lazy("time zone"),
}
"""What the details of a person are called in a sentence."""


@dataclass(frozen=True, slots=True)
class EmployeeCorrected(AboutEmployee):
    personal: ClassVar[frozenset[str]] = frozenset({"before", "after"})

    before: dict[str, str]
    after: dict[str, str]

    def sentence(self) -> str:
        told = [str(DETAILS.get(name, name)) for name in sorted(self.after)]
        return _("details corrected: %(fields)s") % {"fields": ", ".join(told)}


@dataclass(frozen=True, slots=True)
class AssignmentChanged(AboutEmployee):
    """A move, a new manager or another working time, from a day on."""

    cause: str
    on: str
    before: dict[str, str]
    after: dict[str, str]

    def sentence(self) -> str:
        changes = [
            f"{self.before.get(key) or _('nobody')} → {value or _('nobody')}"
            for key, value in self.after.items()
            if value != self.before.get(key)
        ]
        return _("from %(on)s: %(changes)s") % {
            "on": day_kept(self.on),
            "changes": "; ".join(changes),
        }


@dataclass(frozen=True, slots=True)
class PlanCancelled(AboutEmployee):
    what: str
    on: str

    def sentence(self) -> str:
        return _("the plan for %(on)s was cancelled: %(what)s") % {
            "on": day_kept(self.on),
            "what": self.what,
        }


@dataclass(frozen=True, slots=True)
class EmploymentEnded(AboutEmployee):
    personal: ClassVar[frozenset[str]] = frozenset({"end_reason"})

    on: str
    end_reason: str
    reports_to: str

    def sentence(self) -> str:
        return _("employment ends on %(on)s") % {"on": day_kept(self.on)}


@dataclass(frozen=True, slots=True)
class EmploymentContinued(AboutEmployee):
    on: str

    def sentence(self) -> str:
        return _("stays after all; the leaving planned for %(on)s was called off") % {
            "on": day_kept(self.on)
        }


@dataclass(frozen=True, slots=True)
class LeaveTaken(AboutEmployee):
    personal: ClassVar[frozenset[str]] = frozenset({"leave_kind"})

    leave_kind: str
    from_on: str
    until_on: str

    def sentence(self) -> str:
        words = _("leave from %(from_on)s, back on %(until_on)s")
        return words % {"from_on": day_kept(self.from_on), "until_on": day_kept(self.until_on)}


@dataclass(frozen=True, slots=True)
class LeaveEnded(AboutEmployee):
    on: str

    def sentence(self) -> str:
        return _("back from leave on %(on)s") % {"on": day_kept(self.on)}


@dataclass(frozen=True, slots=True)
class DottedLineDrawn(AboutEmployee):
    personal: ClassVar[frozenset[str]] = frozenset({"purpose"})

    manager: str
    purpose: str
    on: str

    def sentence(self) -> str:
        words = _("also answers to %(manager)s for %(purpose)s from %(on)s")
        return words % {"manager": self.manager, "purpose": self.purpose, "on": day_kept(self.on)}


@dataclass(frozen=True, slots=True)
class DottedLineEnded(AboutEmployee):
    manager: str
    on: str

    def sentence(self) -> str:
        words = _("no longer answers to %(manager)s from %(on)s")
        return words % {"manager": self.manager, "on": day_kept(self.on)}


@dataclass(frozen=True, slots=True)
class PaySet(AboutEmployee):
    personal: ClassVar[frozenset[str]] = frozenset({"amount", "currency"})

    amount: str
    currency: str
    on: str

    def sentence(self) -> str:
        return _("pay set from %(on)s") % {"on": day_kept(self.on)}


@dataclass(frozen=True, slots=True)
class RoleGranted(AboutEmployee):
    role: str
    unit: str
    from_on: str
    until_on: str

    def sentence(self) -> str:
        words = (
            _("made %(role)s of %(unit)s from %(on)s")
            if self.unit
            else _("made %(role)s from %(on)s")
        )
        return words % {"role": self.role, "unit": self.unit, "on": day_kept(self.from_on)}


@dataclass(frozen=True, slots=True)
class RoleEnded(AboutEmployee):
    role: str
    unit: str
    on: str

    def sentence(self) -> str:
        return _("no longer %(role)s from %(on)s") % {"role": self.role, "on": day_kept(self.on)}


@dataclass(frozen=True, slots=True)
class AccountConnected(AboutEmployee):
    account: str

    def sentence(self) -> str:
        return _("given an account to sign in with")


@dataclass(frozen=True, slots=True)
class FileRead(AboutEmployee):
    """Somebody opened what is not open to all about a person: history, leave, pay."""

    part: str

    def sentence(self) -> str:
        return _("file read: %(part)s") % {"part": self.part}


@dataclass(frozen=True, slots=True)
class PeopleExported(Event):
    what: str
    rows: int

    def sentence(self) -> str:
        words = ngettext(
            "%(rows)d row of %(what)s exported", "%(rows)d rows of %(what)s exported", self.rows
        )
        return words % {"rows": self.rows, "what": self.what}


@dataclass(frozen=True, slots=True)
class PeopleImported(Event):
    import_id: int
    what: str
    created: int
    changed: int
    ended: int

    def sentence(self) -> str:
        words = _("imported %(what)s: %(created)d new, %(changed)d changed, %(ended)d ended")
        return words % {
            "what": self.what,
            "created": self.created,
            "changed": self.changed,
            "ended": self.ended,
        }


@dataclass(frozen=True, slots=True)
class ImportUndone(Event):
    import_id: int
    what: str

    def sentence(self) -> str:
        return _("the import of %(what)s was undone") % {"what": self.what}


@dataclass(frozen=True, slots=True)
class ImportedChangeUndone(AboutEmployee):
    """What an import had changed of a person was taken back with it."""

    import_id: int

    def sentence(self) -> str:
        return _("what an import had changed was taken back")


@dataclass(frozen=True, slots=True)
class UnitOpened(Event):
    unit_id: int
    name: str
    parent: str
    on: str

    def sentence(self) -> str:
        return _("unit %(name)s opened on %(on)s") % {"name": self.name, "on": day_kept(self.on)}


@dataclass(frozen=True, slots=True)
class UnitChanged(Event):
    unit_id: int
    name: str
    before: dict[str, str]
    after: dict[str, str]

    def sentence(self) -> str:
        return _("unit %(name)s changed: %(fields)s") % {
            "name": self.name,
            "fields": ", ".join(sorted(self.after)),
        }


@dataclass(frozen=True, slots=True)
class UnitMoved(Event):
    unit_id: int
    name: str
    before: str
    after: str
    on: str

    def sentence(self) -> str:
        words = _("unit %(name)s moved from %(before)s to %(after)s on %(on)s")
        return words % {
            "name": self.name,
            "before": self.before or _("the top"),
            "after": self.after or _("the top"),
            "on": day_kept(self.on),
        }


@dataclass(frozen=True, slots=True)
class UnitClosed(Event):
    unit_id: int
    name: str
    on: str

    def sentence(self) -> str:
        return _("unit %(name)s closed on %(on)s") % {"name": self.name, "on": day_kept(self.on)}


@dataclass(frozen=True, slots=True)
class JobDefined(Event):
    job_id: int
    title: str
    before: dict[str, str]
    after: dict[str, str]

    def sentence(self) -> str:
        return _("job %(title)s defined") % {"title": self.title}


@dataclass(frozen=True, slots=True)
class CompetencyDefined(Event):
    competency_id: int
    name: str
    levels: list[str]
    before: list[str] = field(default_factory=list)

    def sentence(self) -> str:
        return _("competency %(name)s described") % {"name": self.name}


@dataclass(frozen=True, slots=True)
class RequirementsSet(Event):
    job_id: int
    title: str
    on: str
    after: dict[str, int]
    before: dict[str, int] = field(default_factory=dict)

    def sentence(self) -> str:
        return _("competencies of %(title)s set from %(on)s") % {
            "title": self.title,
            "on": day_kept(self.on),
        }


@dataclass(frozen=True, slots=True)
class PositionOpened(Event):
    position_id: int
    code: str
    title: str
    unit: str
    on: str

    def sentence(self) -> str:
        words = _("position %(title)s opened in %(unit)s on %(on)s")
        return words % {"title": self.title, "unit": self.unit, "on": day_kept(self.on)}


@dataclass(frozen=True, slots=True)
class PositionChanged(Event):
    position_id: int
    code: str
    before: dict[str, str]
    after: dict[str, str]
    on: str = ""

    def sentence(self) -> str:
        words = _("position %(code)s changed: %(fields)s")
        return words % {"code": self.code, "fields": ", ".join(sorted(self.after))}


@dataclass(frozen=True, slots=True)
class PositionClosed(Event):
    position_id: int
    code: str
    title: str
    on: str

    def sentence(self) -> str:
        return _("position %(title)s closed on %(on)s") % {
            "title": self.title,
            "on": day_kept(self.on),
        }


@dataclass(frozen=True, slots=True)
class ResponsibilitiesSet(Event):
    position_id: int
    title: str
    on: str
    after: list[str]
    before: list[str] = field(default_factory=list)

    def sentence(self) -> str:
        words = _("responsibilities of %(title)s set from %(on)s")
        return words % {"title": self.title, "on": day_kept(self.on)}
