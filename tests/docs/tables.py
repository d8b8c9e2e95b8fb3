"""The tables of documents, for tests that hold the program against them."""

from __future__ import annotations


def table(document: str, first: str) -> list[list[str]]:
    """The rows of the table whose head begins with these words, cell by cell."""
    lines = document[document.index(f"| {first}") :].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
