"""Every page that has a budget, and how it is measured."""

from __future__ import annotations

import gc
import re
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.bench.figures import Figure

if TYPE_CHECKING:
    from tests.bench.company import Company

WARM_UP, VISITS = 3, 30
MOST_QUERIES = 15

SMALL_PAGE = {200: 30.0, 10_000: 40.0}
LIST_PAGE = {200: 40.0, 10_000: 80.0}
PAGE_OF_THE_YEAR = {200: 40.0, 10_000: 60.0}
TREE = {200: 60.0, 1_000: 100.0, 10_000: 300.0}
DASHBOARD = {200: 60.0, 10_000: 120.0}


@dataclass(frozen=True, slots=True)
class Page:
    """A page, who visits it, and what it may cost at which size (the nearest larger size holds)."""

    name: str
    visitor: str
    url: str
    budgets_ms: Mapping[int, float]
    arguments: Callable[[Company], dict[str, Any]] = lambda company: {}
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    def address(self, company: Company) -> str:
        """Where the page is in this company."""
        return reverse(self.url, kwargs=self.arguments(company)) + self.query

    def budget_at(self, size: int) -> float:
        """The budget at a size."""
        return next(
            (ms for at, ms in sorted(self.budgets_ms.items()) if size <= at), ms_of_largest(self)
        )


def ms_of_largest(page: Page) -> float:
    """What holds beyond the largest size that has a budget."""
    return page.budgets_ms[max(page.budgets_ms)]


HTMX = {"HX-Request": "true"}
PAGES = [
    Page("home, of a manager", "manager", "home", PAGE_OF_THE_YEAR),
    Page("beside home", "manager", "around", DASHBOARD),
    Page(
        "beside a person",
        "employee",
        "person_lately",
        DASHBOARD,
        lambda c: {"employee_id": c.self},
    ),
    Page(
        "person page, own",
        "employee",
        "person",
        PAGE_OF_THE_YEAR,
        lambda c: {"employee_id": c.self},
    ),
    Page(
        "person page, a report",
        "manager",
        "person",
        PAGE_OF_THE_YEAR,
        lambda c: {"employee_id": c.report},
    ),
    Page(
        "person page, by HR",
        "administrator",
        "person",
        PAGE_OF_THE_YEAR,
        lambda c: {"employee_id": c.somebody},
    ),
    Page(
        "position page",
        "manager",
        "people:position",
        SMALL_PAGE,
        lambda c: {"position_id": c.position},
    ),
    Page("directory", "employee", "people:directory", LIST_PAGE),
    Page("directory, by HR", "administrator", "people:directory", LIST_PAGE),
    Page("directory, filtered", "administrator", "people:directory", LIST_PAGE, query="?q=an"),
    Page("chart", "employee", "people:chart", LIST_PAGE),
    Page(
        "chart branch",
        "executive",
        "people:branch",
        LIST_PAGE,
        lambda c: {"employee_id": c.top},
        headers=HTMX,
    ),
    Page("reviews", "manager", "reviews:mine", DASHBOARD),
    Page(
        "review form",
        "manager",
        "reviews:section",
        PAGE_OF_THE_YEAR,
        lambda c: {"form_id": c.review_form, "number": 1},
    ),
    Page(
        "review cycle",
        "administrator",
        "reviews:cycle",
        DASHBOARD,
        lambda c: {"cycle_id": c.open_cycle},
    ),
    Page(
        "calibration",
        "administrator",
        "reviews:calibration",
        DASHBOARD,
        lambda c: {"cycle_id": c.closed_cycle},
        query="?as=grid",
    ),
    Page("search", "employee", "search", LIST_PAGE, query="?q=ma"),
    Page("search, by HR", "administrator", "search", LIST_PAGE, query="?q=ma"),
    Page("goal", "employee", "goals:goal", PAGE_OF_THE_YEAR, lambda c: {"goal_id": c.goal}),
    Page("goals, own", "employee", "goals:mine", DASHBOARD),
    Page("goals of a team", "manager", "goals:team", DASHBOARD),
    Page("goals, all", "executive", "goals:all", DASHBOARD),
    Page("goals, all, behind the plan", "executive", "goals:all", DASHBOARD, query="?state=behind"),
    Page("goals, all, by whose they are", "executive", "goals:all", DASHBOARD, query="?sort=whose"),
    Page("goal tree", "executive", "goals:tree", TREE),
    Page("goal tree, of an employee", "employee", "goals:tree", TREE),
    Page("goal tree, narrowed", "executive", "goals:tree", TREE, query="?q=ma"),
    Page(
        "goal tree, a branch",
        "executive",
        "goals:branch",
        TREE,
        query="?under=nothing",
        headers=HTMX,
    ),
    Page("check-ins", "employee", "goals:check_ins", DASHBOARD),
    Page("line of sight", "executive", "goals:sight", DASHBOARD),
    Page("beside the line of sight", "executive", "goals:unsettled", DASHBOARD, headers=HTMX),
    Page("insight: strategy", "executive", "insight:strategy", DASHBOARD),
    Page(
        "insight: an objective",
        "executive",
        "insight:objective",
        DASHBOARD,
        lambda c: {"objective_id": c.objective},
    ),
    Page("insight: talks and decisions", "executive", "insight:practice", DASHBOARD),
    Page("insight: competencies", "executive", "insight:competencies", DASHBOARD),
    Page(
        "insight: review cycle, by HR",
        "administrator",
        "insight:cycle",
        DASHBOARD,
        lambda c: {"cycle_id": c.open_cycle},
    ),
    Page(
        "insight: review cycle, by name",
        "administrator",
        "insight:cycle_people",
        DASHBOARD,
        lambda c: {"cycle_id": c.open_cycle},
    ),
    Page("insight: a team", "manager", "insight:team", DASHBOARD),
]


