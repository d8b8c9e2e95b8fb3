"""Small words and pictures for the templates of strategy."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sightline.foundation.ui import words
from sightline.strategy import pictures, wording
from sightline.strategy.models import Commitment, Strategy, Weighing
from sightline.strategy.queries.measures import MeasureSeen
from sightline.strategy.queries.weighings import RowOfOutcome
from sightline.strategy.rules.measures import Point, Status
from sightline.strategy.rules.versions import Fate

register = template.Library()

WORDS: dict[Status, tuple[str | Promise, str]] = {
    Status.AHEAD: (gettext_lazy("Ahead"), "good"),
    Status.ON_TRACK: (gettext_lazy("On track"), "good"),
    Status.AT_RISK: (gettext_lazy("At risk"), "warn"),
    Status.BEHIND: (gettext_lazy("Behind"), "bad"),
    Status.NO_DATA: (gettext_lazy("No data"), "plain"),
}
KINDS = {
    Commitment.Stage.PROPOSED: "warn",
    Commitment.Stage.AGREED: "good",
    Commitment.Stage.PASSED_BACK: "info",
    Strategy.Stage.DRAFT: "info",
    Strategy.Stage.IN_FORCE: "good",
    Strategy.Stage.SUPERSEDED: "plain",
    Weighing.Stage.OPEN: "info",
    Weighing.Stage.CLOSED: "plain",
    Weighing.Stage.TAKEN_OVER: "good",
}


@register.filter
def status_word(status: Status) -> str | Promise:
    """{{ standing.status|status_word }}: "At risk"."""
    return WORDS[status][0]


@register.filter
def status_kind(status: Status) -> str:
    """The look of a status: good, warn, bad, plain."""
    return WORDS[status][1]


@register.filter
def fate_word(fate: Fate) -> str | Promise:
    """{{ row.fate|fate_word }}: what becomes of an objective."""
    return wording.FATES[fate][0]


@register.filter
def fate_kind(fate: Fate) -> str:
    """The look of what becomes of an objective."""
    return wording.FATES[fate][1]


@register.filter
def stage_kind(stage: str) -> str:
    """The look of a stage of a strategy or a commitment."""
    return next((kind for known, kind in KINDS.items() if known.value == stage), "plain")


@register.filter
def after(line: str, code: str) -> str:
    """{{ line|after:objective.code }}: a line without the code that begins it."""
    return line.removeprefix(code)


@register.filter
def at(things: Mapping[int, Any], key: int) -> Any:
    """{{ by_key|at:box.key }}: what a mapping holds under a key."""
    return things[key]


@register.filter
def item(things: list[Any], index: int) -> Any:
    """{{ rows|item:band.index }}: one of a list."""
    return things[index]


@register.filter
def plus(number: int, more: int) -> int:
    """{{ line.word|plus:4 }}: a number of a picture, and so much more."""
    return number + more


@register.filter
def less(number: int, fewer: int) -> int:
    """{{ cross.width|less:16 }}: a number of a picture, less so much."""
    return number - fewer


@register.filter
def part(box: pictures.Box, percent: Decimal | None) -> str:
    """How far along a box's bar a percentage lies."""
    return box.part(percent)


@register.filter
def tick(box: pictures.Box, percent: Decimal | None) -> str:
    """Where the plan's tick stands on a box."""
    return box.tick(percent)


@register.filter
def held(percent: Decimal | None) -> float:
    """A percentage for a bar: nothing is 0."""
    return float(percent or 0)


@register.filter
def amount(value: Decimal | None, unit: str = "") -> str:
    """{{ value|amount:measure.unit }}: "1.2%", "3.9 h", "44"."""
    return "–" if value is None else wording.amount(value, unit)


@register.filter
def over(left: Decimal) -> str:
    """{{ form.left|over }}: how much a number lies below 0."""
    return wording.amount(-left)


@register.filter
def weight_width(row: RowOfOutcome, largest: float) -> str:
    """How long the bar of an objective is, of 100."""
    return f"{100 * float(row.share_percent) / largest:.2f}"


@register.filter
def weight_span(row: RowOfOutcome, largest: float) -> str:
    """The line from the least to the most that anybody gave."""
    least, most = (100 * one / largest for one in (row.least, row.most))
    return f"M{least:.2f} 2V10M{least:.2f} 6H{most:.2f}M{most:.2f} 2V10"


@register.inclusion_tag("strategy/course.html")
def course(seen: MeasureSeen) -> dict[str, Any]:
    """{% course seen %}: the plan of a measure and what it came to, in a small picture."""
    plan = [seen.baseline, *seen.targets] if seen.baseline and seen.targets else []
    band = (seen.band.low, seen.band.high) if seen.band else None
    actuals = [(one.on, one.value) for one in seen.corrected]
    picture = pictures.course([(one.on, one.value) for one in plan if one], actuals, band)
    return {"picture": picture, "label": _spoken(seen), "kind": WORDS[seen.standing.status][1]}


def _spoken(seen: MeasureSeen) -> str:
    unit = seen.measure.unit
    if seen.latest is None:
        return _("Nothing has been measured yet")
    facts = {
        "now": amount(seen.latest.value, unit),
        "on": words.day(seen.latest.on, "short"),
        "count": len(seen.corrected),
    }
    if seen.band:
        facts |= {"low": amount(seen.band.low, unit), "high": amount(seen.band.high, unit)}
        return _("%(now)s on %(on)s, to be kept from %(low)s to %(high)s") % facts
    facts |= _point("was", seen.baseline, unit) | _point("goal", seen.goal, unit)
    return _("From %(was)s to %(now)s on %(on)s; the plan ends at %(goal)s") % facts


def _point(name: str, point: Point | None, unit: str) -> dict[str, str]:
    return {name: amount(point.value, unit) if point else "–"}
