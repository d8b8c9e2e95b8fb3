"""What may follow what. Stages are columns; each table says where a thing may go from where."""

from __future__ import annotations

from collections.abc import Mapping

Table = Mapping[str, frozenset[str]]

CYCLE: Table = {
    "draft": frozenset({"dry_run"}),
    "dry_run": frozenset({"draft", "open"}),
    "open": frozenset({"calibrating"}),
    "calibrating": frozenset({"open", "shared"}),
    "shared": frozenset({"closed"}),
    "closed": frozenset(),
}
REVIEW: Table = {
    "gathering": frozenset({"rated"}),
    "rated": frozenset({"gathering", "calibrated"}),
    "calibrated": frozenset({"shared"}),
    "shared": frozenset({"acknowledged", "appealed"}),
    "acknowledged": frozenset({"appealed"}),
    "appealed": frozenset({"decided"}),
    "decided": frozenset(),
}
FORM: Table = {
    "not_started": frozenset({"draft", "submitted"}),
    "draft": frozenset({"draft", "submitted"}),
    "submitted": frozenset({"draft"}),
}


def may_follow(table: Table, stage: str, following: str) -> bool:
    """Whether a thing in one stage may come into another."""
    return following in table.get(stage, frozenset())
