"""The only writer of notices, choices and letters.

Nothing here goes into the ledger: a notice repeats what is there already.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Q
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.identity.models import Account
from sightline.foundation.notices import letters, queries
from sightline.foundation.notices.kinds import KINDS, Choice, Kind
from sightline.foundation.notices.models import Letter, Notice, Preference
from sightline.foundation.notices.zones import zones_of

BATCH = 1_000


def write_notice(
    *,
    account: Account,
    kind: Kind,
    subject: str,
    sentence: str | Callable[[], str],
    url: str,
    key: str,
) -> Notice | None:
    """Write a notice; None when it was written before, or its reader has left."""
    if not account.is_active:
        return None
    if url and (not url.startswith("/") or url.startswith("//")):
        raise ValueError(f"a notice leads to a page of ours, not to {url!r}")
    with letters.as_reader(account):
        said = sentence() if callable(sentence) else str(sentence)
        subject = str(subject) or str(kind.title)
    notice, is_new = Notice.objects.get_or_create(
        account=account,
        key=key,
        defaults={
            "kind": kind.name,
            "subject": Truncator(subject).chars(200),
            "sentence": Truncator(said).chars(1000),
            "url": url,
            "at": now(),
            "mail": queries.choice_of(account, kind),
        },
    )
    return notice if is_new else None


@transaction.atomic
def write_notices(
    *,
    accounts: Sequence[Account],
    kind: Kind,
    sentence: Callable[[], str],
    url: str,
    key: str,
) -> list[Notice]:
    """Write the same notice for many; those whom it was written for now.

    Somebody who was told before, or has left, is passed over.
    """
    known = set(
        Notice.objects.filter(key=key, account__in=accounts).values_list("account", flat=True)
    )
    fresh = [one for one in accounts if one.is_active and one.pk not in known]
    chosen = queries.choices_for(fresh, kind)
    moment = now()
    notices = [
        Notice(
            account=account,
            key=key,
            kind=kind.name,
            subject=Truncator(subject).chars(200),
            sentence=Truncator(said).chars(1000),
            url=url,
            at=moment,
            mail=chosen[account.pk],
        )
        for account, subject, said in _worded(fresh, kind, sentence)
    ]
    return Notice.objects.bulk_create(notices, batch_size=BATCH)


def _worded(
    accounts: Iterable[Account], kind: Kind, sentence: Callable[[], str]
) -> Iterable[tuple[Account, str, str]]:
    """Subject and sentence for each reader, worded once for each language and time zone."""
    said: dict[tuple[str, ZoneInfo], tuple[str, str]] = {}
    readers = list(accounts)
    zones = zones_of(readers)
    for account in readers:
        reader = (account.language, zones[account.pk])
        if reader not in said:
            with letters.as_reader(account, zones[account.pk]):
                said[reader] = (str(kind.title), sentence())
        yield account, *said[reader]


def mark_read(*, by: Account, notice: Notice) -> None:
    """The reader has seen it. Safe to do twice; the first time counts."""
    queries.notices_of(by).filter(queries.UNREAD, pk=notice.pk).update(read_at=now())


def mark_all_read(*, by: Account) -> int:
    """The reader has seen all there is; how many were new."""
    return queries.notices_of(by).filter(queries.UNREAD).update(read_at=now())


def settle(
    *,
    keys: Collection[str],
    accounts: Iterable[Account] | None = None,
    before: int | None = None,
) -> int:
    """What notices asked for is done, or no longer to be done: they are new no more; how many.

    A key stands for itself and for all that begin with it and a colon. Of these accounts, or of
    everybody; and of what was told of records before this one, whose number ends the key, so that
    a job that runs again settles nothing that came later. Digests leave out what is settled.
    """
    asked = Q(key__in=keys)
    for key in keys:
        asked |= Q(key__startswith=f"{key}:")
    rows = Notice.objects.filter(queries.UNREAD, asked) if keys else Notice.objects.none()
    if accounts is not None:
        rows = rows.filter(account__in=list(accounts))
    if before is not None:
        told = rows.values_list("pk", "key")
        earlier = [pk for pk, key in told if int(key.rpartition(":")[2]) < before]
        rows = Notice.objects.filter(pk__in=earlier)
    return rows.update(read_at=now())


def choose(*, by: Account, kind: str, choice: str) -> None:
    """From now on, send mail about a kind at once, in the daily digest, or not at all."""
    if kind not in KINDS or choice not in Choice.values:
        raise Refused(_("Choose one of the answers offered."), field=kind)
    Preference.objects.update_or_create(account=by, kind=kind, defaults={"choice": choice})


@transaction.atomic
def write_letter_about(*, notice: Notice) -> Letter | None:
    """Put a letter about a notice in the outbox; None when it is there, or the reader has left."""
    if not notice.account.is_active:
        return None
    letter = post(
        account=notice.account, words=letters.about_notice(notice), key=f"notice:{notice.pk}"
    )
    Notice.objects.filter(pk=notice.pk).update(letter=letter)
    return letter


@transaction.atomic
def write_digest(*, account: Account, due: datetime) -> Letter | None:
    """Put the digest of a day in the outbox; None when there is nothing to tell, or it is there."""
    waiting = list(queries.waiting_for_digest(account, before=due))
    if not waiting or not account.is_active:
        return None
    letter = post(
        account=account,
        words=letters.digest(account, waiting),
        key=f"digest:{account.pk}:{due.date().isoformat()}",
    )
    if letter:
        Notice.objects.filter(pk__in=[notice.pk for notice in waiting]).update(letter=letter)
    return letter


def post(*, account: Account, words: letters.Words, key: str) -> Letter | None:
    """Put a letter in the outbox; None when one of this key was written before."""
    letter, is_new = Letter.objects.get_or_create(
        key=key,
        defaults={
            "account": account,
            "email": account.email,
            "subject": words.subject,
            "text": words.text,
            "html": words.html,
            "written_at": now(),
        },
    )
    return letter if is_new else None


def note_attempt(*, letter: Letter) -> None:
    """Somebody is about to send the letter."""
    Letter.objects.filter(pk=letter.pk).update(attempts=F("attempts") + 1)


def note_sent(*, letter: Letter) -> None:
    """The letter has left."""
    Letter.objects.filter(pk=letter.pk, withdrawn_at__isnull=True).update(sent_at=now())


def withdraw(*, letter: Letter) -> None:
    """Keep a letter back, because its reader has left."""
    Letter.objects.filter(pk=letter.pk, sent_at__isnull=True).update(withdrawn_at=now())
