"""The overviews that the viewer may read, as tabs."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from sightline.insight import policies
from sightline.people.viewer import Viewer


def tabs(viewer: Viewer, current: str) -> list[dict[str, Any]]:
    """Each with label, address, and whether it is the one that is open."""
    known = [
        ("strategy", _("Strategy and goals"), policies.may_read_organisation),
        ("practice", _("Talks and decisions"), policies.may_read_organisation),
        ("competencies", _("Competencies"), policies.may_read_organisation),
        ("cycles", _("Review cycles"), policies.may_read_cycles),
        ("team", _("My team"), policies.may_read_team),
    ]
    return [
        {"label": label, "url": reverse(f"insight:{name}"), "current": name == current}
        for name, label, may_read in known
        if may_read(viewer)
    ]
