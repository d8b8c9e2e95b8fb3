"""Forms about feedback."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sightline.conversations.actions.feedback import Words
from sightline.conversations.models import Feedback, FeedbackVersion
from sightline.conversations.queries.feedback import Readership, competencies
from sightline.foundation.ui.acting import ActForm
from sightline.people.forms.employees import ViewerForm
from sightline.people.forms.fields import PersonField
from sightline.people.models import Competency


def text(label: Any, help_text: Any) -> forms.CharField:
    """A few sentences."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AboutForm(ViewerForm):
    """Whom the feedback is for."""

    about = PersonField(label=_("For whom"))


class WordsForm(ActForm):
    """The words of feedback: situation, behaviour, impact."""

    situation = text(_("Situation"), _("When and where was it?"))
    behaviour = text(
        _("Behaviour"), _("What did you see or hear? What a camera would have seen, no motives.")
    )
    impact = text(_("Impact"), _("What came of it: for you, the team, the customer?"))

    @property
    def words(self) -> Words:
        """What was typed, as actions take it."""
        return Words(**{name: self.cleaned_data[name] for name in Words.__slots__})

    @staticmethod
    def initial_of(version: FeedbackVersion) -> dict[str, str]:
        """The words as they are."""
        return {name: getattr(version, name) for name in Words.__slots__}


class FeedbackForm(WordsForm):
    """All of a piece of feedback. Who reads it stands in words, before it is sent."""

    kind = forms.ChoiceField(label=_("What it is"), choices=Feedback.Kind, widget=forms.RadioSelect)
    competency: forms.ModelChoiceField[Competency] = forms.ModelChoiceField(
        label=_("Shows in"),
        queryset=None,
        required=False,
        empty_label=_("No competency in particular"),
    )
    readers = forms.ChoiceField(
        label=_("Who reads it"),
        widget=forms.RadioSelect,
        help_text=_("Fixed once it is sent. Only praise is given before others."),
    )
    field_order = ["kind", "situation", "behaviour", "impact", "competency", "readers"]

    def __init__(self, *args: Any, readership: Readership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["readers"].choices = readership.choices()
        fields["competency"].queryset = competencies()

    @property
    def values(self) -> dict[str, Any]:
        """What was chosen, as the action takes it."""
        return {name: self.cleaned_data[name] for name in ("kind", "competency", "readers")}


class RequestForm(ViewerForm):
    """Whom to ask, and what."""

    asked = PersonField(label=_("Whom you ask"))
    question = forms.CharField(
        label=_("Question"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The narrower the question, the more useful the answer."),
    )


class DeclineForm(forms.Form):
    """No, and why if one likes."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False, help_text=_("Read by who asked.")
    )
