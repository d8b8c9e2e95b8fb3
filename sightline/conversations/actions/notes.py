"""Private notes. The ledger knows nothing of them: what one notes for oneself was not said."""

from __future__ import annotations

from django.db import transaction

from sightline.conversations import policies
from sightline.conversations.models import Meeting, PrivateNote
from sightline.foundation.access.decisions import require
from sightline.foundation.core.dates import now
from sightline.people.viewer import Viewer


@transaction.atomic
def keep_note(*, by: Viewer, meeting: Meeting, text: str) -> PrivateNote:
    """Keep one's own notes on a meeting; they replace those kept before."""
    require(policies.may_keep_note(by, meeting))
    note, _is_new = PrivateNote.objects.update_or_create(
        meeting=meeting, author=by.employee, defaults={"text": text, "kept_at": now()}
    )
    return note
