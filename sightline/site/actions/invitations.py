"""Inviting several people at once: asked for here, carried out by a job."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sightline.foundation.access.decisions import require
from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.identity import actions as identity
from sightline.foundation.jobs.progress import report
from sightline.foundation.ledger.record import record
from sightline.people.models import Employee
from sightline.people.viewer import Viewer
from sightline.site import policies
from sightline.site.actions.accounts import give_account
from sightline.site.events import InvitationsAsked
from sightline.site.models import InvitationRound

MOST_AT_ONCE = 500


@transaction.atomic
def ask_to_invite(*, by: Viewer, people: Sequence[Employee]) -> InvitationRound:
    """Have a letter sent to each of these people, with a link to set a password."""
    require(policies.may_invite(by))
    if not people:
        raise Refused(_("Choose whom to invite."), field="who")
    if len(people) > MOST_AT_ONCE:
        words = ngettext(
            "At most %d person is invited at once.",
            "At most %d people are invited at once.",
            MOST_AT_ONCE,
        )
        raise Refused(words % MOST_AT_ONCE, field="who")
    asked = InvitationRound.objects.create(
        by=by.employee, asked_at=now(), people=[person.pk for person in people]
    )
    record(InvitationsAsked(asked.pk, len(people)), by=by)
    return asked


def give_to_job(*, asked: int, job: str) -> None:
    """Note which job has a round in hand, so that its page can show how far it is."""
    InvitationRound.objects.filter(pk=asked).update(job=job)


def carry_out(*, by: Viewer | None, asked: InvitationRound) -> None:
    """Go through a round on behalf of whoever asked; None when that person has left.

    Safe to run twice: nobody is invited again who was invited since it was asked for.
    """
    people = list(Employee.objects.filter(pk__in=asked.people).select_related("account"))
    left_out: list[list[object]] = []
    for count, person in enumerate(people):
        report(count, len(people), person.name)
        if reason := _invited(by, person, asked.asked_at):
            left_out.append([person.pk, reason])
    asked.left_out, asked.done_at = left_out, now()
    asked.save(update_fields=["left_out", "done_at"])


def _invited(by: Viewer | None, person: Employee, asked_at: datetime) -> str:
    """Invite one person, in a transaction of its own; the reason when nothing was sent."""
    try:
        with transaction.atomic():
            if by is None or not policies.may_invite(by):
                return _("Whoever asked for this may no longer invite.")
            return _send(by, person, asked_at)
    except Refused as refusal:
        return str(refusal)
    except PermissionDenied as denial:
        return str(denial)


def _send(by: Viewer, person: Employee, asked_at: datetime) -> str:
    account = person.account
    if account is None:
        give_account(by=by, employee=person)
    elif account.last_login:
        return _("Has signed in already.")
    elif not account.invited_at or account.invited_at < asked_at:
        require(policies.may_invite_person(by, person))
        identity.invite(by=by, account=account)
    return ""
