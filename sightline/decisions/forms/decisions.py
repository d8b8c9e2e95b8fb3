"""Forms of a decision: whom and what, the draft, the acts, and what lists are narrowed by."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sightline.decisions import policies, sources
from sightline.decisions.actions.drafting import Terms
from sightline.decisions.models import Decision, Kind, Policy, Proposal, Reply
from sightline.decisions.queries.decisions import Wanted
from sightline.decisions.rules import kinds
from sightline.foundation.core.choices import offer, offer_or_all
from sightline.foundation.ui.forms import Day
from sightline.people.forms.employees import DayField, ViewerForm
from sightline.people.forms.fields import PersonField, PositionField
from sightline.people.models import Employee
from sightline.people.queries import people

OPEN_KINDS = [(kind, Kind(kind).label) for kind in kinds.OPEN]


class ProposablePersonField(PersonField):
    """A person about whom the viewer may propose."""

    source = "decisions:pick_person"

    def seen(self) -> QuerySet[Employee]:
        return super().seen().filter(policies.proposable_by(self.viewer))

    def named(self, words: str) -> Sequence[Employee]:
        return list(self.seen().filter(people.named(words)).order_by("sort_key", "pk")[:12])


class BeginForm(ViewerForm):
    """About whom, and what."""

    employee = ProposablePersonField(label=_("Person"))
    kind = forms.ChoiceField(label=_("What"), choices=OPEN_KINDS, widget=forms.RadioSelect)


class DraftForm(ViewerForm):
    """What is proposed, and why. Everything may be left open until it is sent."""

    may_stay_open = True  # so no field is called optional, which it is not in the end

    grounds = forms.CharField(
        label=_("Why"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=_(
            "In your own words: what was done, and what it changed. E1, E2 … refer to the evidence."
        ),
    )
    on = DayField(label=_("From"))
    position = PositionField(
        label=_("New post"), required=False, help_text=_("Its title or its code.")
    )
    manager = PersonField(
        label=_("Reports to"), required=False, help_text=_("When empty, as it is today.")
    )
    amount = forms.DecimalField(
        label=_("Amount"),
        min_value=Decimal("0.01"),
        max_digits=14,
        decimal_places=2,
        required=False,
    )
    currency = forms.RegexField(
        label=_("Currency"),
        regex=r"^[A-Z]{3}$",
        required=False,
        error_messages={"invalid": _("Three capital letters, such as EUR.")},
    )

    def __init__(self, *args: Any, kind: str, reads_pay: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind not in kinds.CHANGES_POST:
            del self.fields["position"], self.fields["manager"]
        if kind in kinds.GIVES_AWARD:
            self.fields["amount"].label = _("Paid once")
            self.fields["on"].label = _("Paid on")
        else:
            self.fields["amount"].label = _("New pay, a year of full time")
            self.fields["amount"].help_text = _("Empty when the pay stays as it is.")
        if not reads_pay:
            del self.fields["amount"], self.fields["currency"]

    @property
    def terms(self) -> Terms:
        """What was typed."""
        values: dict[str, Any] = {name: self.cleaned_data.get(name) for name in Terms.__slots__}
        values["currency"] = values["currency"] or ""
        return Terms(**values)

    @staticmethod
    def initial_of(proposal: Proposal, currency: str) -> dict[str, Any]:
        """What stands in a version."""
        values = {name: getattr(proposal, name) for name in Terms.__slots__}
        return values | {"currency": proposal.currency or currency}


class WordsForm(ViewerForm):
    """A word of HR with the checks."""

    may_stay_open = True  # where a check warns it may not

    words = forms.CharField(
        label=_("What HR says to the checks"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed where a check warns: why the proposal goes on all the same."),
    )


class ReasonForm(ViewerForm):
    """An act that wants its reason."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("In your own words; the person and the proposer read it."),
    )


class ThrowAwayForm(ViewerForm):
    """Nothing to fill in: sent, it says yes."""


class ReplyForm(ViewerForm):
    """What the person says."""

    stance = forms.ChoiceField(
        label=_("Your answer"), choices=Reply.Stance.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In your words"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("Read by all who read this decision. Once sent, it stands."),
    )


class DecisionFilter(forms.Form):
    """Narrows the list of decisions."""

    view = forms.CharField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(
        label=_("Name"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = forms.ChoiceField(label=_("What"), required=False)
    stage = forms.ChoiceField(label=_("Stage"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_or_all(self, "kind", OPEN_KINDS)
        offer_or_all(self, "stage", Decision.Stage.choices)

    @property
    def wanted(self) -> Wanted:
        """What the list is narrowed to; what cannot be is left out."""
        self.is_valid()
        asked = self.cleaned_data
        return Wanted(
            view=asked.get("view") or "all",
            kind=asked.get("kind", ""),
            stage=asked.get("stage", ""),
            words=asked.get("q", ""),
        )


class EvidenceFilter(forms.Form):
    """Narrows the records to pick from."""

    kind = forms.ChoiceField(label=_("Kind of record"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=Day)
    until = forms.DateField(label=_("Up to"), required=False, widget=Day)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_or_all(self, "kind", [(one.key, one.label) for one in sources.SOURCES])

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked for; what cannot be is left out."""
        self.is_valid()
        names = ("kind", "since", "until")
        return {
            name: self.cleaned_data.get(name) or ("" if name == "kind" else None) for name in names
        }


class PolicyForm(ViewerForm):
    """What a kind of decision needs from a day on."""

    approvers = forms.ChoiceField(label=_("Who approves"), widget=forms.RadioSelect)
    evidence_least = forms.IntegerField(
        label=_("Records of evidence, at least"), min_value=1, max_value=40
    )
    months_in_post_least = forms.IntegerField(
        label=_("Months in the post, at least"), min_value=0, max_value=120
    )
    rating_least = forms.DecimalField(
        label=_("Last final rating, at least"), min_value=0, max_value=99, decimal_places=1
    )
    leeway_percent = forms.IntegerField(
        label=_("Pay outside the range with a warning, up to %"), min_value=0, max_value=50
    )
    award_most_percent = forms.IntegerField(
        label=_("Award of a year’s pay, at most %"), min_value=1, max_value=100
    )
    reply_days = forms.IntegerField(label=_("Days to reply"), min_value=1, max_value=60)
    on = DayField(label=_("Holds from"))
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = Policy.Approvers.choices
        offer(self, "approvers", choices)

    @property
    def needs(self) -> kinds.Needs:
        """What was typed, as the rules take it."""
        names = [name for name in kinds.Needs.__slots__ if name != "version"]
        return kinds.Needs(**{name: self.cleaned_data[name] for name in names})
