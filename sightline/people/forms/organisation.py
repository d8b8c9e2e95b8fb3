"""Forms about units, positions, jobs, competencies and roles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sightline.foundation.access.decisions import Denied
from sightline.foundation.core.choices import offer
from sightline.foundation.core.spans import FOREVER
from sightline.people.forms.employees import DayField, ViewerForm
from sightline.people.forms.fields import PersonField, UnitField
from sightline.people.models import Job, Role, Unit
from sightline.people.models.roles import ROLES_OF_A_UNIT
from sightline.people.policies import may_grant, roles_granted_by
from sightline.people.queries import organisation


class UnitForm(ViewerForm):
    """A unit's name, kind and purpose."""

    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=Unit.Kind.choices, initial=Unit.Kind.TEAM)
    purpose = forms.CharField(
        label=_("What it is there for"), max_length=2000, required=False, widget=forms.Textarea
    )


class NewUnitForm(UnitForm):
    """A new unit."""

    code = forms.CharField(label=_("Code"), max_length=40)
    parent = UnitField(label=_("Under"), required=False, help_text=_("Empty for the top."))
    on = DayField(label=_("From"))

    field_order = ["name", "code", "kind", "parent", "on", "purpose"]


class MoveUnitForm(ViewerForm):
    """Under which unit a unit stands from a day on."""

    parent = UnitField(label=_("Under"), required=False, help_text=_("Empty for the top."))
    on = DayField(label=_("From"))


class JobField(forms.ModelChoiceField["Job"]):
    """A job, told with its level."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Job.objects.none(), empty_label=_("Choose a job"), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.family}: {obj.title}"


class JobChoosingForm(ViewerForm):
    """A form in which a job is chosen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, JobField):
                field.queryset = organisation.jobs_seen_by(self.viewer)


class PositionForm(ViewerForm):
    """A position's title and purpose."""

    title = forms.CharField(label=_("Title"), max_length=120)
    purpose = forms.CharField(
        label=_("What the post is there for"),
        max_length=2000,
        required=False,
        widget=forms.Textarea,
    )


class NewPositionForm(JobChoosingForm, PositionForm):
    """A new position."""

    code = forms.CharField(label=_("Code"), max_length=40)
    unit = UnitField(label=_("Unit"))
    job = JobField(label=_("Job"))
    on = DayField(label=_("From"))

    field_order = ["title", "code", "unit", "job", "on", "purpose"]


class MovePositionForm(JobChoosingForm):
    """Another unit or job for a position from a day on."""

    unit = UnitField(label=_("Unit"))
    job = JobField(label=_("Job"))
    on = DayField(label=_("From"))


