"""Forms whose typing is kept under a name until their action has succeeded."""

from __future__ import annotations

from collections.abc import Callable

from django.forms import Form

from sightline.conversations.models import Meeting
from sightline.foundation.drafts.actions import discard
from sightline.foundation.ui import acting
from sightline.people.viewer import ViewerRequest


def carried_out(
    request: ViewerRequest, form: Form, act: Callable[[], object], *, draft_key: str
) -> bool:
    """Act when the form is valid and nothing refuses; then its draft is no longer needed."""
    if not acting.carried_out(form, act):
        return False
    discard(by=request.user, key=draft_key)
    return True


def note_key(meeting: Meeting) -> str:
    """Under which name the typing of notes on a meeting is kept."""
    return f"meeting:{meeting.pk}:note"
