"""Forms about talks."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sightline.conversations.models import PrivateNote, Series
from sightline.foundation.core.fingerprints import fingerprint
from sightline.foundation.ui.acting import ActForm
from sightline.people.forms.employees import DayField, ViewerForm
from sightline.people.forms.fields import PersonField
from sightline.people.models import Employee


class CadenceField(forms.IntegerField):
    """Every so many days."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Every so many days"))
        kwargs.setdefault(
            "help_text", _("14 is every second week. Silence is measured against it.")
        )
        super().__init__(min_value=1, max_value=366, **kwargs)


class SeriesForm(ViewerForm):
    """Regular talks with somebody."""

    partner = PersonField(label=_("With whom"))
    purpose = forms.CharField(
        label=_("What for"), max_length=80, help_text=_("Both of you read this, nobody else.")
    )
    cadence_days = CadenceField()


class CadenceForm(ActForm):
    """Another rhythm."""

    cadence_days = CadenceField()


class MeetingForm(ActForm):
    """The day, and the hour if there is one."""

    meets_on = DayField(label=_("Day"))
    time = forms.TimeField(
        label=_("Time"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("In your time zone."),
    )

    @property
    def values(self) -> dict[str, Any]:
        """The day and the instant, as actions take them."""
        day: date = self.cleaned_data["meets_on"]
        time = self.cleaned_data.get("time")
        instant = timezone.make_aware(datetime.combine(day, time)) if time else None
        return {"meets_on": day, "starts_at": instant}


class PointForm(forms.Form):
    """Something to talk about."""

    text = forms.CharField(
        label=_("Add a point"),
        max_length=500,
        widget=forms.TextInput(attrs={"placeholder": _("A point, a question, a thank-you")}),
    )


class PromiseForm(forms.Form):
    """What one of the two will do."""

    text = forms.CharField(label=_("What"), max_length=300)
    who = forms.TypedChoiceField(label=_("Who"), coerce=int)
    due_on = DayField(label=_("By"), required=False)

    def __init__(self, *args: Any, series: Series, me: Employee, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "promise_%s", **kwargs})
        self.partner = series.partner_of(me)
        self.me = me
        who: Any = self.fields["who"]
        who.choices = [(me.pk, _("You")), (self.partner.pk, self.partner.first_name)]

    @property
    def values(self) -> dict[str, Any]:
        """What was promised, as the action takes it."""
        is_mine = self.cleaned_data["who"] == self.me.pk
        return {**self.cleaned_data, "who": self.me if is_mine else self.partner}


class NoteForm(ActForm):
    """What one notes for oneself; `note` is what was kept before."""

    text = forms.CharField(
        label=_("Notes"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "aria-label": _("Your private notes")}),
    )

    def __init__(self, *args: Any, note: PrivateNote | None) -> None:
        super().__init__(
            *args,
            auto_id="note_%s",
            initial={"text": note.text} if note else {},
            stands=fingerprint(note and note.kept_at),
        )
