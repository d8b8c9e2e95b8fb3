"""What follows from what is done to the installation."""

from __future__ import annotations

from sightline.foundation.ledger.listen import listens_to
from sightline.foundation.ledger.models import Record
from sightline.site import jobs
from sightline.site.actions.invitations import give_to_job
from sightline.site.events import InvitationsAsked


@listens_to(InvitationsAsked)
def begin_round(event: InvitationsAsked, record: Record) -> None:
    """A round is a job; the row says which, so that its page can show how far it is."""
    job = jobs.invite_round.enqueue(event.round_id)
    give_to_job(asked=event.round_id, job=str(job.id))
