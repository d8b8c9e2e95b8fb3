"""Pictures and words of overviews in templates."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _

from sightline.decisions.queries.decisions import OutcomeCount
from sightline.development.queries.units import GapOfMany
from sightline.foundation.ui.words import number
from sightline.insight.pictures import stacked
from sightline.insight.queries.practice import RhythmRow
from sightline.insight.rules import Work

register = template.Library()


@register.inclusion_tag("insight/stacked.html")
def work_bar(work: Work) -> dict[str, Any]:
    """{% work_bar row.own %}: what is done, open and late, side by side."""
    words = _("%(done)s done, %(open)s open, %(late)s late") % {
        "done": number(work.done),
        "open": number(work.open),
        "late": number(work.late),
    }
    parts = [("good", work.done), ("open", work.open), ("bad", work.late)]
    return {"pieces": stacked(parts), "label": words}


@register.inclusion_tag("insight/stacked.html")
def rhythm_bar(row: RhythmRow) -> dict[str, Any]:
    """{% rhythm_bar row %}: with how many the rhythm is kept, due, or silent."""
    silent = row.count("quiet") + row.rhythm.without_talks
    words = _("%(kept)s on rhythm, %(due)s due, %(silent)s quiet or without talks") % {
        "kept": number(row.count("on rhythm")),
        "due": number(row.count("due")),
        "silent": number(silent),
    }
    parts = [("good", row.count("on rhythm")), ("warn", row.count("due")), ("bad", silent)]
    return {"pieces": stacked(parts), "label": words}


@register.inclusion_tag("insight/stacked.html")
def outcome_bar(row: OutcomeCount) -> dict[str, Any]:
    """{% outcome_bar row %}: decisions carried out, under way, rejected or withdrawn."""
    otherwise = row.rejected + row.withdrawn
    words = _("%(done)s carried out, %(open)s under way, %(other)s ended otherwise") % {
        "done": number(row.carried_out),
        "open": number(row.under_way),
        "other": number(otherwise),
    }
    parts = [("good", row.carried_out), ("open", row.under_way), ("bad", otherwise)]
    return {"pieces": stacked(parts), "label": words}


@register.inclusion_tag("insight/stacked.html")
def gap_bar(gap: GapOfMany) -> dict[str, Any]:
    """{% gap_bar gap %}: of whom a competency is asked, who shows it, is short, is not judged."""
    short, judged = gap.short or 0, gap.judged or 0
    words = _("%(kept)s as needed, %(short)s short, %(unknown)s not judged") % {
        "kept": number(judged - short),
        "short": number(short),
        "unknown": number(gap.asked - judged),
    }
    parts = [("good", judged - short), ("warn", short), ("open", gap.asked - judged)]
    return {"pieces": stacked(parts), "label": words}


@register.filter
def stand(row: RhythmRow, name: str) -> int:
    """{{ row|stand:"due" }}: how many pairs stand so."""
    return row.count(name)
