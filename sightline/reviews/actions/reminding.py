"""Reminding those who have something open."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.record import record
from sightline.people.viewer import Viewer
from sightline.reviews import policies
from sightline.reviews.events import RemindersSent
from sightline.reviews.models import Cycle, Form


def remind_writers(*, by: Viewer, cycle: Cycle) -> int:
    """Remind everybody with an open form; how many of them write as self or manager.

    Peers are reminded too and not counted: a count would tell who has not answered.
    """
    require(policies.may_manage_cycles(by))
    if cycle.stage != Cycle.Stage.OPEN:
        raise Refused(_("Nothing is written in this cycle now."))
    waiting = Form.objects.filter(policies.forms_still_open(), review__cycle=cycle)
    people = waiting.exclude(role=Form.Role.PEER).values("rater").distinct().count()
    record(RemindersSent(cycle.pk, cycle.name, people), by=by)
    return people
