"""`python -m tests.bench`: measure, show a table, keep var/bench.json."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator

from tests.bench.figures import Figure, keep, table
from tests.bench.houses import ROOT, company_house
from tests.bench.pages import PAGES
from tests.bench.works import WORKS, start, told_by


def main() -> int:
    """Measure what was asked for; 1 when a budget is broken."""
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("--size", type=int, default=int(os.environ.get("SIZE") or 200))
    parser.add_argument("--only", default="", help="measure only what has this word in its name")
    options = parser.parse_args()
    figures = list(measure(options.size, options.only))
    print(table(figures))
    file = ROOT / "var" / "bench.json"
    keep(figures, file)
    broken = [figure.name for figure in figures if not figure.holds]
    print(
        f"\n{len(figures) - len(broken)} of {len(figures)} hold. {file.relative_to(ROOT)} has them."
    )
    return 1 if broken else 0


def measure(size: int, only: str) -> Iterator[Figure]:
    """Pages first, in one process with the company; then the rest, each as it likes."""
    if any(only in page.name for page in PAGES):
        with company_house(size) as house:
            told = told_by(start(house, "pages", size, only))
        yield from (Figure(**one) for one in told)
    for work in WORKS:
        if only in work.name:
            print(f"Measuring: {work.name}", flush=True)
            yield from work.measure(size)


if __name__ == "__main__":
    sys.exit(main())
