"""Forms about levels: judging, and against which job to look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sightline.development.actions.levels import Level
from sightline.development.queries.gaps import Gap
from sightline.foundation.ui.forms import Scale
from sightline.people.forms.employees import DayField, ViewerForm
from sightline.people.forms.fields import PositionField
from sightline.people.forms.organisation import JobChoosingForm, JobField
from sightline.people.models import Competency
from sightline.people.policies import may_read_directory


@dataclass(frozen=True, slots=True)
class Asked:
    """One competency in the form: its gap as it stands, and its two fields."""

    gap: Gap
    level: BoundField
    seen_in: BoundField


class JudgeForm(ViewerForm):
    """Which level a person shows of each competency; what is left empty is not judged anew."""

    on = DayField(label=gettext_lazy("As of"))

    def __init__(self, *args: Any, gaps: Sequence[Gap], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gaps = gaps
        for gap in gaps:
            key = gap.competency.pk
            self.fields[f"level-{key}"] = _scale(gap)
            self.fields[f"seen-{key}"] = forms.CharField(
                label=_("Seen in"),
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("A piece of work, a situation, what happened."),
            )

    def asked(self) -> Iterator[Asked]:
        """The competencies in turn."""
        for gap in self.gaps:
            key = gap.competency.pk
            yield Asked(gap, self[f"level-{key}"], self[f"seen-{key}"])

    def clean(self) -> dict[str, Any]:
        """Words need the level that they are about."""
        cleaned = super().clean()
        for gap in self.gaps:
            key = gap.competency.pk
            if cleaned.get(f"seen-{key}") and not cleaned.get(f"level-{key}"):
                self.add_error(f"level-{key}", _("Choose the level, or empty the words."))
        return cleaned

    @property
    def levels(self) -> dict[Competency, Level]:
        """What was judged."""
        return {
            gap.competency: Level(
                Decimal(chosen), seen_in=self.cleaned_data[f"seen-{gap.competency.pk}"]
            )
            for gap in self.gaps
            if (chosen := self.cleaned_data[f"level-{gap.competency.pk}"])
        }


def _scale(gap: Gap) -> forms.ChoiceField:
    choices = [("", _("Not now")), *((str(one.level), one.name) for one in gap.levels)]
    anchors = {str(one.level): one.anchor for one in gap.levels}
    return forms.ChoiceField(
        label=_("Level"),
        required=False,
        choices=choices,
        widget=Scale(anchors=anchors),
    )


class AgainstForm(JobChoosingForm):
    """Against which job or position to look at a person."""

    job = JobField(label=gettext_lazy("Job"), required=False)
    position = PositionField(label=gettext_lazy("or position"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_read_directory(self.viewer):
            del self.fields["position"]
