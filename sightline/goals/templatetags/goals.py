"""Small words for the templates of goals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sightline.foundation.ui import words
from sightline.goals.models import Goal
from sightline.goals.queries.questions import DifferenceSeen
from sightline.goals.queries.sight import ObjectiveSeen, UnitSeen
from sightline.goals.queries.sightlines import Step
from sightline.goals.rules.agreement import APART_BELOW, CLOSE_FROM
from sightline.goals.rules.status import Status, held
from sightline.strategy.models import Objective

register = template.Library()

WORDS: dict[Status, tuple[str | Promise, str]] = {
    Status.DRAFT: (gettext_lazy("Draft"), "plain"),
    Status.PROPOSED: (gettext_lazy("Proposed"), "info"),
    Status.AHEAD: (gettext_lazy("Ahead"), "good"),
    Status.ON_TRACK: (gettext_lazy("On track"), "good"),
    Status.AT_RISK: (gettext_lazy("At risk"), "warn"),
    Status.BEHIND: (gettext_lazy("Behind"), "bad"),
    Status.NO_DATA: (gettext_lazy("No data"), "plain"),
    Status.DONE: (gettext_lazy("Done"), "good"),
    Status.MISSED: (gettext_lazy("Missed"), "bad"),
    Status.DROPPED: (gettext_lazy("Dropped"), "plain"),
}
READINGS: dict[str, tuple[str | Promise, str]] = {
    "served": (gettext_lazy("As intended"), "good"),
    "starved": (gettext_lazy("Under-served"), "bad"),
    "crowded": (gettext_lazy("Over-served"), "warn"),
    "unserved": (gettext_lazy("Not served"), "bad"),
}


@register.filter
def goal_word(status: str) -> str | Promise:
    """{{ seen.status|goal_word }}: "At risk"."""
    return WORDS[Status(status)][0]


@register.filter
def goal_kind(status: str) -> str:
    """The look of a status: good, warn, bad, info, plain."""
    return WORDS[Status(status)][1]


@register.filter
def reading_word(reading: str) -> str | Promise:
    """How an objective is served, in words."""
    return READINGS[reading][0]


@register.filter
def reading_kind(reading: str) -> str:
    """The look of how an objective is served."""
    return READINGS[reading][1]


@register.filter
def held_percent(percent: Decimal | None) -> float:
    """A percentage for a bar, between 0 and 100; nothing is 0."""
    return float(held(percent)) if percent is not None else 0.0


@register.filter
def as_percent(share: float) -> float:
    """A share from 0 to 1 as a percentage."""
    return 100 * share


@register.filter
def agreement_words(agreement: float) -> str:
    """How well an answer fits the goals of the same person, from 0 to 1, in a sentence."""
    if agreement < APART_BELOW:
        return _("You see your work otherwise than your goals do.")
    if agreement < CLOSE_FROM:
        return _("You and your goals agree in part.")
    return _("You and your goals say much the same.")


@register.filter
def what_to_do(row: DifferenceSeen) -> str:
    """What a person can do where the answer and the goals differ."""
    reading = row.told.reading
    if reading == "alike":
        return _("You and your goals agree, near enough.")
    if row.objective is None:
        if reading == "said":
            return _("Your goals leave less room for your post than it takes: talk about weights.")
        return _("Work on your goals leads to no objective: link a goal to what it serves.")
    if row.is_gone:
        return _("It is not in the strategy any more: talk about what takes its place.")
    if reading == "said":
        return _("Your goals say less of it: link a goal to it, or draft one.")
    return _("Your goals say more of it: ask whether they still fit what you do.")


@register.filter
def value_of(goal: Goal, value: Decimal | None) -> str:
    """{{ goal|value_of:check_in.value }}: "0.7%", "done", "–"."""
    if value is None:
        return "–"
    if goal.kind == "yes_no":
        return _("done") if value else _("not done yet")
    return words.in_unit(words.number(value), goal.value_unit)


@register.filter
def sureness(confidence: Decimal | None) -> str:
    """Confidence from 0 to 1 as a percentage in words."""
    return "–" if confidence is None else words.percent(100 * confidence)


@register.filter
def under(things: Mapping[Any, Any], key: Any) -> Any:
    """{{ trace|under:objective.pk }}: what a mapping holds under a key, or nothing."""
    return things.get(key)


@register.filter
def whole(number: float) -> int:
    """{{ 11.6|whole }}: 12."""
    return round(number)


@register.filter
def objective_names(rows: Iterable[ObjectiveSeen]) -> str:
    """{{ ends|objective_names }}: the titles of objectives, each in quotation marks."""
    return _(" and ").join(_("“%s”") % one.objective.title for one in rows)


@register.filter
def unit_names(rows: Iterable[UnitSeen]) -> str:
    """{{ units|unit_names }}: the names of units."""
    return _(" and ").join(one.unit.name for one in rows)


@register.filter
def percent_to(unit: UnitSeen, objective: int) -> float:
    """{{ unit|percent_to:objective.pk }}: the percentage of a unit's effort that leads there."""
    return 100 * unit.share_of(objective)


@register.filter
def owner_href(goal: Goal) -> str:
    """The page of whoever owns a goal."""
    if goal.employee_id is not None:
        return reverse("person", args=[goal.employee_id])
    return reverse("people:unit", args=[goal.unit_id])


@register.filter
def thing_href(thing: Goal | Objective) -> str:
    """The page of a goal or an objective."""
    name = "goals:goal" if isinstance(thing, Goal) else "strategy:objective"
    return reverse(name, args=[thing.pk])


@register.inclusion_tag("ui/sightline.html")
def thread(steps: Sequence[Step], here: str = "") -> dict[str, Any]:
    """{% thread steps %}: the way from the strategy down to this very goal.

    `here` names the last knot in short, where the goal's title stands beside already.
    """
    knots = [_knot(step, index == len(steps) - 1) for index, step in enumerate(steps)]
    if here:
        knots[-1] = {"label": here}
    return {"steps": knots}


def _knot(step: Step, is_here: bool) -> dict[str, str]:
    if step.objective is not None:
        href = reverse("strategy:objective", args=[step.objective.pk])
        return {"note": step.objective.strategy.name, "label": step.objective.title, "href": href}
    if step.responsibility is not None:
        return {"note": _("What the post is there for"), "label": step.responsibility.title}
    if step.goal is None:
        return {"note": _("not open to you"), "label": _("a goal you may not see")}
    href = "" if is_here else reverse("goals:goal", args=[step.goal.pk])
    return {"note": str(step.goal.owner), "label": step.goal.title, "href": href}
