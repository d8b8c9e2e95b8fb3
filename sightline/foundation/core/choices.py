"""What may be chosen in the fields of a form, where that is known only when the form is made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _


def offer(form: forms.BaseForm, name: str, choices: Iterable[Any]) -> None:
    """Let one of these be chosen in a field of a form: pairs of value and words."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} is no field of choices")
    field.choices = list(choices)


def offer_or_all(form: forms.BaseForm, name: str, choices: Iterable[Any]) -> None:
    """Let one of these be chosen in a field of a filter, or all."""
    offer(form, name, [("", _("All")), *choices])


def offer_rows(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """Let one of these rows be chosen in a field of a form."""
    field = form.fields[name]
    if not isinstance(field, forms.ModelChoiceField):
        raise TypeError(f"{name} is no field of rows")
    field.queryset = rows
