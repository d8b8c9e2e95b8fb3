"""Goals for tests, made through the ordinary actions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from sightline.goals.actions import catchball, contributions
from sightline.goals.actions import goals as drafts
from sightline.goals.actions.periods import open_period
from sightline.goals.models import Acceptance, Goal, Period
from sightline.goals.rules.texts import GoalText
from sightline.people.viewer import Viewer
from tests.company import Company

NOT_YET = Decimal("1.2")


def a_period(company: Company, **said: Any) -> Period:
    """A period around today, opened by HR; ninety days behind, ninety ahead."""
    facts: dict[str, Any] = {
        "name": "This half",
        "kind": "half",
        "from_on": company.today - timedelta(days=90),
        "until_on": company.today + timedelta(days=91),
    }
    return open_period(by=company.viewer("ingrid"), **facts | said)


def a_text(period: Period, **said: Any) -> GoalText:
    """A goal's words: errors at checkout from 1.2 to 0.4%."""
    text = GoalText(
        title="Cut checkout errors",
        why="A third of the calls on Mondays come from it.",
        measured_by="Errors of ours a day, dashboard Checkout",
        from_on=period.from_on,
        due_on=period.until_on - timedelta(days=1),
        value_unit="%",
        start_value=Decimal("1.2"),
        target_value=Decimal("0.4"),
        weight_percent=30,
    )
    return replace(text, **said)


def drafted(by: Viewer, period: Period, *, visibility: str = "everyone", **said: Any) -> Goal:
    """A draft: of the viewer's own unless `employee` or `unit` says otherwise."""
    owner = {key: said.pop(key) for key in ("employee", "unit") if key in said}
    text = a_text(period, **said)
    owner = owner or {"employee": by.employee}
    return drafts.draft_goal(by=by, period=period, text=text, visibility=visibility, **owner)


def proposed(by: Viewer, period: Period, **said: Any) -> Goal:
    """A proposal of the viewer's."""
    goal = drafted(by, period, **said)
    catchball.propose_draft(by=by, goal=goal)
    return fresh(goal)


def agreed(by: Viewer, other: Viewer, period: Period, **said: Any) -> Goal:
    """A goal on which the viewer and the other side agree."""
    goal = proposed(by, period, **said)
    catchball.accept(by=other, goal=goal, number=1)
    return fresh(goal)


def to_and_fro(goal: Goal, one: Viewer, other: Viewer, times: int = 4, first: int = 31) -> Goal:
    """The two pass a proposal back so often, the other side first."""
    for count in range(times):
        text = a_text(goal.period, weight_percent=first + count)
        by = (other, one)[count % 2]
        catchball.revise(by=by, goal=fresh(goal), text=text, reason="Rather so.")
    return fresh(goal)


def agreed_long_ago(goal: Goal) -> Goal:
    """The goal, as if both sides had accepted it on its first day."""
    first = timezone.make_aware(datetime.combine(goal.from_on, time(9)))
    Acceptance.objects.filter(revision__goal=goal).update(accepted_at=first)
    return goal


def serves(by: Viewer, goal: Goal, target: Any, share: int = 100) -> None:
    """Let a goal serve something."""
    contributions.set_contribution(by=by, goal=goal, serves=target, share_percent=Decimal(share))


def fresh(goal: Goal) -> Goal:
    """The goal as the database holds it now."""
    return Goal.objects.select_related("period", "employee", "unit", "closing").get(pk=goal.pk)


def days_ago(company: Company, count: int) -> date:
    """A day in the past."""
    return company.today - timedelta(days=count)
