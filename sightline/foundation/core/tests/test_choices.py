from __future__ import annotations

import pytest
from django import forms

from sightline.foundation.core.choices import offer, offer_or_all, offer_rows


class Cup(forms.Form):
    drink = forms.ChoiceField()
    sugar = forms.IntegerField()


def test_what_is_offered_can_be_chosen_and_nothing_else():
    form = Cup({"drink": "tea", "sugar": "1"})
    offer(form, "drink", [("coffee", "Coffee")])
    assert list(form.errors) == ["drink"]
    offer(form, "drink", [("tea", "Tea")])
    form.full_clean()
    assert form.is_valid()


def test_a_filter_offers_all_first():
    form = Cup()
    offer_or_all(form, "drink", [("tea", "Tea")])
    assert list(form.fields["drink"].choices) == [("", "All"), ("tea", "Tea")]


def test_a_field_that_offers_nothing_is_a_mistake_of_ours():
    with pytest.raises(TypeError):
        offer(Cup(), "sugar", [])
    with pytest.raises(TypeError):
        offer_rows(Cup(), "drink", None)
