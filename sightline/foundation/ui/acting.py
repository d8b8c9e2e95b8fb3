"""From a form to an action and back: what an action refuses is said beside the field."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sightline.foundation.core.errors import Refused
from sightline.foundation.ui import say


class ActForm(forms.Form):
    """A form that leads to an action, and notices when the thing changed under an old page.

    `stands` is the thing's fingerprint now; the page sends back the one it was drawn with.
    """

    stands = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, stands: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = stands
        self.fields["stands"].initial = stands

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """What a field holds at first; a number without the zeros that no page shows."""
        value = super().get_initial_for_field(field, field_name)
        if isinstance(value, Decimal) and value.is_finite() and value == value.to_integral_value():
            return value.quantize(Decimal(1))
        return value

    def clean(self) -> dict[str, Any]:
        """Refuse an old page once; sent again from the answer, it goes through."""
        cleaned = super().clean() or {}
        drawn = cleaned.pop("stands", "")
        if self.now and drawn and drawn != self.now:
            sent: Any = copy(self.data)  # what was sent cannot be changed, its copy can
            sent[self.add_prefix("stands")] = self.now
            self.data = sent
            raise forms.ValidationError(
                _("This was changed while your page was open. Look at it again, then send it anew.")
            )
        return cleaned


def carried_out(form: forms.Form, act: Callable[[], object]) -> bool:
    """Act when the form is valid. False when it was not, or when the action refused.

    What an action refuses stands beside its field, or above the form when it belongs to none.
    """
    if not form.is_valid():
        return False
    try:
        act()
    except Refused as refusal:
        for field, sentence in refusal.reasons:
            _say_beside(form, field, sentence)
        return False
    return True


def _say_beside(form: forms.Form, field: str, sentence: str) -> None:
    """Beside the field, which the form's own `add_error` may know by another name."""
    try:
        form.add_error(field or None, sentence)
    except ValueError:  # the form does not ask for this
        form.add_error(None, sentence)


def pressed(request: HttpRequest, act: Callable[[], object], done: str) -> bool:
    """Act on a button without a form, and say in a toast what was done, or why it was refused."""
    try:
        act()
    except Refused as refusal:
        say.warned(request, str(refusal))
        return False
    say.done(request, done)
    return True


def led_away(request: HttpRequest, refuse: Callable[[], object], to: str) -> HttpResponse | None:
    """To the thing itself, saying why, where its form would be refused whatever is typed.

    `refuse` is the action's own rule about what it acts on. It is asked before the form is drawn;
    what is sent from an old page goes to the action, which says no in the form and keeps the words.
    """
    if request.method != "GET":
        return None
    try:
        refuse()
    except Refused as refusal:
        say.warned(request, str(refusal))
        return redirect(to)
    return None


def answer(
    request: HttpRequest, template: str, form: forms.BaseForm, context: dict[str, Any]
) -> HttpResponse:
    """The page with its form: 200 when fresh, 422 with what was typed when it was refused."""
    status = 422 if form.is_bound else 200
    return render(request, template, {"form": form, **context}, status=status)
