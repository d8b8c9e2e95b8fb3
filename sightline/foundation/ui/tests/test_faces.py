"""Initials and colours of people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.foundation.ui import faces


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ana Ribeiro", "AR"),
        ("Ana Maria de Souza Ribeiro", "AR"),
        ("Cher", "C"),
        ("élodie dupont", "ÉD"),
        ("O'Brien, Mary-Jane", "OM"),
        ("ßeta", "ß"),
        ("陈美", "陈美"),
        ("欧阳明月", "明月"),
        ("김 민준", "민준"),
        ("さくら", "くら"),
        ("محمد علي", "م"),
        ("Дмитрий Иванов", "ДИ"),
        ("अनन्या राव", "अरा"),
        ("  ", "?"),
        ("", "?"),
        ("🙂", "🙂"),
        ("<b>Eve</b>", "B"),
    ],
)
def test_initials_fit_the_script(name, expected):
    assert faces.initials(name) == expected


@given(st.text(max_size=200))
def test_every_name_has_short_initials_and_a_colour(name):
    assert faces.initials(name)
    assert 0 <= faces.hue(name) < faces.HUES


def test_a_colour_stays_with_its_name_however_it_is_encoded():
    assert faces.hue("João Costa") == faces.hue("Joa\u0303o Costa")