class DutyForm(forms.Form):
    """One responsibility; a row left empty is left out."""

    title = forms.CharField(label=_("Responsibility"), max_length=200, required=False)
    standard = forms.CharField(
        label=_("Standard of good performance"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    weight_percent = forms.IntegerField(
        label=_("Weight, %"), min_value=1, max_value=100, required=False
    )

    def clean(self) -> dict[str, Any]:
        """A responsibility needs a title and a weight, or nothing at all."""
        cleaned = super().clean() or {}
        title, weight = cleaned.get("title"), cleaned.get("weight_percent")
        if (cleaned.get("standard") or weight) and not title:
            self.add_error("title", _("Name the responsibility, or empty the row."))
        if title and weight is None and "weight_percent" not in self.errors:
            self.add_error("weight_percent", _("Give it a weight."))
        return cleaned


DutyFormSet = forms.formset_factory(DutyForm, extra=3, max_num=12, absolute_max=20)


class JobForm(ViewerForm):
    """A job."""

    title = forms.CharField(label=_("Title"), max_length=120)
    code = forms.CharField(label=_("Code"), max_length=40)
    family = forms.CharField(label=_("Job family"), max_length=80)
    level = forms.IntegerField(label=_("Level"), min_value=1, max_value=30)
    currency = forms.RegexField(
        label=_("Currency"),
        regex=r"^[A-Z]{3}$",
        required=False,
        error_messages={"invalid": _("Three capital letters, such as EUR.")},
    )
    pay_from = forms.DecimalField(
        label=_("Pays from, a year"), min_value=0, max_digits=14, decimal_places=2, required=False
    )
    pay_to = forms.DecimalField(
        label=_("Pays up to, a year"), min_value=0, max_digits=14, decimal_places=2, required=False
    )


class RequirementsForm(ViewerForm):
    """The level of each competency that a job asks for."""

    on = DayField(label=_("From"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.competencies = {
            f"level-{one.pk}": one for one in organisation.competencies_seen_by(self.viewer)
        }
        for name, one in self.competencies.items():
            levels = [(str(row.level), str(row)) for row in one.levels.all()]
            self.fields[name] = forms.ChoiceField(
                label=one.name, choices=[("", _("Not asked for")), *levels], required=False
            )

    @property
    def levels(self) -> dict[Any, int]:
        """What was chosen, by competency."""
        chosen = self.cleaned_data
        return {
            one: int(chosen[name]) for name, one in self.competencies.items() if chosen.get(name)
        }


LEVELS = 5


class CompetencyForm(ViewerForm):
    """A competency and what one sees at each of its levels."""

    name = forms.CharField(label=_("Name"), max_length=120)
    code = forms.CharField(label=_("Code"), max_length=40)
    definition = forms.CharField(
        label=_("Definition"), max_length=2000, required=False, widget=forms.Textarea
    )
    core = forms.BooleanField(label=_("Asked of everybody"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for level in range(1, LEVELS + 1):
            self.fields[f"name-{level}"] = forms.CharField(
                label=_("Level %d, its name") % level, max_length=80, required=level <= 2
            )
            self.fields[f"anchor-{level}"] = forms.CharField(
                label=_("Level %d, what one sees a person do") % level,
                max_length=2000,
                required=level <= 2,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def rungs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of each level, its name and what one sees, from the lowest up."""
        return [(self[f"name-{n}"], self[f"anchor-{n}"]) for n in range(1, LEVELS + 1)]

    @property
    def levels(self) -> list[tuple[str, str]]:
        """The levels that were described, from the lowest up."""
        said = self.cleaned_data
        rows = [(said[f"name-{n}"], said[f"anchor-{n}"]) for n in range(1, LEVELS + 1)]
        return [row for row in rows if any(row)]

    def clean(self) -> dict[str, Any]:
        """A level has a name and what one sees, and none is left out below another."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        begun = [
            n for n in range(1, LEVELS + 1) if said.get(f"name-{n}") or said.get(f"anchor-{n}")
        ]
        for n in range(1, max(begun, default=0) + 1):
            missing = [key for key in (f"name-{n}", f"anchor-{n}") if not said.get(key)]
            for key in (key for key in missing if key not in self.errors):
                self.add_error(key, _("Fill this in, or empty the levels from here on."))
        return said


class GrantForm(ViewerForm):
    """A role for a person."""

    employee = PersonField(label=_("Person"))
    role = forms.ChoiceField(label=_("Role"))
    unit = UnitField(
        label=_("Unit"), required=False, help_text=_("For unit leads and people partners.")
    )
    on = DayField(label=_("From"))
    until_on = DayField(label=_("Until"), required=False, help_text=_("Empty: until taken back."))
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(role.value, role.label) for role in roles_granted_by(self.viewer)]
        offer(self, "role", choices)
        if not set(ROLES_OF_A_UNIT) & set(roles_granted_by(self.viewer)):
            del self.fields["unit"]

    def clean(self) -> dict[str, Any]:
        """To whom one may not give the role is said beside the person."""
        cleaned = super().clean()
        employee, role = cleaned.get("employee"), cleaned.get("role")
        may = may_grant(self.viewer, employee, role) if employee and role else None
        if isinstance(may, Denied):
            self.add_error("employee", may.reason)
        return cleaned

    def clean_role(self) -> Role:
        """The role as such."""
        return Role(self.cleaned_data["role"])

    def clean_until_on(self) -> Any:
        """No day means no end."""
        return self.cleaned_data["until_on"] or FOREVER
