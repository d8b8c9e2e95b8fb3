"""`sightline import`: people and the organisation from a file."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from sightline.site.commands.base import Command


def add_arguments(parser: ArgumentParser) -> None:
    """What is in the file, and whether to change anything."""
    parser.add_argument(
        "kind", help="what the file holds: people, units, positions, responsibilities or managers"
    )
    parser.add_argument(
        "file", type=Path, help="a CSV or XLSX file with the columns of the template"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="show what would change, and change nothing"
    )


def run(options: Namespace) -> int | None:
    """Import the file, all of it or nothing."""
    raise NotImplementedError


COMMAND = Command(
    name="import",
    summary="import people, units, positions, responsibilities or managers from a file",
    description=(
        "Reads a CSV or XLSX file, all of it or nothing. Every error is told with its row and\n"
        "column. The same file twice changes nothing; the last import can be undone on its page."
    ),
    run=run,
    add_arguments=add_arguments,
)
