"""Forms as people meet them."""

from __future__ import annotations

from types import SimpleNamespace

from django import forms

from sightline.foundation.ui.forms import Day, PickerField, Scale

ANA = SimpleNamespace(pk=1, name="Ana Ribeiro")
ANNA = SimpleNamespace(pk=2, name="Anna Berg")
PEOPLE = [ANA, ANNA]


class Move(forms.Form):
    name = forms.CharField(max_length=20, help_text="As the person writes it.")
    why = forms.CharField(widget=forms.Textarea, max_length=50, required=False)
    on = forms.DateField(widget=Day, label="Starts on")
    agreed = forms.BooleanField(required=False)
    manager = PickerField(
        by_key=lambda key: next((one for one in PEOPLE if str(one.pk) == key), None),
        by_words=lambda words: [one for one in PEOPLE if words.casefold() in one.name.casefold()],
        words_of=lambda one: one.name,
        required=False,
    )


def sent(**data):
    return Move({"name": "Mei", "on": "2026-11-02", **data})


def test_an_error_stands_beside_its_field_and_in_the_summary():
    html = str(sent(name="x" * 30))
    assert html.count("at most 20 characters") == 2
    assert 'href="#id_name"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_error"' in html


def test_a_form_with_nothing_wrong_has_no_summary():
    assert "note--bad" not in str(sent())


def test_what_was_typed_is_kept_and_escaped():
    html = str(sent(name="<script>alert(1)</script>"))
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_a_day_that_does_not_exist_is_shown_again_as_text():
    html = str(sent(on="2027-02-29")["on"])
    assert 'type="text"' in html
    assert "2027-02-29" in html


def test_a_day_that_exists_is_shown_in_the_browsers_calendar():
    assert 'type="date"' in str(sent()["on"])


def test_a_long_text_is_counted_and_not_cut():
    html = str(Move()["why"])
    assert 'data-limit="50"' in html
    assert "data-counts" in html
    assert "maxlength" not in html


def test_what_may_be_left_out_says_so():
    html = str(Move())
    assert html.count(">optional<") == 2  # why and manager; a box to tick needs no such word


def test_a_picker_takes_the_key_that_was_chosen():
    form = sent(manager="2", manager_text="Anna Berg")
    assert form.is_valid()
    assert form.cleaned_data["manager"] is ANNA


def test_a_picker_without_scripts_takes_words_that_mean_one():
    form = sent(manager_text="ribeiro")
    assert form.is_valid()
    assert form.cleaned_data["manager"] is ANA


def test_a_picker_prefers_the_exact_name():
    form = sent(manager_text="ana ribeiro")
    assert form.is_valid()
    assert form.cleaned_data["manager"] is ANA


def test_a_picker_says_who_the_words_may_mean():
    assert "Ana Ribeiro, Anna Berg" in str(sent(manager_text="an").errors["manager"])


def test_a_picker_that_finds_nobody_keeps_the_words():
    form = sent(manager_text="Zoë")
    assert "Nothing is found" in str(form.errors["manager"])
    assert 'value="Zoë"' in str(form["manager"])


def test_a_picker_with_a_key_that_may_not_be_seen_falls_back_on_the_words():
    form = sent(manager="99", manager_text="Anna")
    assert form.is_valid()
    assert form.cleaned_data["manager"] is ANNA


def test_a_picker_shows_what_is_chosen():
    html = str(Move(initial={"manager": ANA})["manager"])
    assert 'value="Ana Ribeiro"' in html
    assert 'name="manager" value="1"' in html


def test_a_picker_left_alone_has_not_changed():
    form = Move({"name": "Mei", "manager": "1", "manager_text": "Ana Ribeiro"})
    assert not form.fields["manager"].has_changed(ANA, ("1", "Ana Ribeiro"))
    assert form.fields["manager"].has_changed(ANA, ("2", "Anna Berg"))


def test_a_scale_shows_what_each_point_means():
    class Rating(forms.Form):
        craft = forms.TypedChoiceField(
            coerce=int,
            choices=[(1, "Falls short"), (2, "Meets")],
            widget=Scale(anchors={2: "Leaves it simpler"}),
        )

    html = str(Rating({"craft": "2"})["craft"])
    assert "Leaves it simpler" in html
    assert html.count("checked") == 1
