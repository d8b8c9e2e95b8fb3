"""What notices can be about. An app names its kinds in its `AppConfig.ready()`:

    register_kind("people.changes", _("Changes around you"), default="at once")

A person chooses for each kind whether its mail comes at once, in a daily digest, or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Choice(models.TextChoices):
    """When a notice is sent by mail. In the app it stands in any case."""

    AT_ONCE = "at once", _("At once")
    DAILY = "daily", _("Once a day")
    OFF = "off", _("Never")


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing that notices can be about."""

    name: str
    title: str | Promise
    default: Choice


KINDS: dict[str, Kind] = {}


def register_kind(name: str, title: str | Promise, *, default: str = Choice.DAILY) -> Kind:
    """Make a kind of notice known, by a name such as "people.changes". The title is translatable.

    `default` is "at once", "daily" or "off": what holds until a person chooses.
    """
    KINDS[name] = Kind(name, title, Choice(default))
    return KINDS[name]


def kind_named(name: str) -> Kind:
    """The kind of this name. A name that no app registered is a mistake in the code."""
    try:
        return KINDS[name]
    except KeyError:
        raise LookupError(f"no app registered notices of kind {name!r}") from None
