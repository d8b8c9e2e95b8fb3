"""Documents that speak of the program say what is so."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import sightline
from sightline.site.command import COMMANDS

ROOT = Path(__file__).parents[2]
READERS = ROOT / "sightline" / "site"
DOCUMENTS = sorted(
    path
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("sightline/**/*.md")]
)


def names_read(path):
    """The environment variables that a file reads."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            reader = ast.unparse(node.func)
            if reader.startswith("env.") or reader == "os.environ.get":
                yield str(node.args[0].value)


def headings(path):
    """The headings of the second level."""
    return re.findall(r"^## (.+)$", path.read_text(), flags=re.MULTILINE)


def test_every_setting_has_a_heading_and_every_heading_a_setting():
    files = [READERS / "settings.py", *(READERS / "commands").glob("*.py")]
    read = {name for path in files for name in names_read(path)}
    assert read == set(headings(ROOT / "docs" / "settings.md"))


def test_the_newest_change_is_of_this_version():
    assert headings(ROOT / "CHANGELOG.md")[0] == sightline.__version__


def links(document):
    """The links of a document that lead to files, not to other hosts or to headings."""
    text = re.sub(r"```.*?```", "", document.read_text(), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text):
        if not re.match(r"[a-z]+:", target):
            yield target


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(document):
    dead = [target for target in links(document) if not (document.parent / target).exists()]
    assert dead == []


def test_every_command_that_a_document_names_is_one():
    known = {command.name for command in COMMANDS}
    for document in DOCUMENTS:
        assert set(named_as_code(document.read_text())) <= known, document


def named_as_code(text):
    """The words that follow `sightline` or bin/sightline where it stands as code."""
    yield from re.findall(r"bin/sightline (\w+)", text)
    yield from re.findall(r"`sightline (\w+)", text)


NAMED_IN = re.compile(r"\[`(?:\w+\.)*(\w+)`\]\(([^)#]+\.py)\)")


def test_what_a_document_names_in_a_file_stands_there():
    named = 0
    for document in DOCUMENTS:
        for name, target in NAMED_IN.findall(document.read_text()):
            named += 1
            said = (document.parent / target).read_text()
            assert name == "py" or re.search(rf"\b{name}\b", said), (document.name, name)
    assert named


def test_every_make_target_of_the_readme_is_one():
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)
    named = re.findall(r"`make (\w+)", (ROOT / "README.md").read_text())
    assert set(named) <= set(targets)
