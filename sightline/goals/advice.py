"""Advice on the text of a goal, for `{% advice "goal" form %}`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from sightline.foundation.ui.advice.rules import Rule, has_number
from sightline.foundation.ui.advice.telling import Advice, Typed, advised, of_words, text_in
from sightline.goals.models import Goal
from sightline.goals.rules.advice import Written, lacking
from sightline.goals.rules.texts import fields_of, text_of
from sightline.people.viewer import Viewer

MILESTONE = re.compile(r"m[0-9]{1,3}-title", re.ASCII)
TEXTS = ("title", "why", "kind", "measured_by", "start_value", "target_value", "band_low")


def on_goal(typed: Typed, language: str) -> Iterator[Advice]:
    """What the words of the goal give away, then what it lacks; nothing before it has a title."""
    goal = _written(typed, language)
    if not goal.title:
        return
    vague = [] if goal.has_numbers else [Rule.VAGUE]
    yield from of_words(typed, ["title"], [*vague, Rule.TWO_RESULTS], language)
    yield from of_words(typed, ["measured_by"], vague, language)
    told = _sentences()
    for what in lacking(goal):
        yield Advice(what, told[what])


def on_own_draft(goal: Goal, viewer: Viewer, language: str) -> list[Advice]:
    """The same for a draft that is read by who wrote it; of other goals nothing is said."""
    if goal.stage != Goal.Stage.DRAFT or goal.drafted_by_id != viewer.employee.pk:
        return []
    said = fields_of(text_of(goal))
    steps = {f"m{place}-title": one.title for place, one in enumerate(said.pop("milestones"))}
    return advised("goal", said | steps, language)


def _written(typed: Typed, language: str) -> Written:
    said = {name: text_in(typed, name) for name in TEXTS}
    steps = [name for name in typed if MILESTONE.fullmatch(name) and text_in(typed, name)]
    return Written(
        **said,
        band_high=text_in(typed, "band_high"),
        due_on=text_in(typed, "due_on"),
        milestones=len(steps),
        says_how_many=has_number(f"{said['title']} {said['measured_by']}", language),
    )


def _sentences() -> dict[str, str]:
    return {
        "measure": _("Say what is measured, and where one reads it."),
        "baseline": _("Say where the number stands now: a way needs a beginning."),
        "target": _("Say where the number is to come to."),
        "band": _("Give the band both its ends."),
        "milestones": _("Name two milestones at least, so that the way can be followed."),
        "sign": _("Say by which sign one sees that it is done."),
        "date": _("Say by which day."),
        "contribution": _("Say whose result it serves, and what your own part in it is."),
    }
