"""How large things may grow. The measure is a ratchet: what is below stays below."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.laws.law import Offence, Source, law

MOST_LINES_OF_A_FILE = 500
MOST_LINES_OF_A_FUNCTION = 60
MOST_LINES_OF_A_TEMPLATE = 150
PYTHON = ["sightline/**/*.py"]


def lines(count: int) -> str:
    """So many lines of code."""
    return "\n".join(f"step_{number} = {number}" for number in range(count))


def function(count: int) -> str:
    """A function of so many lines."""
    return "def act():\n" + "\n".join("    go()" for _ in range(count - 1))


@law(
    over=[*PYTHON, "sightline/**/*.js", "sightline/**/*.css"],
    broken=[("sightline/people/views.py", lines(501))],
    kept=[("sightline/people/views.py", lines(500))],
)
def files_have_500_lines_at_most(source: Source) -> Iterator[Offence]:
    """A file that grows too long becomes a package cut by noun."""
    if (count := len(source.text.splitlines())) > MOST_LINES_OF_A_FILE:
        yield source.offence(0, f"{count} lines")


@law(
    over=PYTHON,
    broken=[("sightline/people/views.py", function(61))],
    kept=[("sightline/people/views.py", function(60))],
)
def functions_have_60_lines_at_most(source: Source) -> Iterator[Offence]:
    """A function is read at one look."""
    for node in source.nodes(ast.FunctionDef, ast.AsyncFunctionDef):
        count = (node.end_lineno or node.lineno) - node.lineno + 1
        if count > MOST_LINES_OF_A_FUNCTION:
            yield source.offence(node, node.name)


@law(
    over=["sightline/**/templates/**/*.html"],
    broken=[("sightline/people/templates/people/unit.html", "<p>\n" * 151)],
    kept=[("sightline/people/templates/people/unit.html", "<p>\n" * 150)],
)
def templates_have_150_lines_at_most(source: Source) -> Iterator[Offence]:
    """A page is read at two looks."""
    if (count := len(source.text.splitlines())) > MOST_LINES_OF_A_TEMPLATE:
        yield source.offence(0, f"{count} lines")
