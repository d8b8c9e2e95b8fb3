"""Kinds of tables that apps above have imported and exported with the organisation's.

An app names its kinds in its `AppConfig.ready()`. They go the same way as people's own: the same
pages, the same dry run, the same jobs; what a row means is the app's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sightline.foundation.access.decisions import Decision
from sightline.people.viewer import Viewer

if TYPE_CHECKING:
    from sightline.people.exchange.columns import Kind
    from sightline.people.exchange.plan import Plan
    from sightline.people.exchange.rows import Line

Reported = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class FurtherKind:
    """A kind of table. `plan` notes what the rows would do, and puts what is to be written into
    `plan.further`; `carry_out(by, plan, import_id, report)` writes it and gives what an undo needs;
    `take_back(by, before, import_id, report)` is that undo; `rows` are those of an export."""

    name: str
    kind: Callable[[], Kind]
    may: Callable[[Viewer], Decision]
    plan: Callable[[Plan, list[Line]], None]
    carry_out: Callable[[Viewer, Plan, int, Reported], Any]
    take_back: Callable[[Viewer, Any, int, Reported], None]
    rows: Callable[[Viewer, date], Iterable[list[Any]]]


FURTHER: dict[str, FurtherKind] = {}


def register_table(kind: FurtherKind) -> None:
    """Let a further kind of table be imported and exported."""
    FURTHER[kind.name] = kind
