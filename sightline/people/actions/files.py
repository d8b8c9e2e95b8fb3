"""Reading somebody's file leaves a trace."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from sightline.foundation.access.decisions import Decision, require
from sightline.foundation.core.dates import now
from sightline.foundation.ledger.models import Record
from sightline.foundation.ledger.record import record
from sightline.people import policies
from sightline.people.events import FileRead
from sightline.people.models import Employee
from sightline.people.viewer import Viewer

ONE_READING = timedelta(minutes=30)
"""Pages of one file opened within this time are one reading."""


def note_reading(*, by: Viewer, employee: Employee, part: str, may: Decision | None = None) -> None:
    """Record that the viewer opened what is not open to all about another person.

    `may` is the answer of the app whose page it is, where others than the file's readers read.
    """
    if by.employee.pk == employee.pk:
        return
    lately = Record.objects.filter(
        subject=employee.ref,
        actor=by.actor_ref,
        kind=FileRead.kind(),
        at__gt=now() - ONE_READING,
    )
    if lately.exists():
        return
    with transaction.atomic():
        require(policies.may_read_file(by, employee) if may is None else may)
        record(FileRead(employee.pk, part), by=by)
