"""Acts on a review: each a few fields."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sightline.foundation.ui.acting import ActForm
from sightline.people.forms.employees import ViewerForm
from sightline.people.forms.fields import PersonField, UnitField
from sightline.people.models import Employee
from sightline.reviews.models import Nomination, ScalePoint

PLACES = 5


class ReasonForm(ActForm):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500
    )


class SharingForm(ActForm):
    """What the manager wants the person to read first."""

    words = forms.CharField(
        label=_("Your words"),
        help_text=_("Read first, above the rating. Best said in person before it is sent."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=4000,
    )


class AcknowledgementForm(ActForm):
    """The person's reply."""

    reply = forms.CharField(
        label=_("Your reply"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
        required=False,
    )


class AppealForm(ActForm):
    """Why somebody else should look again."""

    grounds = forms.CharField(
        label=_("What was not seen, or not seen rightly"),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=4000,
    )


class AppealDecisionForm(ActForm):
    """Whether the rating stays."""

    to_value = forms.ChoiceField(label=_("The rating"), required=False)
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The employee and the manager read it."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
    )

    def __init__(self, *args: Any, points: list[ScalePoint], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to_value"]
        field.choices = [
            ("", _("stays as it is")),
            *((str(point.value), f"{point.value} {point.label}") for point in points),
        ]


class RaterForm(ViewerForm):
    """Who writes the review instead."""

    manager = PersonField(label=_("Written by"))
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500
    )


class LateForm(ViewerForm):
    """Who joins late, and why."""

    employee = PersonField(label=_("Person"))
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500
    )


class CalibratorForm(ViewerForm):
    """Who compares the proposals of which unit."""

    unit = UnitField(label=_("Unit, with all under it"))
    employee = PersonField(label=_("Person"))


class NominationForm(ViewerForm):
    """Colleagues to be asked: a few fields, of which some may stay empty."""

    peer_1 = PersonField(label=_("Colleague"))
    peer_2 = PersonField(label=_("Another"), required=False)
    peer_3 = PersonField(label=_("Another"), required=False)
    peer_4 = PersonField(label=_("Another"), required=False)
    peer_5 = PersonField(label=_("Another"), required=False)

    def __init__(self, *args: Any, places: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(max(places, 1) + 1, PLACES + 1):
            del self.fields[f"peer_{number}"]

    def peers(self) -> list[Employee]:
        """Those who were named, each once."""
        named = [value for name, value in self.cleaned_data.items() if name.startswith("peer_")]
        return list(dict.fromkeys(one for one in named if one is not None))


class ConfirmationForm(ActForm):
    """For each proposed colleague: asked, or not and why."""

    def __init__(self, *args: Any, nominations: list[Nomination], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nominations = nominations
        for one in nominations:
            self.fields[f"answer_{one.pk}"] = forms.ChoiceField(
                label=one.peer.name,
                choices=[("yes", _("Ask")), ("no", _("Do not ask"))],
                widget=forms.RadioSelect,
                initial="yes",
            )
            self.fields[f"reason_{one.pk}"] = forms.CharField(
                label=_("Why not"), max_length=500, required=False
            )

    def answers(self) -> dict[int, tuple[bool, str]]:
        """Whether each is asked, and why not."""
        cleaned = self.cleaned_data
        return {
            one.pk: (cleaned[f"answer_{one.pk}"] == "yes", cleaned[f"reason_{one.pk}"])
            for one in self.nominations
        }


class CalibrationForm(ActForm):
    """Another rating, and why."""

    to_value = forms.ChoiceField(label=_("Rating"))
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Shown to the manager and kept with the review."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )

    def __init__(self, *args: Any, points: list[ScalePoint], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to_value"]
        field.choices = [(str(point.value), f"{point.value} {point.label}") for point in points]
