"""How a goal came to say what it says: its revisions, and what each changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from sightline.foundation.ui import words
from sightline.goals.models import Goal, Revision, Side, Wording
from sightline.goals.rules.milestones import Milestone
from sightline.goals.rules.texts import (
    LONG,
    GoalText,
    Part,
    changed_fields,
    differences,
    steps_changed,
    text_of,
)
from sightline.people.queries.people import employees_seen_by
from sightline.people.viewer import Viewer


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


def revisions_of(viewer: Viewer, goal: Goal) -> list[RevisionSeen]:
    """All revisions of a goal, the newest first. The caller has asked whether they may be read."""
    author = employees_seen_by(viewer).filter(pk=OuterRef("author"))
    rows = Revision.objects.filter(goal=goal).select_related("author")
    found = list(rows.prefetch_related("acceptances").annotate(author_seen=Exists(author)))
    seen: list[RevisionSeen] = []
    for index, one in enumerate(found):
        changes = changes_between(found[index - 1], one) if index else []
        signed = {row.side for row in one.acceptances.all()}
        agreed = signed.issuperset(Side.values) or one.number == goal.agreed_number
        seen.append(RevisionSeen(one, changes, agreed))
    return seen[::-1]


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
    return text_of(Revision.objects.get(goal=goal, number=goal.latest_number))
