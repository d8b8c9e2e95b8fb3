"""Who is reminded that a proposal waits: whoever's turn it is, shortly before its day and after.

Each is told once of either; the ledger says since when the proposal waits, and by which day.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from sightline.foundation.notices.notify import notify
from sightline.foundation.ui.words import day as in_words
from sightline.goals.models import Goal
from sightline.goals.policies import standing_on
from sightline.goals.queries.proposals import agree_by_of, open_proposals
from sightline.goals.rules.catchball import Timing, timing
from sightline.people.models import Employee

KIND = "goals.reminders"


def remind_of_proposals(today: date) -> int:
    """Remind of proposals that are to be agreed soon, or whose day has passed; tells how many.

    Safe to do twice: the key of a notice names the goal, what is talked about and the day.
    """
    due = [(goal, by) for goal in open_proposals() if (by := agree_by_of(goal))]
    near = [
        (goal, by, found)
        for goal, by in due
        if (found := timing(by, today)) in {Timing.SOON, Timing.PASSED}
    ]
    standing = standing_on([goal for goal, _by, _found in near], today)
    people = {key for goal, _by, _found in near for key in standing[goal.pk, goal.turn]}
    known = Employee.objects.select_related("account").in_bulk(people)
    return sum(
        _remind(known[key], goal, by, found)
        for goal, by, found in near
        for key in standing[goal.pk, goal.turn]
    )


def _remind(reader: Employee, goal: Goal, by: date, found: Timing) -> bool:
    if reader.account is None:
        return False
    notice = notify(
        account=reader.account,
        kind=KIND,
        sentence=_soon(goal, by) if found == Timing.SOON else _passed(goal, by),
        url=reverse("goals:goal", args=[goal.pk]),
        key=f"goal:{goal.pk}:after:{goal.agreed_number or 0}:{found}",
    )
    return notice is not None


def _soon(goal: Goal, by: date) -> Callable[[], str]:
    def sentence() -> str:
        told = {"goal": goal.title, "day": in_words(by)}
        return _("“%(goal)s” is to be agreed by %(day)s. It is your turn.") % told

    return sentence


def _passed(goal: Goal, by: date) -> Callable[[], str]:
    def sentence() -> str:
        told = {"goal": goal.title, "day": in_words(by)}
        return _("“%(goal)s” was to be agreed by %(day)s. A word from you takes it on.") % told

    return sentence
