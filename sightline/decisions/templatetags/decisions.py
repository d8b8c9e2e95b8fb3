"""How decisions are written on pages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from sightline.decisions import shown

register = template.Library()

CITED = re.compile(r"\[?\b(E[1-9]\d?)\b\]?")


@register.filter
def stage_tone(stage: str) -> str:
    """{{ decision.stage|stage_tone }}: how the stage's tag looks."""
    return shown.stage_tone(stage)


@register.filter
def passed(checks: Sequence[shown.CheckShown]) -> int:
    """{{ checks|passed }}: how many of the checks pass."""
    return sum(one.tone == "good" for one in checks)


@register.filter
def cited(text: str) -> SafeString:
    """{{ grounds|cited }}: paragraphs, in which E4 leads to the evidence with that label."""
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
    return format_html_join("", "<p>{}</p>", ((_linked(part),) for part in paragraphs))


def _linked(text: str) -> SafeString:
    escaped = str(conditional_escape(text)).replace("\n", "<br>")
    found = CITED.sub(
        lambda hit: str(format_html('<a class="link" href="#{}">{}</a>', hit[1].lower(), hit[1])),
        escaped,
    )
    return mark_safe(found)  # noqa: S308 - escaped above; the links are ours
