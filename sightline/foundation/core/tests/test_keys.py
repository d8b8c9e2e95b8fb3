import pytest

from sightline.foundation.core.keys import key_in


@pytest.mark.parametrize(("text", "key"), [("7", 7), ("0042", 42), ("9" * 18, 10**18 - 1)])
def test_a_key_is_a_number_that_databases_hold(text, key):
    assert key_in(text) == key


@pytest.mark.parametrize("text", ["", "-1", "1.0", " 7", "7\n", "seven", "٧", "²", "9" * 19])
def test_whatever_else_was_typed_is_no_key(text):
    assert key_in(text) is None
