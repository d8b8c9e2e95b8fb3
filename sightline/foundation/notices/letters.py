"""How letters read: in the recipient's language and time zone, as text and as plain HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from sightline.foundation.identity.mails import message_id
from sightline.foundation.identity.models import Account
from sightline.foundation.notices.kinds import KINDS
from sightline.foundation.notices.models import Letter, Notice
from sightline.foundation.notices.zones import zone_of

SUBJECT_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Words:
    """What a letter says."""

    subject: str
    text: str
    html: str


def about_notice(notice: Notice) -> Words:
    """A letter about one notice."""
    with as_reader(notice.account):
        context = {"notice": notice, "link": address(notice.url)}
        return written("notice", notice.subject, notice.account, context)


def digest(account: Account, notices: Sequence[Notice]) -> Words:
    """A letter about all that waited, in groups by kind."""
    with as_reader(account):
        count = len(notices)
        subject = ngettext("One notice for you", "%(count)d notices for you", count)
        context = {"groups": groups_of(notices)}
        return written("digest", subject % {"count": count}, account, context)


def groups_of(notices: Sequence[Notice]) -> list[tuple[str, list[tuple[Notice, str]]]]:
    """Notices with their links under the titles of their kinds."""
    groups: dict[str, list[tuple[Notice, str]]] = {}
    for notice in notices:
        title = str(KINDS[notice.kind].title) if notice.kind in KINDS else notice.kind
        groups.setdefault(title, []).append((notice, address(notice.url)))
    return list(groups.items())


def written(name: str, subject: str, account: Account, context: dict[str, Any]) -> Words:
    """The letter of a template, as text and as HTML."""
    context |= {"account": account, "subject": subject, "settings_link": settings_link()}
    return Words(
        subject=" ".join(subject.split())[:SUBJECT_LENGTH],
        text=render_to_string(f"notices/mail/{name}.txt", context).strip() + "\n",
        html=render_to_string(f"notices/mail/{name}.html", context),
    )


def message_of(letter: Letter) -> EmailMultiAlternatives:
    """The letter as mail. The same key has the same Message-ID, however often it is sent."""
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        to=[letter.email],
        headers={
            "Message-ID": message_id(letter.key),
            "List-Unsubscribe": f"<{settings_link()}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    return message


def address(path: str) -> str:
    """A page's address as it is typed from outside; "" for no page."""
    return f"{settings.PUBLIC_URL}{path}" if path else ""


def settings_link() -> str:
    """Where a person chooses which mail comes."""
    return address(reverse("notices:settings"))


@contextmanager
def as_reader(account: Account, zone: ZoneInfo | None = None) -> Iterator[None]:
    """Words and times as this account's holder reads them; `zone` when it is known already."""
    with (
        translation.override(account.language or settings.LANGUAGE_CODE),
        timezone.override(zone or zone_of(account)),
    ):
        yield
