"""Puts what was typed before back into a form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.forms import BaseForm, BaseFormSet
from django.http import QueryDict
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sightline.foundation.drafts import queries
from sightline.foundation.drafts.rules import Fields
from sightline.foundation.identity.models import Account

register = template.Library()


@dataclass(frozen=True, slots=True)
class Restored:
    """The draft of a form: the attributes that its <form> carries, and whether text came back."""

    key: str
    version: int = 0
    saved_at: datetime | None = None
    is_restored: bool = False
    is_typed: bool = False  # the form shows what was just sent and refused: newer than the draft

    @property
    def attributes(self) -> SafeString:
        """For the opening tag of the form; they turn autosave on."""
        return format_html(
            'data-autosave="{}" data-autosave-url="{}" data-autosave-version="{}"{}',
            self.key,
            reverse("drafts:draft", args=[self.key]),
            self.version,
            " data-autosave-typed" if self.is_typed else "",
        )


@register.simple_tag(takes_context=True)
def draft_for(context: Context, form: BaseForm | BaseFormSet[Any], key: str) -> Restored:
    """Fill an unbound form (or formset) with the reader's draft, if there is one.

    A bound form keeps what was sent with it, which is newer.
    """
    account = context["request"].user
    held = queries.draft_of(account, key) if isinstance(account, Account) else None
    if held is None:
        return Restored(key, is_typed=form.is_bound)
    if held.is_empty or form.is_bound:
        return Restored(key, held.version, is_typed=form.is_bound)
    changed = [restore(one, held.fields) for one in forms_in(form)]
    return Restored(key, held.version, held.saved_at, is_restored=any(changed))


def forms_in(form: BaseForm | BaseFormSet[Any]) -> list[BaseForm]:
    """The forms that a form is made of, as its `forms` tells, or the form itself."""
    return list(getattr(form, "forms", [form]))


def restore(form: BaseForm, fields: Fields) -> bool:
    """Make the draft's values the form's initial ones; whether that changes any of them."""
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, list(values))
    changed = False
    for name, field in form.fields.items():
        html_name = form.add_prefix(name)
        if not any(part == html_name or part.startswith(f"{html_name}_") for part in fields):
            continue
        before = form.get_initial_for_field(field, name)
        typed = field.widget.value_from_datadict(data, {}, html_name)
        if field.has_changed(before, typed):
            form.initial[name] = typed
            changed = True
    return changed
