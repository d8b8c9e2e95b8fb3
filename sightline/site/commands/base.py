"""The shape of a command."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass


def no_arguments(parser: ArgumentParser) -> None:
    """For a command that takes none."""


@dataclass(frozen=True, slots=True)
class Command:
    """One word after `sightline`. `run` answers the exit status; None is 0."""

    name: str
    summary: str
    description: str
    run: Callable[[Namespace], int | None]
    add_arguments: Callable[[ArgumentParser], None] = no_arguments


def say(line: str = "") -> None:
    """Tell whoever runs the command, at once even when output is kept in a file."""
    print(line, flush=True)
