"""What waits for those who work together: goals, the team, reviews, decisions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sightline.goals.models import Goal
from sightline.goals.queries.goals import AtHand, GoalSeen, last_heard
from sightline.goals.queries.proposals import agree_by_of
from sightline.goals.rules.catchball import Timing, timing
from sightline.people.queries import teams
from sightline.people.viewer import Viewer
from sightline.site.needs.need import Need, in_days


def of_goals(viewer: Viewer, goals: AtHand) -> Iterator[Need]:
    """Proposals to answer, goals whose links are to be confirmed, and goals silent for long."""
    for one in goals.to_answer:
        yield _proposal(viewer, one)
    if goals.stale:
        yield _drift(goals.stale)
    if goals.silent:
        yield _silence(viewer, goals.silent)


def _proposal(viewer: Viewer, one: GoalSeen) -> Need:
    goal = one.goal
    is_own = goal.employee_id == viewer.employee.pk
    text = (
        _("The agreed text holds until both accept the new one.")
        if goal.agreed_number
        else _("Accept it, or answer with a change.")
    )
    return Need(
        title=_("Answer: “%s”") % goal.title,
        text=text,
        href=reverse("goals:goal", args=[goal.pk]),
        act=_("Answer"),
        icon="goal" if is_own or goal.employee is None else "",
        person="" if is_own or goal.employee is None else goal.employee.name,
        minutes=5,
        **_answered_by(viewer, goal),
    )


def _answered_by(viewer: Viewer, goal: Goal) -> dict[str, Any]:
    """How near the day is by which a proposal is to be agreed; late is a word, not an alarm."""
    by_on = agree_by_of(goal)
    if timing(by_on, viewer.today) in {Timing.SOON, Timing.PASSED}:
        days = (by_on - viewer.today).days if by_on else 0
        return {"word": in_days(days), "kind": "warn", "due_on": by_on}
    word = _("Change proposed") if goal.agreed_number else _("Proposed")
    waits_since = timezone.localtime(goal.changed_at).date()
    return {"word": word, "kind": "info", "due_on": waits_since}


def _drift(stale: list[GoalSeen]) -> Need:
    count = len(stale)
    words = ngettext(
        "Say whether %d goal still serves what has changed",
        "Say whether %d goals still serve what has changed",
        count,
    )
    one = reverse("goals:goal", args=[stale[0].goal.pk])
    return Need(
        title=words % count,
        text=stale[0].goal.title,
        href=one if count == 1 else reverse("goals:mine") + "?state=stale",
        act=_("Look"),
        icon="goal",
        word=_("To be confirmed"),
        kind="warn",
        minutes=2 * count,
    )


def _silence(viewer: Viewer, silent: list[GoalSeen]) -> Need:
    first = silent[0].goal
    since = last_heard(first)
    due = since + timedelta(days=first.period.cadence_days)
    count = len(silent)
    days = (viewer.today - since).days
    return Need(
        title=ngettext("Say how %d goal stands", "Say how %d goals stand", count) % count,
        text=ngettext("Nothing was said for %d day.", "Nothing was said for %d days.", days) % days,
        href=reverse("goals:check_ins"),
        part=reverse("goals:check_ins_due"),
        act=_("Check in"),
        icon="goal",
        word=in_days((due - viewer.today).days),
        kind="warn",  # late, and said so; a word of twenty seconds is no cause for alarm
        due_on=due,
        minutes=max(1, count // 3),
    )


def of_a_manager(viewer: Viewer, team: list[Any]) -> Iterator[Need]:
    """Who starts, who comes back, whose post does not say what it is there for."""
    horizon = viewer.today + teams.SOON
    for row in team:
        is_to_come = row.from_on > viewer.today
        if row.starts and is_to_come:
            yield _somebody(
                viewer,
                row,
                title=_("%s starts in your team") % row.employee.name,
                text=f"{row.position.title}, {row.position.unit.name}",
                on=row.from_on,
            )
        elif not is_to_come and row.back_on and row.back_on <= horizon:
            yield _somebody(
                viewer,
                row,
                title=_("%s comes back from leave") % row.employee.name,
                text=_("A good week for a first talk."),
                on=row.back_on,
            )
    unwritten = {row.position_id: row for row in reversed(team) if not row.has_purpose}
    for row in unwritten.values():
        yield _purpose(row)


def _purpose(row: Any) -> Need:
    return Need(
        title=_("Say what the post of %s is there for") % row.employee.name,
        text=_("%s has no responsibilities yet; goals and reviews build on them.")
        % row.position.title,
        href=reverse("people:responsibilities", args=[row.position_id]),
        act=_("Write"),
        icon="pencil-line",
        minutes=15,
    )


def _somebody(viewer: Viewer, row: Any, *, title: str, text: str, on: date) -> Need:
    return Need(
        title=title,
        text=text,
        href=reverse("person", args=[row.employee_id]),
        act=_("Open"),
        person=row.employee.name,
        word=in_days((on - viewer.today).days),
        kind="info",
        due_on=on,
    )
