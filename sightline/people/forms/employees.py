"""Forms about one person."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from sightline.foundation.core.spans import FOREVER
from sightline.foundation.ui.acting import ActForm
from sightline.foundation.ui.forms import Day
from sightline.people.actions.employments import Details
from sightline.people.forms.fields import ColleagueField, PositionField, SeenField
from sightline.people.models import Employee
from sightline.people.viewer import Viewer

FIELDS_OF_DETAILS = ["name", "known_as", "family_name", "number", "email", "location", "time_zone"]
FIELDS_OF_POST = ["position", "manager", "on", "share_percent", "reason"]


def time_zones() -> list[tuple[str, Any]]:
    """The time zones that there are, the organisation's own first."""
    zones = [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones())]
    return [("", _("The organisation’s")), *zones]


class DayField(forms.DateField):
    """A day, typed or taken from the browser's calendar; years that databases and people know."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=Day(attrs={"min": "1900-01-01"}), **kwargs)

    def clean(self, value: Any) -> Any:
        """The day; refused when it lies before 1900 or after 2200."""
        day = super().clean(value)
        if day and not 1900 <= day.year <= 2200:
            raise forms.ValidationError(_("Give a year between 1900 and 2200."))
        return day


class ViewerForm(ActForm):
    """A form whose fields choose from what the viewer may see."""

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        for field in self.fields.values():
            if isinstance(field, SeenField):
                field.viewer = viewer


class DetailsForm(ViewerForm):
    """Name, number, e-mail, place."""

    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("In full, as the person writes it.")
    )
    known_as = forms.CharField(
        label=_("Called"), max_length=80, required=False, help_text=_("What colleagues say.")
    )
    family_name = forms.CharField(
        label=_("Family name"),
        max_length=120,
        required=False,
        help_text=_("For sorting. When empty: the last word."),
    )
    number = forms.CharField(label=_("Number"), max_length=40)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    location = forms.CharField(label=_("Place of work"), max_length=120, required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False, choices=time_zones)

    @property
    def details(self) -> Details:
        """What was typed about the person."""
        return Details(**{name: self.cleaned_data[name] for name in FIELDS_OF_DETAILS})

    @staticmethod
    def initial_of(employee: Employee) -> dict[str, str]:
        """The details as they are."""
        return {name: getattr(employee, name) for name in FIELDS_OF_DETAILS}


class PostForm(ViewerForm):
    """A position under a manager from a day on."""

    position = PositionField(label=_("Position"), help_text=_("Its title or its code."))
    manager = ColleagueField(
        label=_("Manager"), required=False, help_text=_("Empty for the head of the organisation.")
    )
    on = DayField(label=_("From"))
    share_percent = forms.IntegerField(
        label=_("Share of full time, %"), min_value=1, max_value=100, initial=100
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)


class HireForm(DetailsForm, PostForm):
    """A new person and the post."""

    field_order = [*FIELDS_OF_DETAILS, *FIELDS_OF_POST]


class ManagerForm(ViewerForm):
    """Another manager from a day on."""

    manager = ColleagueField(label=_("New manager"))
    on = DayField(label=_("From"))
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)


class ShareForm(ViewerForm):
    """Another working time from a day on."""

    share_percent = forms.IntegerField(label=_("Share of full time, %"), min_value=1, max_value=100)
    on = DayField(label=_("From"))
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)


class DepartureForm(ViewerForm):
    """Somebody leaves."""

    on = DayField(label=_("First day without this person"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        required=False,
        help_text=_("Read by HR and the managers."),
    )
    reports_to = ColleagueField(
        label=_("Who takes over the reports"),
        required=False,
        help_text=_("When empty, the manager of the person who leaves."),
    )


class LeaveForm(ViewerForm):
    """Away from a day to a day."""

    kind = forms.CharField(
        label=_("Kind of leave"),
        max_length=80,
        help_text=_("Read by the person, the managers and HR."),
    )
    from_on = DayField(label=_("First day away"))
    until_on = DayField(
        label=_("Back on"), required=False, help_text=_("Empty while nobody knows.")
    )

    def clean_until_on(self) -> Any:
        """No day of coming back means no end yet."""
        return self.cleaned_data["until_on"] or FOREVER


class DottedLineForm(ViewerForm):
    """A second person to answer to."""

    manager = ColleagueField(label=_("Also answers to"))
    purpose = forms.CharField(label=_("For what"), max_length=200)
    on = DayField(label=_("From"))


class PayForm(ViewerForm):
    """What a year of full time pays."""

    amount = forms.DecimalField(
        label=_("A year, full time"), min_value=0, max_digits=14, decimal_places=2
    )
    currency = forms.RegexField(
        label=_("Currency"),
        regex=r"^[A-Z]{3}$",
        error_messages={"invalid": _("Three capital letters, such as EUR.")},
    )
    on = DayField(label=_("From"))
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)


class DayForm(ViewerForm):
    """Just a day."""

    on = DayField(label=_("Holds from"))


class ClosingForm(ViewerForm):
    """The end of something."""

    on = DayField(label=_("First day without it"))
