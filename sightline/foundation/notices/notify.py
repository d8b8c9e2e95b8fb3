"""The door for other apps' listeners: `notify(...)`."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db import transaction

from sightline.foundation.identity.models import Account
from sightline.foundation.notices import actions, jobs
from sightline.foundation.notices.kinds import Choice, kind_named
from sightline.foundation.notices.models import Notice


@transaction.atomic
def notify(
    *,
    account: Account,
    kind: str,
    sentence: str | Callable[[], str],
    url: str = "",
    key: str,
    subject: str = "",
) -> Notice | None:
    """Tell somebody something, once for each `key`; None when told before, or he has left.

    Give `sentence` as a function where it is translated: it is called in the reader's language and
    time zone. `url` is a path of ours. `subject` is the mail's; the kind's title when left out.
    """
    notice = actions.write_notice(
        account=account,
        kind=kind_named(kind),
        subject=subject,
        sentence=sentence,
        url=url,
        key=key,
    )
    if notice and notice.mail == Choice.AT_ONCE:
        jobs.mail_notice.enqueue(notice.pk)
    return notice


@transaction.atomic
def notify_all(
    *,
    accounts: Iterable[Account],
    kind: str,
    sentence: Callable[[], str],
    url: str = "",
    key: str,
) -> int:
    """Tell many the same thing, each once for the `key`; how many had not been told before.

    As `notify`, in a few statements whatever their number.
    """
    told = actions.write_notices(
        accounts=list(accounts), kind=kind_named(kind), sentence=sentence, url=url, key=key
    )
    for notice in told:
        if notice.mail == Choice.AT_ONCE:
            jobs.mail_notice.enqueue(notice.pk)
    return len(told)
