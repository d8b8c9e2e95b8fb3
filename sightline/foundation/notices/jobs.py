"""How mail leaves: written into the outbox by one job, sent from it by another."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django_tasks import task

from sightline.foundation.core.dates import now
from sightline.foundation.jobs import schedule
from sightline.foundation.notices import actions, letters, queries
from sightline.foundation.notices.models import Letter, Notice
from sightline.foundation.notices.rules import digest_due_since
from sightline.foundation.notices.zones import zone_of, zones_of

ATTEMPTS = 30  # attempts, ten minutes apart in the end: a mail server may be away for hours


@task
@transaction.atomic  # a letter is never in the outbox without its job
def mail_notice(notice_id: int) -> None:
    """Write the letter about a notice, and have it sent."""
    notice = Notice.objects.select_related("account").filter(pk=notice_id).first()
    if notice and (letter := actions.write_letter_about(notice=notice)):
        send_letter.enqueue(letter.pk)


@schedule.every(seconds=900)
@task
def write_digests() -> None:
    """At seven in the morning of each reader, or as soon after as a worker runs, write his digest.

    A quarter of an hour, because there are time zones of half and three quarter hours.
    """
    moment = now()
    waiting = list(queries.accounts_with_a_digest())
    zones = zones_of(waiting)
    for account in waiting:
        due = digest_due_since(moment, zones[account.pk])
        since: datetime = account.waiting_since  # type: ignore[attr-defined]  # annotated there
        if due and since < due:
            write_digest.enqueue(account.pk)


@task(unique=True)
@transaction.atomic
def write_digest(account_id: int) -> None:
    """Write an account's digest, and have it sent."""
    account = queries.accounts_with_a_digest().filter(pk=account_id).first()
    due = digest_due_since(now(), zone_of(account)) if account else None
    if account and due and (letter := actions.write_digest(account=account, due=due)):
        send_letter.enqueue(letter.pk)


@task(unique=True, max_attempts=ATTEMPTS)
def send_letter(letter_id: int) -> None:
    """Send a letter that has not left yet."""
    letter = Letter.objects.select_related("account").filter(pk=letter_id).first()
    if letter is None or letter.is_settled:
        return
    if letter.account and not letter.account.is_active:
        actions.withdraw(letter=letter)
        return
    actions.note_attempt(letter=letter)
    letters.message_of(letter).send()
    actions.note_sent(letter=letter)
