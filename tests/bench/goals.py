"""Check-ins as a benchmark makes them: on ten running goals under one parent."""

from __future__ import annotations

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from typing import Any

from django.db import connections, transaction
from django.db.models import Count, Q

from sightline.goals.actions.check_ins import check_in
from sightline.goals.actions.figures import locked_upwards
from sightline.goals.models import CheckIn, Contribution, Goal
from sightline.goals.rules.roll_up import Part, roll_up
from sightline.people.viewer import Viewer, viewer_as

TEN = 10
RUNS = 30
Word = tuple[Viewer, Goal]


def ten_under_one() -> tuple[Goal, list[Word]]:
    """The goal that most running goals serve, and ten of those, each with its owner."""
    running = Q(served_by__goal__stage="agreed", served_by__goal__kind="number")
    still = running & Q(served_by__goal__employee__assignments__until_on__year=9999)
    rows = Goal.objects.filter(stage="agreed").annotate(children=Count("served_by", filter=still))
    parent = rows.order_by("-children", "pk")[0]
    links = Contribution.objects.filter(parent=parent, goal__stage="agreed", goal__kind="number")
    words: list[Word] = []
    for link in links.select_related("goal__employee").order_by("pk"):
        owner = viewer_as(link.goal.employee) if link.goal.employee else None
        if owner is not None and owner.is_employed and len(words) < TEN:
            words.append((owner, link.goal))
    return parent, words


def say(word: Word) -> None:
    """One check-in."""
    owner, goal = word
    check_in(by=owner, goal=goal, value=goal.target_value, confidence=Decimal("0.9"))


def alone(words: list[Word]) -> float:
    """The median of check-ins one after the other, in milliseconds; each is undone."""
    timings = []
    for number in range(RUNS):
        begin = time.perf_counter()
        with transaction.atomic():
            say(words[number % len(words)])
            timings.append((time.perf_counter() - begin) * 1000)
            transaction.set_rollback(True)
    return statistics.median(timings)


def at_once(parent: Goal, words: list[Word]) -> dict[str, Any]:
    """All of them at the same moment: how many were lost, and whether the parent is right."""
    before = CheckIn.objects.count()
    together = Barrier(len(words))

    def one(word: Word) -> None:
        try:
            together.wait()
            say(word)
        finally:
            connections.close_all()

    begin = time.perf_counter()
    with ThreadPoolExecutor(len(words)) as pool:
        done = [pool.submit(one, word) for word in words]
    lost = sum(one.exception() is not None for one in done)
    return {
        "together_ms": (time.perf_counter() - begin) * 1000,
        "lost": max(lost, len(words) - (CheckIn.objects.count() - before)),
        "is_right": is_right(parent),
        "levels": len(locked_levels(words[0][1])),
    }


def is_right(parent: Goal) -> bool:
    """Whether the goal holds what a fresh computation gives."""
    parent.refresh_from_db()
    rows = Contribution.objects.filter(parent=parent, goal__agreed_number__isnull=False)
    rows = rows.filter(goal__visibility="everyone").exclude(goal__closing__outcome="dropped")
    told = rows.values_list("share_percent", "goal__weight_percent", "goal__done_percent")
    fresh = roll_up(Part(*one) for one in told).done_percent
    return fresh is not None and abs(fresh - (parent.rolled_percent or 0)) < Decimal("0.01")


def locked_levels(goal: Goal) -> list[int]:
    """The goals whose figures follow a check-in, the goal itself included."""
    with transaction.atomic():
        return list(locked_upwards([goal.pk]))
