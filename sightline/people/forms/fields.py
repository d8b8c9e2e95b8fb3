"""Fields that choose a person, a position or a unit: typed by name, taken from a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from sightline.foundation.core.keys import key_in
from sightline.foundation.ui.forms import Picker, PickerField
from sightline.people.models import Employee, Position, Unit
from sightline.people.queries import organisation, people
from sightline.people.viewer import Viewer


class SeenField(PickerField):
    """Something chosen from what the viewer may see; the form hands over its viewer."""

    viewer: Viewer
    source = ""

    def __init__(self, **kwargs: Any) -> None:
        widget = Picker(lambda: reverse(self.source))
        super().__init__(by_key=self._seen_by_key, by_words=self.named, widget=widget, **kwargs)

    def __deepcopy__(self, memo: Any) -> SeenField:
        """Every form has fields of its own, which ask for their own viewer."""
        copy = super().__deepcopy__(memo)
        copy.by_key, copy.by_words = copy._seen_by_key, copy.named
        return copy

    def seen(self) -> QuerySet[Any]:
        """What may be chosen."""
        raise NotImplementedError

    def named(self, words: str) -> Sequence[Any]:
        """What may be chosen and what these words may mean."""
        raise NotImplementedError

    def _seen_by_key(self, text: str) -> Any:
        key = key_in(text)
        return self.seen().filter(pk=key).first() if key is not None else None


class PersonField(SeenField):
    """A person that the viewer may see."""

    source = "people:pick"

    def seen(self) -> QuerySet[Employee]:
        return people.employees_seen_by(self.viewer)

    def named(self, words: str) -> Sequence[Employee]:
        return people.pickable(self.viewer, words)


class ColleagueField(PersonField):
    """A person whom somebody may have as a manager: offered without those who have left."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.source = lambda: f"{reverse(self.source)}?staying=1"

    def named(self, words: str) -> Sequence[Employee]:
        return people.pickable(self.viewer, words, staying=True)


class PositionField(SeenField):
    """A position that stands today."""

    source = "people:pick_position"

    def seen(self) -> QuerySet[Position]:
        return organisation.positions_seen_by(self.viewer, self.viewer.today)

    def named(self, words: str) -> Sequence[Position]:
        return organisation.found_positions(self.viewer, words)


class UnitField(SeenField):
    """A unit that stands today."""

    source = "people:pick_unit"

    def seen(self) -> QuerySet[Unit]:
        return organisation.units_seen_by(self.viewer, self.viewer.today)

    def named(self, words: str) -> Sequence[Unit]:
        return organisation.found_units(self.viewer, words)
