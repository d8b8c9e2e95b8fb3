"""Icons of the lucide set, drawn into the page as SVG."""

from __future__ import annotations

import re
from functools import cache

import lucide
from django.utils.safestring import SafeString, mark_safe

IN_THE_STYLE_SHEET = re.compile(r' (?:width|height|fill|stroke|stroke-\w+)="[^"]*"')
"""How all icons are drawn, which would make up half of every page if each of them said it."""


@cache
def icon(name: str, shape: str = "") -> SafeString:
    """The icon as an SVG tag, hidden from screen readers: the word beside it speaks.

    `shape` is an extra class, such as "icon--flip" for one that points along the line of reading.
    """
    svg = lucide._render_icon(name, None, aria_hidden="true", **{"class": f"icon {shape}".strip()})
    head, strokes = " ".join(svg.split()).split(">", 1)
    short = IN_THE_STYLE_SHEET.sub("", head) + ">" + re.sub(r"\s*(/?>)\s*", r"\1", strokes.strip())
    return mark_safe(short)  # noqa: S308 - drawn by the icon library, not by a user
