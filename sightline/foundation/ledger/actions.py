"""Erasing what the ledger says about somebody, without breaking what it proves."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.events import Actor, SubjectShredded
from sightline.foundation.ledger.models import Payload, Record, SubjectKey
from sightline.foundation.ledger.record import record


@transaction.atomic
def shred(*, by: Actor, subject: str, reason: str = "") -> Record:
    """Destroy all that records say about a subject: payloads, salts and the key that opens them.

    Who may do this is decided by the caller. The records' metadata stay, and the log verifies as
    before. That it was done is an event, under a new key.
    """
    if not subject:
        raise Refused(_("Records about nobody hold nobody's data; there is nothing to erase."))
    keys = SubjectKey.objects.select_for_update().filter(subject=subject)
    payloads = Payload.objects.filter(key__in=list(keys))
    count = payloads.count()
    payloads.delete()
    keys.delete()
    return record(SubjectShredded(subject, count), by=by, reason=reason)
