"""Writing a template: its scale, what it rates and how much that counts, what it asks in words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sightline.foundation.ui.acting import ActForm
from sightline.foundation.ui.forms import named_within
from sightline.reviews.actions.templates import Asked, Part, Point
from sightline.reviews.models import Form, Section, TemplateVersion

KINDS = [kind for kind in Section.Kind if kind != Section.Kind.WRITTEN]
POINTS, QUESTIONS = 5, 3
ROLES = Form.Role.choices


class TemplateForm(ActForm):
    """A template as a form: five points, three kinds of sections, up to three questions."""

    name = forms.CharField(label=_("Name"), max_length=120)
    note = forms.CharField(label=_("What is new"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for value in range(1, POINTS + 1):
            point = _("Point %d") % value
            self.fields[f"label_{value}"] = forms.CharField(
                label=named_within(point, _("Word")), max_length=60
            )
            self.fields[f"anchor_{value}"] = forms.CharField(
                label=named_within(point, _("What one sees")),
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        for kind in KINDS:
            self._add_section(kind)
        for number in range(1, QUESTIONS + 1):
            self.fields[f"question_{number}"] = forms.CharField(
                label=_("Question"), max_length=300, required=False
            )
        self.fields["asked_by"] = self._roles(_("Who answers"))

    def _add_section(self, kind: Section.Kind) -> None:
        self.fields[f"weight_{kind}"] = forms.IntegerField(
            label=named_within(kind.label, _("Weight, %")), min_value=0, max_value=100, initial=0
        )
        self.fields[f"guidance_{kind}"] = forms.CharField(
            label=named_within(kind.label, _("Guidance")),
            max_length=500,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self.fields[f"roles_{kind}"] = self._roles(named_within(kind.label, _("Who rates")))

    def _roles(self, label: Any) -> forms.MultipleChoiceField:
        return forms.MultipleChoiceField(
            label=label,
            choices=ROLES,
            widget=forms.CheckboxSelectMultiple,
            required=False,
            initial=[Form.Role.SELF, Form.Role.MANAGER],
        )

    def scale(self) -> list[tuple[int, Any, Any]]:
        """The points, for the page."""
        return [
            (value, self[f"label_{value}"], self[f"anchor_{value}"])
            for value in range(1, POINTS + 1)
        ]

    def sections(self) -> list[tuple[str, list[Any]]]:
        """The rated sections, for the page."""
        return [
            (str(kind.label), [self[f"{what}_{kind}"] for what in ("weight", "guidance", "roles")])
            for kind in KINDS
        ]

    def questions(self) -> list[Any]:
        """The questions, for the page."""
        return [self[f"question_{number}"] for number in range(1, QUESTIONS + 1)]

    def points(self) -> list[Point]:
        """The scale as it was written."""
        cleaned = self.cleaned_data
        return [
            Point(value, cleaned[f"label_{value}"], cleaned[f"anchor_{value}"])
            for value in range(1, POINTS + 1)
        ]

    def parts(self) -> list[Part]:
        """The sections as they were written; one without weight is not asked."""
        cleaned = self.cleaned_data
        rated = [
            Part(
                kind=kind,
                title=self._title(kind),
                weight_percent=cleaned[f"weight_{kind}"],
                answered_by=cleaned[f"roles_{kind}"],
                guidance=cleaned[f"guidance_{kind}"],
            )
            for kind in KINDS
            if cleaned[f"weight_{kind}"]
        ]
        asked = [cleaned[f"question_{number}"] for number in range(1, QUESTIONS + 1)]
        questions = tuple(Asked(text) for text in asked if text)
        if not questions:
            return rated
        written = Part(
            kind=Section.Kind.WRITTEN,
            title=self._title(Section.Kind.WRITTEN),
            answered_by=cleaned["asked_by"],
            questions=questions,
        )
        return [*rated, written]

    def _title(self, kind: Section.Kind) -> str:
        """What the section is called in the version before, or as all of its kind are."""
        return str(self.initial.get(f"title_{kind}") or kind.label)

    @staticmethod
    def initial_of(version: TemplateVersion) -> dict[str, Any]:
        """A version as it stands, for the page."""
        found: dict[str, Any] = {"name": version.template.name}
        for point in version.points.all():
            found |= {f"label_{point.value}": point.label, f"anchor_{point.value}": point.anchor}
        for section in version.sections.all():
            found[f"title_{section.kind}"] = section.title
            if section.kind == Section.Kind.WRITTEN:
                found["asked_by"] = section.answered_by
                for number, question in enumerate(section.questions.all(), start=1):
                    found[f"question_{number}"] = question.text
                continue
            found |= {
                f"weight_{section.kind}": section.weight_percent,
                f"guidance_{section.kind}": section.guidance,
                f"roles_{section.kind}": section.answered_by,
            }
        return found
