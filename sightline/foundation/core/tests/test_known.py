from __future__ import annotations

import pytest

from sightline.foundation.core.known import known


def test_what_is_there_is_given_even_when_it_is_nothing_much():
    assert known(0, "a number") == 0


def test_what_is_missing_says_why_it_cannot_be():
    with pytest.raises(LookupError, match="somebody works here"):
        known(None, "somebody works here")
