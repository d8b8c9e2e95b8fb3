"""How a goal came to say what it says: its revisions, and what each changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from sightline.foundation.ui import words
from sightline.goals.models import (
    Goal,
    Handover,
    Mediation,
    Recommendation,
    Revision,
    Side,
    Wording,
)
from sightline.goals.rules import catchball as rules
from sightline.goals.rules.milestones import Milestone
from sightline.goals.rules.texts import (
    LONG,
    GoalText,
    changed_fields,
    steps_changed,
    text_of,
)
from sightline.people.queries.people import employees_seen_by
from sightline.people.viewer import Viewer
from sightline.strategy.rules.differences import Part, differences


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a revision that says something else than before, in runs of words."""

    label: str
    runs: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class RevisionSeen:
    """A revision with what it changed, and whether both sides accepted it."""

    revision: Revision
    changes: list[Change]
    is_agreed: bool
    handovers: list[Handover]
    """Who took a side over while it was on the table."""


def revisions_of(viewer: Viewer, goal: Goal) -> list[RevisionSeen]:
    """All revisions of a goal, the newest first. The caller has asked whether they may be read."""
    author = employees_seen_by(viewer).filter(pk=OuterRef("author"))
    same = {"goal": OuterRef("goal")}
    holds = Coalesce(OuterRef("goal__agreed_number"), Value(0))
    rows = Revision.objects.filter(goal=goal).select_related("author")
    rows = rows.annotate(
        author_seen=Exists(author),
        is_between=Exists(Recommendation.objects.filter(revision=OuterRef("pk"))),
        was_taken_over=Exists(Handover.objects.filter(**same)),
        is_mediated=Exists(Mediation.objects.filter(after_number=holds, **same)),
    )
    found = list(rows.prefetch_related("acceptances"))
    seen: list[RevisionSeen] = []
    taken = _handovers_of(viewer, goal) if any(one.was_taken_over for one in found) else []
    for index, one in enumerate(found):
        changes = changes_between(found[index - 1], one) if index else []
        signed = {row.side for row in one.acceptances.all() if row.lapsed_at is None}
        agreed = signed.issuperset(Side.values) or one.number == goal.agreed_number
        meanwhile = [row for row in taken if row.number == one.number]
        seen.append(RevisionSeen(one, changes, agreed, meanwhile))
    return seen[::-1]


def _handovers_of(viewer: Viewer, goal: Goal) -> list[Handover]:
    """Who took a side of the goal over, each with whether the viewer sees the two."""
    people = employees_seen_by(viewer)
    seen = {
        "was_seen": Exists(people.filter(pk=OuterRef("was"))),
        "to_seen": Exists(people.filter(pk=OuterRef("to"))),
    }
    rows = Handover.objects.filter(goal=goal).select_related("was", "to").annotate(**seen)
    return list(rows)


def talk_in(goal: Goal, revisions: Iterable[RevisionSeen]) -> list[Revision]:
    """The revisions since the one that holds, the oldest first: what is talked about now."""
    holds = goal.agreed_number or 0
    found = [one.revision for one in revisions if one.revision.number > holds]
    return sorted(found, key=lambda one: one.number)


def is_stuck(goal: Goal, revisions: Iterable[RevisionSeen], today: date) -> bool:
    """Whether the two sides may ask a mediator, told from revisions at hand."""
    talk: list[Any] = talk_in(goal, revisions)
    sides = [one.side for one in talk if not one.is_between]
    by_on = agree_by_of(goal, revisions)
    return rules.is_stuck(rules.times_passed_back(sides), by_on, today)


def agree_by_of(goal: Goal, revisions: Iterable[RevisionSeen]) -> date | None:
    """By when a proposal is to be agreed on; None when nobody said."""
    talk = talk_in(goal, revisions)
    if not talk:
        return None
    return rules.agree_by(goal.period.agree_by_on, timezone.localdate(talk[0].written_at))


def proposed_change(goal: Goal, revisions: Iterable[RevisionSeen]) -> list[Change]:
    """What the revision on the table changes against the one that holds, or the one before."""
    rows = {one.revision.number: one.revision for one in revisions}
    base = rows.get(goal.agreed_number or goal.latest_number - 1)
    return changes_between(base, rows[goal.latest_number]) if base else []


def changes_between(before: Wording, after: Wording) -> list[Change]:
    """Field by field what another wording says otherwise; long texts word by word."""
    return [
        Change(label_of(name), _runs(name, before, after))
        for name in changed_fields(text_of(before), text_of(after))
    ]


def _runs(name: str, before: Wording, after: Wording) -> list[tuple[str, str]]:
    if name in LONG:
        return [
            (str(part), text)
            for part, text in differences(told_value(before, name), told_value(after, name))
        ]
    if name == "milestones":
        return [
            (str(part), f"{told_milestone(one)}\n")
            for part, one in steps_changed(before.milestones, after.milestones)
        ]
    runs = [(str(Part.GONE), told_value(before, name)), (str(Part.NEW), told_value(after, name))]
    return [run for run in runs if run[1]]


def label_of(name: str) -> str:
    """What a field of a goal is called."""
    field: Any = Goal._meta.get_field(name)
    label = str(field.verbose_name)
    return label[:1].upper() + label[1:]


WRITERS: dict[type, Callable[[Any], str]] = {
    date: words.day,
    Decimal: words.number,
    int: lambda value: _("%s%%") % value,
}


def told_value(wording: Wording, name: str) -> str:
    """A field of a goal as it reads."""
    value = getattr(wording, name)
    if name == "kind":
        return str(Wording.Kind(value).label)
    if value is None:
        return ""
    said = WRITERS.get(type(value), str)(value)
    return words.in_unit(said, wording.value_unit) if isinstance(value, Decimal) else said


def told_milestone(one: Milestone) -> str:
    """A milestone as it reads: "Contract signed · weight 2 · by 3 Oct 2026"."""
    weight = _("weight %s") % one.weight if one.weight != 1 else ""
    due = _("by %s") % words.day(one.due_on) if one.due_on else ""
    return " · ".join(filter(None, [one.title, weight, due]))


def latest_text(goal: Goal) -> GoalText:
    """What the revision on the table says; of an agreed goal, the one that holds."""
    return text_of(on_the_table(goal))


def on_the_table(goal: Goal) -> Revision:
    """The revision that is talked about; where nothing is proposed, the one that holds."""
    holds = None if goal.turn else goal.agreed_number
    return Revision.objects.get(goal=goal, number=holds or goal.latest_number)
