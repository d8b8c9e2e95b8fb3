"""What translators get: every text of code and templates, once."""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys

import pytest
from babel.messages.pofile import read_po

from sightline.site.messages import from_template
from tests.laws.law import ROOT, files, read

KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}


@pytest.mark.parametrize(
    ("template", "messages"),
    [
        ('{% translate "Save" %}', ["Save"]),
        ("<p>{% translate 'It is Ana’s' %}</p>", ["It is Ana’s"]),
        ('{% include "a.html" with title=_("Now") only %}', ["Now"]),
        ("{% blocktranslate %}Dear {{ name }}{% endblocktranslate %}", ["Dear %(name)s"]),
        (
            "{% blocktranslate count n=n %}{{ n }} d{% plural %}{{ n }} ds{% endblocktranslate %}",
            ["%(n)s d", "%(n)s ds"],
        ),
        ("<p>It isn't {{ said }}, is it?</p>", []),
    ],
)
def test_the_texts_of_a_template_are_found(template, messages):
    found = []
    for _line, _function, said, _comments in from_template(
        io.BytesIO(template.encode()), KEYWORDS, (), {}
    ):
        found += [one for one in (said if isinstance(said, tuple) else [said]) if one]
    assert found == messages


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    """All texts of the product, gathered as bin/messages gathers them."""
    texts = tmp_path_factory.mktemp("messages") / "django.pot"
    script = (ROOT / "bin" / "messages").read_text().replace("\\\n", " ")
    command = re.search(r"^ *pybabel -q (extract .*)$", script, re.MULTILINE)
    assert command
    words = [str(texts) if word == "$1" else word for word in shlex.split(command[1])]
    subprocess.run(
        [sys.executable, "-m", "babel.messages.frontend", "-q", *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
    )
    with texts.open("rb") as file:
        return {
            text
            for message in read_po(file)
            for text in (message.id if isinstance(message.id, tuple) else (message.id,))
        }


def test_every_text_of_every_template_is_in_the_catalogue(catalogue):
    for path in files(("sightline/**/templates/**/*.html",)):
        for text in re.findall(r'{% translate "([^"]+)"', read(path).text):
            assert text.replace("%", "%%") in catalogue, path  # as Django asks for it


def test_texts_of_code_are_in_the_catalogue(catalogue):
    assert {"Only HR administrators change this.", "Nobody reports to themselves."} <= catalogue