def measure(company: Company, size: int, only: str) -> Iterator[Figure]:
    """Every page of the list, one figure each."""
    for page in PAGES:
        if only in page.name:
            yield measure_page(page, company, size)


def measure_page(page: Page, company: Company, size: int) -> Figure:
    """Visit a page and the empty page in turns; medians, queries and weight."""
    client = company.client(page.visitor)
    address = page.address(company)
    answer = visit(client, address, page.headers)
    shared = {"name": page.name, "database": connection.display_name, "size": size}
    if answer.status_code != 200:
        return Figure(**shared, note=f"status {answer.status_code}")
    with CaptureQueriesContext(connection) as asked:
        visit(client, address, page.headers)
    queries = len(asked)
    pairs = [
        (timed(client, address, page.headers), timed(client, "/bench/empty/", {}))
        for _ in range(WARM_UP + VISITS)
    ][WARM_UP:]
    median = statistics.median(page_ms for page_ms, _empty in pairs)
    empty = statistics.median(empty_ms for _page, empty_ms in pairs)
    return Figure(
        **shared,
        value=median,
        budget=page.budget_at(size),
        times_empty=median / empty,
        queries=queries,
        queries_budget=MOST_QUERIES,
        kilobytes_first=(len(answer.content) + weight_of_files(answer.content.decode())) / 1024,
        kilobytes_next=len(answer.content) / 1024,
    )


def visit(client: Client, address: str, headers: Mapping[str, str]) -> Any:
    """One visit, whatever it answers."""
    return client.get(address, headers=dict(headers))


def timed(client: Client, address: str, headers: Mapping[str, str]) -> float:
    """How many milliseconds one visit takes."""
    gc.collect()
    begin = time.perf_counter()
    visit(client, address, headers)
    return (time.perf_counter() - begin) * 1000


def weight_of_files(html: str) -> int:
    """Bytes of all files that a first visit fetches, compressed as they are sent."""
    found: set[Path] = set()
    waiting = [Path(settings.STATIC_ROOT) / name for name in re.findall(r'"/static/([^"]+)"', html)]
    while waiting:
        file = waiting.pop().resolve()
        if file in found or not file.is_file():
            continue
        found.add(file)
        if file.suffix == ".js":
            waiting += [
                file.parent / name
                for name in re.findall(r'["\'](\.\.?/[^"\']+\.js)["\']', file.read_text())
            ]
    return sum(sent_bytes(file) for file in found)


def sent_bytes(file: Path) -> int:
    """The size of a file as a browser of today gets it."""
    compressed = file.with_name(file.name + ".br")
    return (compressed if compressed.exists() else file).stat().st_size
