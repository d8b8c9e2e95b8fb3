"""What waits for those who look after the house: HR, and system administrators."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sightline.foundation.core.open_ends import OpenEnd, rows_of
from sightline.foundation.exchange import queries as exchange
from sightline.foundation.jobs import queries as jobs
from sightline.people.models import Role
from sightline.people.queries import open_ends as people
from sightline.people.viewer import Viewer
from sightline.site.needs.need import Need

LEADERLESS = "leaderless"


def open_ends(viewer: Viewer) -> list[QuerySet[Any]]:
    """Units that nobody leads, and imports that wait for a word."""
    found = []
    if viewer.is_hr_administrator:
        leaderless = people.units_without_lead(viewer, viewer.today)
        found.append(rows_of(leaderless, LEADERLESS, who="name"))
    if (viewer.is_hr_administrator or viewer.units_partnered) and viewer.account:
        found.append(rows_of(exchange.waiting_for(viewer.account), "import", text="file_name"))
    return found


def of_operations(viewer: Viewer) -> Iterator[Need]:
    """Work that failed behind the pages."""
    if not viewer.has_role(Role.SYSTEM_ADMINISTRATOR):
        return
    if failed := jobs.backlog().failed:
        yield Need(
            title=ngettext("%d job has failed", "%d jobs have failed", failed) % failed,
            text=_("It is not tried again by itself."),
            href=reverse("operations"),
            act=_("Look"),
            icon="activity",
            word=_("Failed"),
            kind="bad",
            due_on=viewer.today,
        )


def without_lead(ends: Sequence[OpenEnd]) -> Need:
    """Units that nobody leads."""
    count = len(ends)
    return Need(
        title=ngettext("%d unit has no lead", "%d units have no lead", count) % count,
        text=_("Nobody commits to objectives for them."),
        href=reverse("people:units"),
        act=_("Look"),
        icon="building-2",
    )


def _import(end: OpenEnd, today: date) -> Need:
    return Need(
        title=_("The import of %s waits for your word") % end.text,
        text=_("Its dry run is done; nothing has been changed yet."),
        href=reverse("people:import", args=[end.key]),
        act=_("Look"),
        icon="file-up",
        due_on=today,
        minutes=5,
    )


WORDS: dict[str, Callable[[OpenEnd, date], Need]] = {"import": _import}
