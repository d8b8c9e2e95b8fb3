"""Forms that keep what is typed until the action has succeeded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm, Form
from django.http import HttpResponse

from sightline.foundation.drafts.actions import discard
from sightline.foundation.ui import acting
from sightline.people.viewer import ViewerRequest


def draft_key(request: ViewerRequest) -> str:
    """Under which name this page's typing is kept: its address."""
    return request.path.strip("/").replace("/", ":")


def carried_out(request: ViewerRequest, form: Form, act: Callable[[], object]) -> bool:
    """Act when the form is valid and nothing refuses; what was typed need be kept no longer."""
    if not acting.carried_out(form, act):
        return False
    discard(by=request.user, key=draft_key(request))
    return True


def answer(
    request: ViewerRequest, template: str, form: BaseForm, context: dict[str, Any]
) -> HttpResponse:
    """The page with its form, and the name under which its typing is kept."""
    return acting.answer(request, template, form, {"draft_key": draft_key(request), **context})
