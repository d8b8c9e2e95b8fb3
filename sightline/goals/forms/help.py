"""Forms for asking a colleague for help with a goal, and for answering."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sightline.goals.rules import help as rules
from sightline.people.forms.employees import DayField, ViewerForm
from sightline.people.forms.fields import ColleagueField

ANSWERS = {
    rules.PROMISED: _("I will help"),
    rules.DECLINED: _("I cannot"),
    rules.DONE: _("It is done"),
    rules.WITHDRAWN: _("I need no more help"),
}
AFTER_A_PROMISE = {
    rules.DONE: _("It is done"),
    rules.PROMISED: _("I will help, but by another day"),
    rules.DECLINED: _("I cannot after all"),
    rules.WITHDRAWN: _("I need no more help"),
}


def helper_field(*, required: bool = True) -> ColleagueField:
    """Who is asked."""
    return ColleagueField(label=_("Whose help you need"), required=required)


def need_field(*, required: bool = True) -> forms.CharField:
    """What is asked for."""
    return forms.CharField(
        label=_("What you ask for"),
        max_length=1000,
        required=required,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Read by whom you ask, with the goal’s title, and by all who see the goal."),
    )


class AskForm(ViewerForm):
    """Whom to ask for help, and for what."""

    asked = helper_field()
    words = need_field()


class AnswerForm(ViewerForm):
    """What becomes of a request, in the choices of the one who answers."""

    may_stay_open = True  # what is needed depends on the answer

    answer = forms.ChoiceField(label=_("Your answer"), widget=forms.RadioSelect)
    promised_for = DayField(label=_("By when"), required=False, help_text=_("If you will help."))
    words = forms.CharField(
        label=_("In your words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Read by the two of you alone. If you cannot, say why."),
    )

    def __init__(self, *args: Any, steps: Sequence[str], is_promised: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["answer"]
        offered = AFTER_A_PROMISE if is_promised else ANSWERS
        choices.choices = [(step, words) for step, words in offered.items() if step in steps]
        if rules.PROMISED not in steps:
            del self.fields["promised_for"]
            self.fields["words"].help_text = _("Read by the two of you alone.")
