"""Forms with which mediation is asked for and given."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sightline.goals.forms.texts import TextForm
from sightline.people.forms.employees import ViewerForm


class MediationForm(ViewerForm):
    """What two cannot agree on."""

    words = forms.CharField(
        label=_("What you cannot agree on"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The other side reads it, too."),
    )


class RecommendationForm(ViewerForm):
    """What somebody who was asked to mediate recommends."""

    words = forms.CharField(
        label=_("What you recommend, and why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class WordingForm(TextForm):
    """A wording between the two sides."""

    reason = forms.CharField(
        label=_("What you recommend, and why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def add_error(self, field: str | None, error: Any) -> None:
        """What is wrong with the words is said beside the reason."""
        super().add_error("reason" if field == "words" else field, error)
