"""Forms with which goals are written, agreed and closed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sightline.foundation.core.choices import offer, offer_rows
from sightline.foundation.ui.forms import PickerField
from sightline.goals.forms.texts import TextForm
from sightline.goals.models import Closing, Contribution, Goal, Period
from sightline.goals.queries.sightlines import may_serve
from sightline.people.forms.employees import ViewerForm
from sightline.people.models import Responsibility
from sightline.people.viewer import Viewer
from sightline.strategy.forms.strategies import ShareField
from sightline.strategy.models import Objective

NOT_OPEN = _("This period is not open. Choose another; when there is none, ask HR to open one.")


class OwnersForm(TextForm):
    """A new goal: whose it is, in which period, and what it says."""

    owner = forms.ChoiceField(label=_("Whose goal"))
    period = forms.ModelChoiceField(
        label=_("Period"),
        queryset=Period.objects.none(),
        empty_label=None,
        error_messages=dict.fromkeys(("required", "invalid_choice"), NOT_OPEN),
    )
    visibility = forms.ChoiceField(
        label=_("Who may see it"), choices=Goal.Visibility.choices, initial="everyone"
    )

    field_order = ["owner", "period", "title"]

    def __init__(
        self,
        *args: Any,
        owners: Sequence[tuple[str, Any]],
        periods: QuerySet[Period],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", owners)
        offer_rows(self, "period", periods)


class RevisionForm(TextForm):
    """A change of what a goal says, with the reason."""

    reason = forms.CharField(
        label=_("Why the change"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ProposalForm(ViewerForm):
    """A word to go with a proposal."""

    reason = forms.CharField(
        label=_("A word to go with it"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AcceptanceForm(ViewerForm):
    """A word to go with an acceptance."""

    words = forms.CharField(
        label=_("A word to go with it"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Such as what you need for it. Both sides read it."),
    )


class ClosingForm(ViewerForm):
    """How a goal ended."""

    outcome = forms.ChoiceField(label=_("How it ended"), choices=Closing.Outcome.choices)
    words = forms.CharField(
        label=_("What is to be said about it"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed when it was missed or dropped."),
    )


class VisibilityForm(ViewerForm):
    """Who may see a goal."""

    visibility = forms.ChoiceField(
        label=_("Who may see it"),
        choices=Goal.Visibility.choices,
        widget=forms.RadioSelect,
        help_text=_("Only what everyone may see counts in the progress of the goals it serves."),
    )


class DisagreementForm(ViewerForm):
    """What a computed status does not tell."""

    words = forms.CharField(
        label=_("What the status does not tell"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class PeriodChoiceForm(ViewerForm):
    """Into which period a goal is carried over."""

    period = forms.ModelChoiceField(
        label=_("Into"), queryset=Period.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, periods: QuerySet[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "period", periods)


class ContributionForm(ViewerForm):
    """What a goal serves, and with which share."""

    parent = PickerField(
        label=_("A goal"),
        required=False,
        help_text=_("Of a unit, a manager or a colleague. Type a word of it."),
    )
    objective = forms.ModelChoiceField(
        label=_("or an objective of the strategy"),
        queryset=Objective.objects.none(),
        required=False,
        empty_label=_("None"),
    )
    responsibility = forms.ModelChoiceField(
        label=_("or a responsibility of the post"),
        queryset=Responsibility.objects.none(),
        required=False,
        empty_label=_("None"),
    )
    share_percent = ShareField(
        label=_("With which share of the goal, %"),
        help_text=_("What all shares leave over is local: it serves nothing above."),
    )

    def __init__(
        self,
        *args: Any,
        goal: Goal,
        objectives: QuerySet[Objective],
        responsibilities: QuerySet[Responsibility],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "objective", objectives)
        offer_rows(self, "responsibility", responsibilities)
        parent: Any = self.fields["parent"]
        parent.widget.source = lambda: reverse("goals:pick_parent", args=[goal.pk])
        parent.by_key = lambda key: _by_key(self.viewer, goal, key)
        parent.by_words = lambda words: _by_words(self.viewer, goal, words)

    def clean(self) -> dict[str, Any]:
        """One thing is served at a time."""
        cleaned = super().clean()
        named = [cleaned.get(name) for name in ("parent", "objective", "responsibility")]
        chosen = [one for one in named if one is not None]
        if not self.errors and len(chosen) != 1:
            raise forms.ValidationError(_("Choose one thing that the goal serves."))
        return cleaned

    @property
    def serves(self) -> Any:
        """What was chosen."""
        names = ("parent", "objective", "responsibility")
        return next(one for name in names if (one := self.cleaned_data.get(name)) is not None)

    def add_error(self, field: str | None, error: Any) -> None:
        """What is wrong with what is served is said beside the field that names it."""
        if field == "serves":
            names = ("parent", "objective", "responsibility")
            field = next((name for name in names if self.cleaned_data.get(name)), None)
        super().add_error(field, error)


def _by_key(viewer: Viewer, goal: Goal, key: str) -> Goal | None:
    is_key = key.isdecimal() and len(key) < 16
    return may_serve(viewer, goal).filter(pk=int(key)).first() if is_key else None


def _by_words(viewer: Viewer, goal: Goal, words: str) -> list[Goal]:
    return list(may_serve(viewer, goal).filter(title__icontains=words)[:12])


class ShareForm(ViewerForm):
    """Another share of a contribution that there is."""

    share_percent = ShareField(label=_("With which share of the goal, %"))

    @staticmethod
    def initial_of(link: Contribution) -> dict[str, Any]:
        """The share as it is."""
        return {"share_percent": link.share_percent}
