"""What the actions on goals share: what a goal may say, and whom an event is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.ui.words import day as in_words
from sightline.goals.models import Goal, Period, Wording
from sightline.goals.rules.milestones import MOST, Milestone, numbered
from sightline.goals.rules.texts import FIELDS, GoalText
from sightline.people.viewer import Viewer


def about(goal: Goal, speaker: Viewer) -> str:
    """Whom the ledger names as the one a goal is about; of a unit's goal, who speaks for it.

    A draft is about its author: nobody else knows of it.
    """
    is_known = goal.stage != Goal.Stage.DRAFT
    return goal.employee.ref if goal.employee and is_known else speaker.employee.ref


def write(thing: Wording, text: GoalText) -> None:
    """Let a goal or a revision say this."""
    for name in FIELDS:
        setattr(thing, name, getattr(text, name))
    if isinstance(thing, Goal):
        thing.changed_at = now()


def settled(text: GoalText, known: Sequence[Milestone] = (), highest: int = 0) -> GoalText:
    """A text as it is kept: each milestone keeps its number, a new one takes one never used."""
    numbers = {one.number for one in known}
    milestones = numbered(text.milestones, numbers, max([highest, *numbers]))
    return replace(text, title=text.title.strip(), milestones=milestones)


def told(value: object) -> str:
    """What a field says, for the record."""
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def refuse_faults(text: GoalText, period: Period) -> None:
    """Refuse what a goal cannot say."""
    if not period.is_open:
        raise Refused(_("The period %s is closed.") % period.name, field="period")
    if faults := list(faults_of(text, period)):
        raise Refused.all(faults)


def faults_of(text: GoalText, period: Period) -> Iterator[tuple[str, str]]:
    """What a goal cannot say, each with the field that it concerns."""
    if not text.title.strip():
        yield "title", _("Say what is to be achieved.")
    if not 0 <= text.weight_percent <= 100:
        yield "weight_percent", _("A weight lies between 0 and 100%.")
    yield from _faults_of_days(text, period)
    if text.kind == Wording.Kind.NUMBER:
        yield from _faults_of_number(text)
    elif text.kind == Wording.Kind.BAND:
        yield from _faults_of_band(text)
    elif text.kind == Wording.Kind.MILESTONES:
        yield from _faults_of_milestones(text)


def _faults_of_days(text: GoalText, period: Period) -> Iterator[tuple[str, str]]:
    if text.from_on >= text.due_on:
        yield "due_on", _("It is due after it starts.")
    elif text.from_on < period.from_on or text.due_on >= period.until_on:
        words = _("%(period)s runs from %(first)s up to and including %(last)s.")
        told = {
            "period": period.name,
            "first": in_words(period.from_on),
            "last": in_words(period.span.last),
        }
        field = "from_on" if text.from_on < period.from_on else "due_on"
        yield field, words % told


def _faults_of_number(text: GoalText) -> Iterator[tuple[str, str]]:
    if text.start_value is None:
        yield "start_value", _("Say where it stands today.")
    if text.target_value is None:
        yield "target_value", _("Say where it is to be.")
    elif text.start_value == text.target_value:
        yield (
            "target_value",
            _("The target is where it stands already: nothing would have to move."),
        )
    yield from _faults_of_unit(text)


def _faults_of_band(text: GoalText) -> Iterator[tuple[str, str]]:
    if text.band_low is None:
        yield "band_low", _("Say above what it is to stay.")
    if text.band_high is None:
        yield "band_high", _("Say below what it is to stay.")
    elif text.band_low is not None and text.band_low >= text.band_high:
        yield "band_high", _("The upper end lies above the lower one.")
    if text.inside_percent is None or not 1 <= text.inside_percent <= 100:
        yield "inside_percent", _("Say on how many of a hundred days it is to stay within.")
    yield from _faults_of_unit(text)


def _faults_of_milestones(text: GoalText) -> Iterator[tuple[str, str]]:
    if not text.milestones:
        yield "milestones", _("Name one milestone at least.")
    if len(text.milestones) > MOST:
        yield "milestones", _("Name at most %d: more are several goals.") % MOST
    for one in text.milestones:
        if not one.title.strip():
            yield "milestones", _("Say what is done with each milestone.")
        if not 1 <= one.weight <= 100:
            yield "milestones", _("“%s”: a weight lies between 1 and 100.") % one.title
        if one.due_on and not text.from_on < one.due_on <= text.due_on:
            words = _("“%(milestone)s” is due after the start, and by %(day)s.")
            yield "milestones", words % {"milestone": one.title, "day": in_words(text.due_on)}


def _faults_of_unit(text: GoalText) -> Iterator[tuple[str, str]]:
    if not text.value_unit.strip():
        yield "value_unit", _("Say what the number counts, such as %, days, orders.")
