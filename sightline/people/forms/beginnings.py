"""A table of a few people, typed in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sightline.people.actions.beginnings import what_is_wrong
from sightline.people.forms.employees import DayField, ViewerForm
from sightline.people.rules.beginnings import Typed
from sightline.people.viewer import Viewer

ROWS, MOST_ROWS = 10, 50


class BeginningForm(ViewerForm):
    """What the organisation is called, and from which day on everybody in the table is in."""

    organisation = forms.CharField(label=_("Name of the organisation"), max_length=120)
    on = DayField(label=_("From"))

    def __init__(self, *args: Any, has_top: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_top:
            del self.fields["organisation"]


class TypedForm(forms.Form):
    """One person."""

    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    post = forms.CharField(label=_("Post"), max_length=120, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=120, required=False)
    manager = forms.CharField(label=_("Reports to"), max_length=200, required=False)

    def typed(self) -> Typed:
        """The row, as far as it could be read."""
        said = getattr(self, "cleaned_data", {})
        return Typed(**{name: said.get(name, "").strip() for name in self.fields})

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in the row."""
        return not any(self.data.get(self.add_prefix(name), "").strip() for name in self.fields)


class TypedFormSet(forms.BaseFormSet[TypedForm]):
    """The table; everything that is wrong in it is said at once, beside its field."""

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer

    @property
    def filled(self) -> list[TypedForm]:
        """The rows in which something stands."""
        return [form for form in self.forms if not form.is_empty]

    def clean(self) -> None:
        """Look at all rows together."""
        filled = self.filled
        if not filled:
            raise forms.ValidationError(_("Type at least one person."))
        for row, field, sentence in what_is_wrong(self.viewer, self.rows()):
            if field not in filled[row].errors:
                filled[row].add_error(field, sentence)

    def rows(self) -> list[Typed]:
        """What was typed, without the empty rows."""
        return [form.typed() for form in self.filled]


PeopleTable = forms.formset_factory(
    TypedForm,
    formset=TypedFormSet,
    extra=0,
    min_num=ROWS,
    max_num=MOST_ROWS,
    absolute_max=MOST_ROWS,
)


def people_table(sent: Any, *, viewer: Viewer, initial: list[dict[str, Any]]) -> TypedFormSet:
    """The table, as it was sent (or not yet), for a viewer."""
    made: Any = PeopleTable
    table: TypedFormSet = made(sent, prefix="people", viewer=viewer, initial=initial)
    return table
