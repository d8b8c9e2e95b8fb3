"""How a status came about, in sentences: the same numbers as `rules/measures.py`, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from sightline.foundation.ui import words
from sightline.strategy.queries.measures import MeasureSeen
from sightline.strategy.rules import measures as rules
from sightline.strategy.rules.measures import FRESH_FOR, Point, Score, Standing
from sightline.strategy.wording import amount


def of_measure(seen: MeasureSeen, day: date) -> list[str]:
    """From what the status of a measure was computed, or why there is none."""
    last = seen.latest
    if last is None:
        return [_("Nothing has been measured yet, so there is no status.")]
    if not rules.is_fresh(last, day):
        facts = {"day": words.day(last.on), "days": FRESH_FOR.days}
        return [
            _("The last value is of %(day)s. After %(days)s days it says nothing of today.") % facts
        ]
    if seen.band:
        return _in_band(seen, last)
    if seen.baseline is None or seen.goal is None:
        return [_("There is no target yet, so there is no status.")]
    if seen.standing.done_percent is None:
        return [_("The last target is the baseline, so there is no way to go.")]
    return _on_the_way(seen, last, seen.baseline, seen.goal)


def _in_band(seen: MeasureSeen, last: Point) -> list[str]:
    band, unit = seen.band, seen.measure.unit
    if band is None:
        return []
    facts = {
        "now": amount(last.value, unit),
        "day": words.day(last.on),
        "low": amount(band.low, unit),
        "high": amount(band.high, unit),
        "off": amount(band.outside_by(last.value), unit),
        "width": amount(band.width, unit),
        "done": _percent(seen.standing.done_percent),
        "full": words.percent(100),
    }
    if not band.outside_by(last.value):
        words_for = _("%(now)s on %(day)s lies within %(low)s to %(high)s: %(full)s, on track.")
        return [words_for % facts]
    words_for = _(
        "%(now)s on %(day)s lies %(off)s outside %(low)s to %(high)s, a band %(width)s wide:"
        " %(full)s less its share of that width, and never below 0, is %(done)s."
    )
    return [words_for % facts, _in_a_word(seen.standing)]


def _on_the_way(seen: MeasureSeen, last: Point, baseline: Point, goal: Point) -> list[str]:
    unit = seen.measure.unit
    facts = {
        "was": amount(baseline.value, unit),
        "now": amount(last.value, unit),
        "goal": amount(goal.value, unit),
        "day": words.day(last.on),
        "plan": amount(_short(rules.planned_value(baseline, seen.targets, last.on)), unit),
        "done": _percent(seen.standing.done_percent),
        "planned": _percent(seen.standing.plan_percent),
    }
    done = _("%(now)s on %(day)s, on the way from %(was)s to %(goal)s, is %(done)s of it.") % facts
    plan = _("The plan wanted %(plan)s on that day: %(planned)s.") % facts
    return [done, plan, _in_a_word(seen.standing)]


def of_objective(score: Score, measures: Sequence[MeasureSeen]) -> list[str]:
    """From which measures the score of an objective was computed, and how."""
    known = [one for one in measures if one.standing.done_percent is not None]
    if not known:
        return [_("None of its measures is known, so there is no score.")]
    done = " + ".join(_held(one.standing.done_percent) for one in known)
    plan = " + ".join(_held(one.standing.plan_percent) for one in known)
    facts = {"n": words.number(len(known)), "done": _percent(score.standing.done_percent)}
    facts |= {"plan": _percent(score.standing.plan_percent)}
    said = [_("Each measure counts alike, held between 0 and 100%. What is not known is left out.")]
    said.append(f"{_('Done')}: ({done}) ÷ {facts['n']} = {facts['done']}.")
    said.append(f"{_('Plan')}: ({plan}) ÷ {facts['n']} = {facts['plan']}.")
    return [*said, _in_a_word(score.standing)]


def _in_a_word(standing: Standing) -> str:
    """How far what is done lies from the plan, and the word that follows."""
    from sightline.strategy.templatetags.strategy import status_word

    beyond = (standing.done_percent or Decimal(0)) - (standing.plan_percent or Decimal(0))
    facts = {"points": words.number(abs(beyond), 1), "word": status_word(standing.status)}
    if beyond < 0:
        return _("Done lies %(points)s points below plan: %(word)s.") % facts
    return _("Done lies %(points)s points above plan: %(word)s.") % facts


def _short(value: Decimal) -> Decimal:
    """As fine as a plan need be told: to the hundredth, below 1 to the fourth decimal."""
    return round(value, 2 if abs(value) >= 1 else 4)


def _percent(value: Decimal | None) -> str:
    return words.percent(value, 1) if value is not None else "–"


def _held(value: Decimal | None) -> str:
    return words.number(min(Decimal(100), max(Decimal(0), value or Decimal(0))), 1)
