import pytest

from sightline.foundation.core.keys import key_in, words_in


@pytest.mark.parametrize(("text", "key"), [("7", 7), ("0042", 42), ("9" * 18, 10**18 - 1)])
def test_a_key_is_a_number_that_databases_hold(text, key):
    assert key_in(text) == key


@pytest.mark.parametrize("text", ["", "-1", "1.0", " 7", "7\n", "seven", "٧", "²", "9" * 19])
def test_whatever_else_was_typed_is_no_key(text):
    assert key_in(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ana", "Ana"),
        ("  Ana \n Ribeiro\t", "Ana Ribeiro"),
        ("A\x00na", "A na"),
        ("\ud800", ""),
        ("\x00\x1f\x7f", ""),
        ("m\u200cn", "m\u200cn"),
        ("a" * 300, "a" * 200),
    ],
)
def test_words_are_without_signs_that_no_database_takes(text, words):
    assert words_in(text) == words
