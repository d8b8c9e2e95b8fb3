"""Reading somebody's file leaves a trace."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from sightline.foundation.access.decisions import Decision, require
from sightline.foundation.core.dates import now
from sightline.foundation.ledger.models import Record
from sightline.foundation.ledger.queries import event_of
from sightline.foundation.ledger.record import record
from sightline.people import policies
from sightline.people.events import FileRead
from sightline.people.models import Employee
from sightline.people.viewer import Viewer

ONE_READING = timedelta(minutes=30)
"""The same part of a file opened again within this time is one reading."""


def note_reading(*, by: Viewer, employee: Employee, part: str, may: Decision | None = None) -> None:
    """Record that the viewer opened what is not open to all about another person.

    `may` is the answer of the app whose page it is, where others than the file's readers read.
    """
    if by.employee.pk == employee.pk:
        return
    reading = FileRead(employee.pk, part)
    lately = Record.objects.filter(
        subject=employee.ref,
        actor=by.actor_ref,
        kind=FileRead.kind(),
        at__gt=now() - ONE_READING,
    )
    if reading in map(event_of, lately.select_related("payload__key")):
        return
    with transaction.atomic():
        require(policies.may_read_file(by, employee) if may is None else may)
        record(reading, by=by)
