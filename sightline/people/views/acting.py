"""Forms that keep what is typed until the action has succeeded."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.forms import BaseForm, Form
from django.http import HttpResponse

from sightline.foundation.drafts.actions import discard
from sightline.foundation.ui import acting
from sightline.people.viewer import ViewerRequest

NAMED = re.compile(r"[A-Za-z0-9._-]{1,40}")
"""What a part of an address may be, to be part of a draft's name."""


def draft_key(request: ViewerRequest, *parts: str) -> str:
    """Under which name this page's typing is kept: its address.

    `parts` are those of its query that say what the form is about. A form about Ines opens without
    what was typed about Jon; where one goes next or how a list is sorted makes no other form.
    """
    path = request.path.strip("/").replace("/", ":")
    asked = [(part, request.GET.get(part, "")) for part in parts]
    named = [f":{part}.{value}" for part, value in asked if NAMED.fullmatch(value)]
    return path + "".join(named)


def carried_out(
    request: ViewerRequest, form: Form, act: Callable[[], object], *, parts: tuple[str, ...] = ()
) -> bool:
    """Act when the form is valid and nothing refuses; what was typed need be kept no longer."""
    if not acting.carried_out(form, act):
        return False
    discard(by=request.user, key=draft_key(request, *parts))
    return True


def answer(
    request: ViewerRequest,
    template: str,
    form: BaseForm,
    context: dict[str, Any],
    *,
    parts: tuple[str, ...] = (),
) -> HttpResponse:
    """The page with its form, and the name under which its typing is kept."""
    key = draft_key(request, *parts)
    return acting.answer(request, template, form, {"draft_key": key, **context})
