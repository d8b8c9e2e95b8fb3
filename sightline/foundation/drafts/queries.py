"""Reads. A draft is seen by its account and by nobody else, whatever their role."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from sightline.foundation.drafts.models import Draft, SetAside
from sightline.foundation.identity.models import Account


def drafts_of(account: Account) -> QuerySet[Draft]:
    """This account's texts that were not sent, newest first."""
    return Draft.objects.filter(account=account).exclude(fields={}).order_by("-saved_at", "pk")


def set_aside_of(account: Account) -> QuerySet[SetAside]:
    """This account's texts that lost against another page, newest first."""
    return SetAside.objects.filter(account=account).order_by("-saved_at", "pk")


def draft_of(account: Account, key: str) -> Draft | None:
    """The draft by this name; empty ones too, for their version."""
    return Draft.objects.filter(account=account, key=key).first()


def everything_of(account: Account) -> list[dict[str, Any]]:
    """All that is kept here about an account, as plain values, for its export."""
    rows: list[Draft | SetAside] = [*drafts_of(account), *set_aside_of(account)]
    return [
        {
            "kind": "draft" if isinstance(row, Draft) else "set aside",
            "key": row.key,
            "title": row.title,
            "place": row.place,
            "fields": row.fields,
            "saved_at": row.saved_at.isoformat(),
        }
        for row in rows
    ]
