"""What some people of the company say their work serves, in the half that runs and the last one.

Most name about what their goals lead to; some see it otherwise, a few skip it. Some of those whom
everybody knows have yet to answer, so that their home asks them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from sightline.goals.actions.questions import answer_question, skip_question
from sightline.goals.models import Contribution, Goal, Period
from sightline.goals.queries.effort import goals_of_period, leading, links_of
from sightline.goals.rules.unity import Mix
from sightline.people.models import Employee, Employment
from sightline.people.viewer import Viewer
from sightline.strategy.models import Objective

MOST = 90
"""So many of each half are asked; what more would say, these do."""

NOT_YET = ("Chen Mei", "Tomás Silva", "Nkechi Obi")
SKIPPED = ["New here, ask me next time.", "Between two posts just now."]
STEP = 5


def answer_questions(by: Viewer, periods: Sequence[Period], today: date) -> None:
    """Let people answer what these periods ask, as far as they have asked by now."""
    rows = Objective.objects.select_related("strategy").filter(strategy__stage="in_force")
    objectives = {one.pk: one for one in rows}
    for period in periods if objectives else ():
        if period.asked_from is not None and period.asked_from < today:
            _answer(by, period, objectives, min(today, period.span.last))


def _answer(by: Viewer, period: Period, objectives: dict[int, Objective], last: date) -> None:
    begun = period.asked_from or period.from_on
    there = Employment.objects.filter(from_on__lte=begun, until_on__gt=last)
    people = Employee.objects.filter(pk__in=there.values("employee")).order_by("number")
    traces = _traces(period)
    for one in people[:MOST]:
        dice = Random(f"sight:{one.number}:{period.name}")  # noqa: S311 - a play of chance
        is_waiting = one.name in NOT_YET and last < period.span.last
        if dice.random() < 0.3 or is_waiting:
            continue
        day = min(begun + timedelta(days=dice.randrange(1, 20)), last)
        viewer = replace(by, account=None, employee=one, today=day, roles=frozenset())
        if dice.random() < 0.05:
            skip_question(by=viewer, period=period, words=dice.choice(SKIPPED))
            continue
        points = _points(traces.get(one.pk, {}), list(objectives), dice)
        given = {objectives[key]: many for key, many in points.items()}
        none = 100 - sum(points.values())
        answer_question(by=viewer, period=period, shares=given, none_percent=none)


def _traces(period: Period) -> dict[int, Mix]:
    """Where the goals of each person lead."""
    from sightline.goals.rules.trace import Planned, efforts, traced  # loads numpy

    traces = traced(links_of(leading(Contribution.objects.exclude(goal__stage="draft"))))
    rows = Goal.objects.filter(goals_of_period(period)).order_by("employee", "pk")
    plans = [
        Planned(employee or 0, goal, float(weight))
        for employee, goal, weight in rows.values_list("employee", "pk", "weight_percent")
    ]
    found = efforts(plans, traces)
    return {int(key): found.of(int(key)) for key in found.keys}


def _points(trace: Mix, objectives: list[int], dice: Random) -> dict[int, int]:
    """An answer near the trace, or, of one in six, one that has little to do with it."""
    meant = trace if trace and dice.random() > 0.17 else {dice.choice(objectives): 0.7}
    points: dict[int, int] = {}
    left = 100
    for key in sorted(meant):
        heard = 100 * meant[key] + dice.gauss(0, 9)
        given = min(left, max(0, STEP * round(heard / STEP)))
        if given and key in objectives:
            points[key], left = given, left - given
    if left >= 2 * STEP and dice.random() < 0.5:
        other = dice.choice(objectives)
        points[other] = points.get(other, 0) + STEP
    return points
