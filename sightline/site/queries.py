"""What the house's own pages look up."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import ngettext

from sightline.foundation.core.errors import Refused
from sightline.foundation.identity.models import Account
from sightline.foundation.ledger.queries import Entry, records_about
from sightline.people.models import Employee
from sightline.people.queries.files import names_of_refs
from sightline.people.rules.names import folded
from sightline.people.viewer import Viewer
from sightline.reviews.queries.records import open_records

REF = re.compile(r"(?:[a-z]+:[0-9]+|house)")
MOST_NAMESAKES = 100


def refs_of(words: str) -> list[str]:
    """How the ledger names whoever is meant: by the ledger's own word, or by words of a name.

    By the name alone: an auditor may know neither e-mails nor numbers. Whoever signs in acts by an
    account before being known as a person, so both are meant. Words that more people have in
    common than can be looked for at once are refused.
    """
    words = words.strip()
    if REF.fullmatch(words):
        return [words]
    parts = folded(words).split()[:6]
    if not parts:
        return []
    namesakes = Employee.objects.filter(*(Q(sort_key__contains=part) for part in parts))
    found = namesakes.values_list("pk", "account_id")[: MOST_NAMESAKES + 1]
    if len(found) > MOST_NAMESAKES:
        sentence = ngettext(
            "More than %d person is called so. Type more of the name.",
            "More than %d people are called so. Type more of the name.",
            MOST_NAMESAKES,
        )
        raise Refused(sentence % MOST_NAMESAKES)
    people = [f"employee:{key}" for key, _account in found]
    return people + [f"account:{account}" for _key, account in found if account]


def records_known_to(
    viewer: Viewer, subject: str, *, after: int | None, more_than: int
) -> list[Entry]:
    """What is recorded about somebody as far as the viewer may know it, newest first.

    One more than asked for at least, when there are; what may not be known leaves no gap on a
    page, for a gap can be counted.
    """
    known: list[Entry] = []
    while len(known) <= more_than:
        reader = viewer.employee.ref
        found = records_about(subject, reader=reader, after=after, limit=more_than + 1)
        known += open_records(viewer, found)
        if len(found) <= more_than:
            break
        after = found[-1].record.pk
    return known


def first_of(entries: list[Entry], most: int) -> tuple[list[Entry], int | None]:
    """At most so many entries, and the number of the last of them when there are more."""
    shown = entries[:most]
    return shown, shown[-1].record.pk if len(entries) > most else None


def names_in_ledger(refs: Iterable[str]) -> dict[str, str]:
    """Who stands behind the ledger's words for people and accounts, as far as they are known.

    An account is called as its person is; one without a person, by its own name or its e-mail.
    """
    wanted = set(refs)
    keys = [int(ref.removeprefix("account:")) for ref in wanted if ref.startswith("account:")]
    accounts = Account.objects.filter(pk__in=keys).select_related("employee")
    return names_of_refs(wanted) | {account.ref: name_of(account) for account in accounts}


def name_of(account: Account) -> str:
    """What an account is called."""
    employee: Employee | None = getattr(account, "employee", None)
    return (employee.name if employee else account.name) or account.email


def nobody_is_here() -> bool:
    """Whether nobody can sign in and nobody is known: the installation is still to be founded."""
    return not (Account.objects.exists() or Employee.objects.exists())
