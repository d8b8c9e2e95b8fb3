"""How forms are written: Django's forms in the look of the house.

{{ form }} and {{ field.as_field_group }} write the components; a form needs to do nothing for it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.dateparse import parse_date
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sightline.foundation.core.keys import words_in


class Field(BoundField):
    """A field of a form on a page."""

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        """A long text counts what is left and takes more: only its author cuts it."""
        attrs = super().build_widget_attrs(attrs, widget)
        if isinstance(widget or self.field.widget, forms.Textarea):
            limit = getattr(self.field, "max_length", None)
            if limit is not None:
                attrs |= {"maxlength": False, "data-limit": limit, "data-counts": True}
        return attrs


class Renderer(TemplatesSetting):
    """Writes forms with the templates of ui (the setting FORM_RENDERER)."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
    bound_field_class = Field


def named_within(group: Any, label: Any) -> str:
    """A label that names the group its field stands in, shown only where the group is not."""
    return format_html('<span class="field__group">{}: </span>{}', group, label)


class Scale(forms.RadioSelect):
    """A rating. `anchors` says for each value what it looks like in behaviour.

    Values in `apart` are no points of the scale: they stand apart and show no digit.
    """

    template_name = "ui/forms/scale.html"

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Sequence[Any] = (),
        *,
        anchors: Mapping[Any, str] | None = None,
        apart: Collection[str] = (),
    ) -> None:
        super().__init__(attrs, choices)
        self.anchors = dict(anchors or {})
        self.apart = apart

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One point of the scale, with its anchor."""
        option = super().create_option(name, value, *args, **kwargs)
        told = {"anchor": self.anchors.get(value, ""), "is_apart": str(value) in self.apart}
        return option | told


class Day(forms.DateInput):
    """A day, by the browser's own calendar; sent and filled in as 2026-11-22."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """What was typed and is no day is shown again, as text: a calendar would drop it."""
        context = super().get_context(name, value, attrs)
        if isinstance(value, str) and value and not is_day(value):
            context["widget"]["type"] = "text"
        return context


def is_day(text: str) -> bool:
    """Is it a day as browsers write it?"""
    try:
        return bool(parse_date(text))
    except ValueError:
        return False


class Picker(forms.Widget):
    """Finds one of many by typing.

    `source` answers ?q=… with {"results": [{"value", "label", "hint"}], "more": false}.
    """

    template_name = "ui/forms/picker.html"

    def __init__(
        self, source: str | Callable[[], str] = "", attrs: dict[str, Any] | None = None
    ) -> None:
        super().__init__(attrs)
        self.source = source

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """What is chosen, as its key and its words."""
        context = super().get_context(name, value, attrs)
        key, text = value if isinstance(value, tuple) else ("", "")
        source = self.source() if callable(self.source) else self.source
        context["widget"] |= {"key": key, "text": text, "source": source}
        return context

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Any, name: str
    ) -> tuple[str, str]:
        """The key of what was chosen, and the words that were typed."""
        return str(data.get(name) or ""), words_in(str(data.get(f"{name}_text") or ""))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Was neither sent?"""
        return name not in data and f"{name}_text" not in data

    def id_for_label(self, id_: str) -> str:
        """The label belongs to what is typed in."""
        return id_


class PickerField(forms.Field):
    """One of many, chosen by typing. Without scripts the words alone are sent, and must find one.

    `by_key` gives the thing of a key, or None; `by_words` gives those that words may mean. Both
    look only where the viewer may: a form sets them from its queries. `key_of` and `words_of` write
    a thing that is already chosen.
    """

    widget = Picker
    default_error_messages = {
        "nobody": gettext_lazy("Nothing is found by “%(words)s”. Check the spelling."),
        "several": gettext_lazy("“%(words)s” may mean %(names)s. Write more of it."),
    }

    def __init__(
        self,
        *,
        by_key: Callable[[str], Any] | None = None,
        by_words: Callable[[str], Sequence[Any]] | None = None,
        key_of: Callable[[Any], str] = lambda thing: str(thing.pk),
        words_of: Callable[[Any], str] = str,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.by_key = by_key or (lambda key: None)
        self.by_words = by_words or (lambda words: [])
        self.key_of = key_of
        self.words_of = words_of

    def prepare_value(self, value: Any) -> Any:
        """The key and the words of what is chosen; an address may hold the key alone."""
        if isinstance(value, tuple):
            key, words = value
            value = self.by_key(key) if key and not words else None
            if not value:
                return key, words
        return (self.key_of(value), self.words_of(value)) if value else value

    def to_python(self, value: Any) -> Any:
        """The thing that was chosen, or the only one that the words mean."""
        key, words = value if isinstance(value, tuple) else ("", "")
        if key:
            thing = self.by_key(key)
            if thing is not None:
                return thing
        return self.found_by(words) if words else None

    def found_by(self, words: str) -> Any:
        """The only thing that the words mean, else an error that says what to do."""
        found = list(self.by_words(words))
        exact = [thing for thing in found if self.words_of(thing).casefold() == words.casefold()]
        if len(exact) == 1:
            return exact[0]
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(
                self.error_messages["nobody"], code="nobody", params={"words": words}
            )
        names = _(", ").join(self.words_of(thing) for thing in found[:5])
        raise forms.ValidationError(
            self.error_messages["several"], code="several", params={"words": words, "names": names}
        )

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Is another one chosen?"""
        before = self.prepare_value(initial) or ("", "")
        return bool(tuple(before) != tuple(data or ("", "")))
