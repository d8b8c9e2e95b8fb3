"""Pictures and words for levels."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sightline.development.queries.gaps import Gap
from sightline.foundation.ui import pictures
from sightline.foundation.ui.words import number

register = template.Library()


@register.inclusion_tag("development/level.html")
def level_picture(gap: Gap) -> dict[str, Any]:
    """{% level_picture gap %}: what is needed and what is shown on the competency's own scale."""
    shown = gap.shown
    picture = pictures.interval(
        float(shown.level if shown else gap.required),
        float(shown.low if shown else gap.required),
        float(shown.high if shown else gap.required),
        minimum=1,
        maximum=max(2, gap.highest),
        other=gap.required,
    )
    return {"picture": picture, "is_judged": shown is not None, "label": spoken(gap)}


def spoken(gap: Gap) -> str:
    """The picture in words, for those who hear it."""
    told = {"name": gap.competency.name, "required": gap.required}
    if gap.shown is None:
        return _("%(name)s: needed %(required)s, not judged yet") % told
    told |= {"shown": level(gap.shown.level)}
    if gap.shown.low == gap.shown.high:
        return _("%(name)s: needed %(required)s, shown %(shown)s") % told
    told |= {"low": level(gap.shown.low), "high": level(gap.shown.high)}
    words = _("%(name)s: needed %(required)s, shown %(shown)s, judged from %(low)s to %(high)s")
    return words % told


@register.filter
def level(value: Decimal | None) -> str:
    """{{ gap.required|level }}: 3, 2.4; a dash for nothing."""
    return "–" if value is None else number(Decimal(value).normalize())


@register.filter
def gap_in_words(gap: Gap) -> str:
    """How far it is: "1 level to go", "meets the need", "not judged yet"."""
    if gap.missing is None:
        return _("Not judged yet")
    if gap.missing:
        words = ngettext("%s level to go", "%s levels to go", 1 if gap.missing == 1 else 2)
        return words % level(gap.missing)
    if gap.above:
        words = ngettext("%s level above", "%s levels above", 1 if gap.above == 1 else 2)
        return words % level(gap.above)
    return _("As needed")


@register.filter
def gap_kind(gap: Gap) -> str:
    """The look of the status of a gap."""
    if gap.missing is None:
        return "plain"
    return "warn" if gap.missing else "good"
