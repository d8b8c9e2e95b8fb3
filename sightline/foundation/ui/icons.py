"""Icons of the lucide set, drawn into the page as SVG."""

from __future__ import annotations

from functools import cache

import lucide
from django.utils.safestring import SafeString, mark_safe

STROKE = "1.7"


@cache
def icon(name: str, shape: str = "") -> SafeString:
    """The icon as an SVG tag, hidden from screen readers: the word beside it speaks.

    `shape` is an extra class, such as "icon--flip" for one that points along the line of reading.
    """
    svg = lucide._render_icon(
        name,
        None,
        stroke_width=STROKE,
        aria_hidden="true",
        **{"class": f"icon {shape}".strip()},
    )
    return mark_safe(" ".join(svg.split()))  # noqa: S308 - drawn by the icon library, not by a user
