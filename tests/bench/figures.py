"""What a benchmark gives, as a table for people and as JSON for machines."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured thing against its budget; None where there is nothing to say."""

    name: str
    database: str
    size: int
    value: float | None = None
    budget: float | None = None
    unit: str = "ms"
    times_empty: float | None = None
    queries: int | None = None
    queries_budget: int | None = None
    kilobytes_first: float | None = None
    kilobytes_next: float | None = None
    note: str = ""
    more_is_better: bool = False

    @property
    def holds(self) -> bool:
        """Whether every budget is kept. What could not be measured does not hold."""
        if self.value is None:
            return False
        within = [
            self.budget is None or (self.value >= self.budget) == self.more_is_better
            or self.value == self.budget,
            self.queries_budget is None or (self.queries or 0) <= self.queries_budget,
            (self.kilobytes_first or 0) <= 250,
            (self.kilobytes_next or 0) <= 60,
        ]  # fmt: skip
        return all(within)


HEADINGS = ["", "what", "on", "people", "median", "budget", "× empty", "queries", "first", "next"]


def table(figures: Iterable[Figure]) -> str:
    """The figures in columns."""
    rows = [HEADINGS, *(row_of(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = []
    for row in rows:
        names = [cell.ljust(width) for cell, width in zip(row[:3], widths[:3], strict=True)]
        numbers = [cell.rjust(width) for cell, width in zip(row[3:], widths[3:], strict=True)]
        lines.append("  ".join([*names, *numbers]).rstrip())
    return "\n".join(lines)


def row_of(figure: Figure) -> list[str]:
    """One figure in cells."""
    sign = ">" if figure.more_is_better else "<"
    return [
        "good" if figure.holds else "OVER" if figure.value is not None else "----",
        figure.name + (f" ({figure.note})" if figure.note else ""),
        figure.database,
        f"{figure.size:,}" if figure.size else "",
        f"{figure.value:,.1f} {figure.unit}" if figure.value is not None else "not measured",
        f"{sign} {figure.budget:,.0f}" if figure.budget is not None else "",
        f"{figure.times_empty:.1f}" if figure.times_empty else "",
        f"{figure.queries}" if figure.queries is not None else "",
        f"{figure.kilobytes_first:.0f} kB" if figure.kilobytes_first else "",
        f"{figure.kilobytes_next:.0f} kB" if figure.kilobytes_next else "",
    ]


def keep(figures: Iterable[Figure], file: Path) -> None:
    """Write the figures for machines, with what they were measured on."""
    kept = {
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {platform.system()} {platform.release()}",
        "figures": [asdict(figure) | {"holds": figure.holds} for figure in figures],
    }
    file.write_text(json.dumps(kept, indent=2) + "\n")
