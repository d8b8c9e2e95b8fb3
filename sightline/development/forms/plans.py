"""Forms about plans and their actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sightline.development.actions.plans import Aim, Doing
from sightline.development.models import Plan, PlanAction
from sightline.people.forms.employees import DayField, ViewerForm
from sightline.people.forms.fields import PersonField
from sightline.people.forms.organisation import JobChoosingForm, JobField
from sightline.people.models import Competency
from sightline.people.queries.organisation import competencies_seen_by


class PlanForm(JobChoosingForm):
    """What a plan is for."""

    aim = forms.CharField(
        label=_("What it is for"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What shall be different at the end, at work and for the person."),
    )
    aspires_to = JobField(
        label=_("On the way to"),
        required=False,
        help_text=_("A job that the person would like to hold one day."),
    )
    until_on = DayField(label=_("Up to"))

    @property
    def chosen(self) -> Aim:
        """What was typed."""
        clean = self.cleaned_data
        return Aim(clean["aim"], clean["until_on"], clean["aspires_to"])

    @staticmethod
    def initial_of(plan: Plan) -> dict[str, Any]:
        """The plan as it is."""
        return {"aim": plan.aim, "aspires_to": plan.aspires_to_id, "until_on": plan.until_on}


class ActionForm(ViewerForm):
    """One thing to do."""

    what = forms.CharField(
        label=_("What"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    competency = forms.ModelChoiceField(
        label=_("For which competency"), queryset=Competency.objects.none(), required=False
    )
    how_known = forms.CharField(
        label=_("How one will know"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What others can see when it has worked."),
    )
    due_on = DayField(label=_("By when"))
    helper = PersonField(label=_("With whose help"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["competency"]
        chosen.queryset = competencies_seen_by(self.viewer).prefetch_related(None)
        chosen.empty_label = _("None in particular")

    @property
    def chosen(self) -> Doing:
        """What was typed."""
        clean = self.cleaned_data
        return Doing(
            what=clean["what"],
            how_known=clean["how_known"],
            due_on=clean["due_on"],
            competency=clean["competency"],
            helper=clean["helper"],
        )

    @staticmethod
    def initial_of(action: PlanAction) -> dict[str, Any]:
        """The action as it is."""
        return {
            "what": action.what,
            "competency": action.competency_id,
            "how_known": action.how_known,
            "due_on": action.due_on,
            "helper": action.helper,
        }


class StepForm(ViewerForm):
    """How far an action is."""

    may_stay_open = True  # of what is done or dropped the words are needed

    stage = forms.ChoiceField(label=_("Now"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In words"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("How it went, what was learned. Needed for done, and for dropped: why."),
    )

    def __init__(self, *args: Any, stages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one, PlanAction.Stage(one).label) for one in stages]
        self.fields["stage"] = forms.ChoiceField(
            label=_("Now"), choices=choices, widget=forms.RadioSelect
        )
        self.order_fields(["stage", "words"])


class ClosingForm(ViewerForm):
    """What a plan brought."""

    words = forms.CharField(
        label=_("What it brought"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
