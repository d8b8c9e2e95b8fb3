"""Two years of talks and feedback at human rhythm: kept, moved, skipped, and here and there silent.

The words stand in `company/talks.toml`, `feedback.toml` and `feedback_crowd.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import groupby

from sightline.conversations.actions.past import PastSeries, bring_in_talks
from sightline.foundation.core.spans import FOREVER, Span, joined
from sightline.people.models import Assignment, Employee, Leave
from sightline.people.viewer import Viewer
from sightline.site.demo.book import toml
from sightline.site.demo.calendar import Calendar
from sightline.site.demo.feedback import say_in_the_cast, say_in_the_crowd
from sightline.site.demo.talks import Pair, Talking

HISTORY = timedelta(days=730)
HISTORY_OF_HOUSES = timedelta(days=120)
"""Further houses tell of a few months only: ten thousand people would talk for too long."""


def converse(by: Viewer, cast: Mapping[str, Employee], seed: int, calendar: Calendar) -> None:
    """Let everybody talk with the manager, and say what there was to say."""
    talking = Talking(calendar, seed, toml("talks"), {one.pk: key for key, one in cast.items()})
    bring_in_talks(by=by, series=series_of_all(talking, calendar))
    say_in_the_crowd(by=by, seed=seed, calendar=calendar)
    say_in_the_cast(by=by, cast=cast, calendar=calendar)


def series_of_all(talking: Talking, calendar: Calendar) -> Iterator[PastSeries]:
    """Every two who report to one another, with their talks, person by person."""
    away = leaves()
    for _employee, posts in groupby(
        posts_under_managers(calendar), key=lambda row: row.employee_id
    ):
        for pair in pairs(posts, calendar):
            spans = away.get(pair.employee.pk, []) + away.get(pair.manager.pk, [])
            if told := talking.of(pair, spans):
                yield told


def posts_under_managers(calendar: Calendar) -> Iterable[Assignment]:
    """All posts under a manager of the last two years, in the order of people and days."""
    rows = Assignment.objects.filter(
        manager__isnull=False,
        from_on__lte=calendar.today,
        until_on__gt=calendar.today - HISTORY,
    ).select_related("employee", "manager", "position__job")
    return rows.order_by("employee", "from_on").iterator(chunk_size=1_000)


def pairs(posts: Iterable[Assignment], calendar: Calendar) -> Iterator[Pair]:
    """The managers of one person, with the days under each through all posts."""
    under: dict[int, list[Assignment]] = {}
    for post in posts:
        under.setdefault(post.manager_id or 0, []).append(post)
    for rows in under.values():
        last = rows[-1]
        manager, code = last.manager, last.position.code
        if manager is None:
            continue
        is_far = code[1:2].isdigit()  # posts of further houses are called "H001-…"
        since = calendar.today - (HISTORY_OF_HOUSES if is_far else HISTORY)
        for span in joined(row.span for row in rows):
            end = span.end if span.end <= calendar.today else FOREVER
            if span.end > since:
                days = Span(max(span.start, since), end)
                yield Pair(last.employee, manager, days, last.position.job.family, is_far)


def leaves() -> dict[int, list[Span]]:
    """The days on which people were away, by their key."""
    found: dict[int, list[Span]] = {}
    for employee, start, end in Leave.objects.values_list("employee", "from_on", "until_on"):
        found.setdefault(employee, []).append(Span(start, end))
    return found
