"""What an account's holder was told, and how he wants to be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from sightline.foundation.identity.models import Account
from sightline.foundation.notices import policies
from sightline.foundation.notices.kinds import KINDS, Choice, Kind
from sightline.foundation.notices.models import Notice, Preference

PAGE_SIZE = 30
UNREAD = Q(read_at__isnull=True)


def notices_of(account: Account) -> QuerySet[Notice]:
    """All that this account was told."""
    return Notice.objects.filter(policies.visible_to(account))


def unread_count(account: Account) -> int:
    """How many notices wait to be read: the number on the badge."""
    return notices_of(account).filter(UNREAD).count()


@dataclass(frozen=True, slots=True)
class Page:
    """Some notices, and the mark after which the next page begins ("" on the last)."""

    notices: Sequence[Notice]
    after: str


def page_of(account: Account, *, after: str = "", size: int = PAGE_SIZE) -> Page:
    """A page of notices: unread first, then newest first. `after` is the mark of the page before.

    A mark that makes no sense is the first page.
    """
    place = Case(When(UNREAD, then=Value(0)), default=Value(1), output_field=IntegerField())
    notices = notices_of(account).annotate(place=place).order_by("place", "-pk")
    found = list(notices.filter(beyond(after))[: size + 1])
    return Page(found[:size], mark_of(found[size - 1]) if len(found) > size else "")


def mark_of(notice: Notice) -> str:
    """Where a notice stands in the list, such as "unread-17"."""
    return f"{'read' if notice.is_read else 'unread'}-{notice.pk}"


def beyond(mark: str) -> Q:
    """What stands after a mark in the list."""
    group, _dash, number = mark.partition("-")
    if group not in {"read", "unread"} or not number.isdecimal() or len(number) > 18:
        return Q()
    older = Q(pk__lt=int(number))
    return ~UNREAD & older if group == "read" else (UNREAD & older) | ~UNREAD


def choice_of(account: Account, kind: Kind) -> Choice:
    """When the account wants mail about a kind."""
    chosen = Preference.objects.filter(account=account, kind=kind.name).first()
    return Choice(chosen.choice) if chosen else kind.default


def choices_for(accounts: Sequence[Account], kind: Kind) -> dict[int, Choice]:
    """When each of these accounts wants mail about a kind, by the account's key."""
    rows = Preference.objects.filter(kind=kind.name).values_list("account", "choice")
    chosen = dict(rows)
    return {one.pk: Choice(chosen.get(one.pk, kind.default)) for one in accounts}


def choices_of(account: Account) -> list[tuple[Kind, Choice]]:
    """Each kind with the account's choice, by title."""
    chosen = dict(Preference.objects.filter(account=account).values_list("kind", "choice"))
    kinds = sorted(KINDS.values(), key=lambda kind: str(kind.title))
    return [(kind, Choice(chosen.get(kind.name, kind.default))) for kind in kinds]


def waiting_for_digest(account: Account, *, before: datetime) -> QuerySet[Notice]:
    """What a digest tells: written before this moment, unread, in no letter yet."""
    return untold().filter(account=account, at__lt=before).order_by("pk")


def accounts_with_a_digest() -> QuerySet[Account]:
    """Accounts in use that something waits for, with `waiting_since`."""
    waiting = untold().filter(account=OuterRef("pk")).order_by("at").values("at")[:1]
    accounts = Account.objects.filter(is_active=True).annotate(waiting_since=Subquery(waiting))
    return accounts.filter(waiting_since__isnull=False).order_by("pk")


def untold() -> QuerySet[Notice]:
    """Notices that wait for a digest and were not read meanwhile."""
    return Notice.objects.filter(UNREAD, mail=Choice.DAILY, letter__isnull=True)
