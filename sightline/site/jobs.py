"""What the house does in the background."""

from __future__ import annotations

from django.utils import translation
from django_tasks import task

from sightline.people.viewer import viewer_as
from sightline.site.actions import invitations
from sightline.site.models import InvitationRound


@task(unique=True)
def invite_round(round_id: int) -> None:
    """Send the letters of a round, unless that is done."""
    waiting = InvitationRound.objects.filter(pk=round_id, done_at=None)
    for asked in waiting.select_related("by__account"):
        with translation.override(asked.by.account.language if asked.by.account else None):
            invitations.carry_out(by=viewer_as(asked.by), asked=asked)
