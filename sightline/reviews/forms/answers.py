"""A section of a review form, and what sends it off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from sightline.foundation.ui.acting import ActForm
from sightline.foundation.ui.forms import Scale
from sightline.reviews.actions.forms import Said
from sightline.reviews.models import Form, ScalePoint
from sightline.reviews.queries.forms import Sheet, SheetItem, SheetQuestion, SheetSection

UNRATED = "0"
"""Sent where somebody rates nothing."""


def points_to_choose(points: list[ScalePoint]) -> list[tuple[str, str]]:
    """The scale as choices."""
    return [(str(point.value), point.label) for point in points]


class SectionForm(ActForm):
    """Ratings with comments, and answers, of one section. Everything may be left out for now."""

    def __init__(self, *args: Any, section: SheetSection, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.section = section
        anchors = {str(point.value): point.anchor for point in sheet.points}
        is_own = sheet.form.role == Form.Role.SELF
        unrated = (UNRATED, _("Cannot say") if is_own else _("Not seen"))
        for one in section.items:
            self.fields[f"rating_{one.item.pk}"] = forms.ChoiceField(
                label=one.item.title,
                choices=[*points_to_choose(sheet.points), unrated],
                widget=Scale(anchors=anchors if len(section.items) == 1 else {}, apart={UNRATED}),
                required=False,
                initial=_chosen(one),
            )
            self.fields[f"comment_{one.item.pk}"] = forms.CharField(
                label=_("What have you seen?"),
                widget=forms.Textarea(attrs={"rows": 3}),
                max_length=4000,
                required=False,
                initial=one.comment,
            )
        for asked in section.questions:
            self.fields[f"answer_{asked.question.pk}"] = forms.CharField(
                label=asked.question.text,
                help_text=asked.question.guidance,
                widget=forms.Textarea(attrs={"rows": 6}),
                max_length=8000,
                required=False,
                initial=asked.text,
            )

    def rated(self) -> Iterator[tuple[SheetItem, BoundField, BoundField]]:
        """Each item with its scale and its comment."""
        for one in self.section.items:
            key = one.item.pk
            yield one, self[f"rating_{key}"], self[f"comment_{key}"]

    def asked(self) -> Iterator[tuple[SheetQuestion, BoundField]]:
        """Each question with its answer."""
        for one in self.section.questions:
            yield one, self[f"answer_{one.question.pk}"]

    def said(self) -> Said:
        """What was written, for the action."""
        cleaned = self.cleaned_data
        ratings = {}
        chosen = {one.item.pk: cleaned[f"rating_{one.item.pk}"] for one in self.section.items}
        for one in self.section.items:
            value, comment = chosen[one.item.pk], cleaned[f"comment_{one.item.pk}"]
            if value or comment or one.is_said:
                ratings[one.item.pk] = (int(value or 0) or None, comment)
        answers = {
            one.question.pk: cleaned[f"answer_{one.question.pk}"] for one in self.section.questions
        }
        unseen = frozenset(key for key, value in chosen.items() if value == UNRATED)
        return Said(ratings=ratings, unseen=unseen, answers=answers)


def _chosen(one: SheetItem) -> str | None:
    """The point to show as chosen; none while nothing was said."""
    if one.value is not None:
        return str(one.value)
    return UNRATED if one.is_unseen else None


class SubmissionForm(ActForm):
    """The rating as a whole, of self and manager; of a peer nothing but the sending off."""

    proposed_value = forms.ChoiceField(label=_("As a whole"), widget=Scale())

    def __init__(self, *args: Any, sheet: Sheet, asks_overall: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_overall:
            del self.fields["proposed_value"]
            return
        field: Any = self.fields["proposed_value"]
        field.choices = points_to_choose(sheet.points)
        field.widget.anchors = {str(point.value): point.anchor for point in sheet.points}
        if sheet.form.proposed_value is not None:
            field.initial = str(sheet.form.proposed_value)

    def said(self) -> Said:
        """The rating as a whole, for the action."""
        value = self.cleaned_data.get("proposed_value")
        return Said(proposed_value=int(value) if value else None)
