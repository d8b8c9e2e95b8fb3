"""The only writer of drafts.

Drafts are not put in the ledger: what a person typed and did not send was not said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.drafts.models import Draft, SetAside
from sightline.foundation.drafts.rules import (
    KEPT_DAYS,
    LIMIT_BYTES,
    LIMIT_DRAFTS,
    Fields,
    Mark,
    Verdict,
    size_in_bytes,
    verdict,
)
from sightline.foundation.identity.models import Account


class TooLarge(Refused):
    """The text is longer than a draft may be."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What a page sends: its fields, where it was, and the version that it started from."""

    fields: Fields
    mark: Mark
    title: str = ""
    place: str = ""
    replaces: bool = False  # the person has seen the other text and chose this one


@dataclass(frozen=True, slots=True)
class Kept:
    """The draft after a save; `conflict` when it holds another page's text, not the one sent."""

    draft: Draft
    conflict: bool = False


@transaction.atomic
def save_draft(*, by: Account, key: str, typed: Typed) -> Kept:
    """Keep what was typed; when another page wrote in between, set it aside and say so."""
    require_size(typed)
    draft, is_new = Draft.objects.select_for_update(no_key=True).get_or_create(
        account=by, key=key, defaults={"saved_at": now()}
    )
    if is_new or draft.is_empty:
        require_room(by)
    match verdict(held=draft.mark, sent=typed.mark):
        case Verdict.CONFLICT:
            set_aside(by=by, key=key, text=typed)
            return Kept(draft, conflict=True)
        case Verdict.TAKE:
            take(draft, typed)
    return Kept(draft)


@transaction.atomic
def discard(*, by: Account, key: str) -> None:
    """Empty the draft, because its form was sent or its writer wants it gone. Safe to do twice."""
    draft, _is_new = Draft.objects.select_for_update(no_key=True).get_or_create(
        account=by, key=key, defaults={"saved_at": now()}
    )
    draft.fields, draft.title, draft.place = {}, "", ""
    draft.page, draft.turn = "", 0
    draft.version += 1
    draft.saved_at = now()
    draft.save()


def discard_set_aside(*, by: Account, pk: int) -> None:
    """Delete a text that was set aside."""
    SetAside.objects.filter(account=by, pk=pk).delete()


def forget_old_drafts() -> int:
    """Delete what was not changed for ninety days; the number of texts that went."""
    before = now() - timedelta(days=KEPT_DAYS)
    drafts, _by_model = Draft.objects.filter(saved_at__lt=before).delete()
    aside, _by_model = SetAside.objects.filter(saved_at__lt=before).delete()
    return drafts + aside


def take(draft: Draft, typed: Typed) -> None:
    """Put the new text in the draft; the text that it knowingly replaces is set aside."""
    if typed.replaces:
        exchange(draft, typed)
    draft.fields = {name: list(values) for name, values in typed.fields.items()}
    draft.title, draft.place = typed.title, typed.place
    draft.page, draft.turn = typed.mark.page, typed.mark.turn
    draft.version += 1
    draft.saved_at = now()
    draft.save()


def exchange(draft: Draft, typed: Typed) -> None:
    """Set the draft's text aside; the chosen one, set aside when it lost, now stands."""
    SetAside.objects.filter(account=draft.account, key=draft.key, page=typed.mark.page).delete()
    if not draft.is_empty:
        held = Typed(draft.fields, draft.mark, title=draft.title, place=draft.place)
        set_aside(by=draft.account, key=draft.key, text=held)


def set_aside(*, by: Account, key: str, text: Typed) -> None:
    """Keep a text that may not stand in the draft, one for each page that wrote."""
    SetAside.objects.update_or_create(
        account=by,
        key=key,
        page=text.mark.page,
        defaults={
            "fields": {name: list(values) for name, values in text.fields.items()},
            "title": text.title,
            "place": text.place,
            "version": text.mark.version,
            "saved_at": now(),
        },
    )


def require_size(typed: Typed) -> None:
    """Refuse a text that is too long to be kept here."""
    if size_in_bytes(typed.fields) > LIMIT_BYTES:
        raise TooLarge(
            _(
                "This text is longer than 1 MB, too long to be saved while you type. "
                "It is kept in this browser; send the form to keep it for good."
            )
        )


def require_room(account: Account) -> None:
    """Refuse one draft more than an account may hold."""
    if Draft.objects.filter(account=account).exclude(fields={}).count() >= LIMIT_DRAFTS:
        raise Refused(
            _(
                "You have %(count)d drafts, as many as are kept. Send or discard some of them; "
                "this text is kept in this browser meanwhile."
            )
            % {"count": LIMIT_DRAFTS}
        )
