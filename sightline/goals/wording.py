"""Sentences that more than one place says."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sightline.goals.rules.agreement import POINTS


def said_of_sum(points: int) -> str:
    """What so many points come to, and how many are left."""
    left = POINTS - points
    if left == 0:
        return _("100 points are given.")
    if left > 0:
        words = ngettext(
            "%(left)d point is left to give.", "%(left)d points are left to give.", left
        )
        return words % {"left": left}
    words = ngettext(
        "%(over)d point too many: there are 100.", "%(over)d points too many: there are 100.", -left
    )
    return words % {"over": -left}
