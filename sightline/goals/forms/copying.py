"""Goals of the last period, chosen to go on in the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sightline.foundation.core.choices import offer
from sightline.goals.models import Goal
from sightline.goals.queries.copying import Copyable
from sightline.people.forms.employees import ViewerForm


class CopyForm(ViewerForm):
    """Which goals go on."""

    goals = forms.MultipleChoiceField(
        label=_("Which go on"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, copyable: Sequence[Copyable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.copyable = copyable
        open_ones = [one.seen.goal for one in copyable if not one.is_there]
        offer(self, "goals", [(str(goal.pk), goal.title) for goal in open_ones])

    @property
    def chosen(self) -> list[Goal]:
        """The goals that were ticked."""
        keys = set(self.cleaned_data["goals"])
        return [one.seen.goal for one in self.copyable if str(one.seen.goal.pk) in keys]

    @property
    def rows(self) -> Iterator[tuple[Copyable, Any]]:
        """Each goal with its box; without one, when it stands in the new period already."""
        boxes = {str(box.data["value"]): box for box in self["goals"]}
        for one in self.copyable:
            yield one, boxes.get(str(one.seen.goal.pk))
