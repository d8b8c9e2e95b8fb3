"""What a page sends, as clean values."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sightline.foundation.core.errors import Refused
from sightline.foundation.drafts.actions import Typed
from sightline.foundation.drafts.rules import Mark


def typed_in(request: HttpRequest) -> tuple[int, Typed]:
    """The account that the page was made for, and what was typed there."""
    try:
        sent: Any = json.loads(request.body)
        return int(sent["account"]), typed_from(sent)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refused(_("This is not a draft.")) from error


def typed_from(sent: dict[str, Any]) -> Typed:
    """A draft from JSON; ValueError or its like when it is none."""
    fields = {
        clean(name): [clean(value) for value in values] for name, values in sent["fields"].items()
    }
    if not fields:
        raise ValueError("no fields")
    mark = Mark(
        version=whole(sent["version"]), page=clean(sent["page"])[:40], turn=whole(sent["turn"])
    )
    if not mark.page:
        raise ValueError("no page")
    place = clean(sent.get("place", ""))[:500]
    return Typed(
        fields=fields,
        mark=mark,
        title=clean(sent.get("title", ""))[:200],
        place=place if place.startswith("/") and not place.startswith("//") else "",
        replaces=sent.get("replaces") is True,
    )


def clean(value: Any) -> str:
    """Text that both databases can hold."""
    if not isinstance(value, str):
        raise TypeError("not text")
    return value.replace("\x00", "").encode(errors="replace").decode()


def whole(value: Any) -> int:
    """A count that both databases can hold."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
        raise TypeError("not a count")
    return value


class DemonstrationForm(forms.Form):
    """A form with one field of each kind, to try autosave on."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    text = forms.CharField(label=gettext_lazy("What happened"), widget=forms.Textarea)
    tone = forms.ChoiceField(
        label=gettext_lazy("Tone"),
        choices=[("praise", gettext_lazy("Praise")), ("guidance", gettext_lazy("Guidance"))],
        widget=forms.RadioSelect,
        required=False,
    )
    readers = forms.MultipleChoiceField(
        label=gettext_lazy("Who can read this"),
        choices=[("manager", gettext_lazy("Manager")), ("peers", gettext_lazy("Peers"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    sure = forms.BooleanField(label=gettext_lazy("I was there"), required=False)
