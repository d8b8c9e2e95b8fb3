"""Periods: for all who work here to know, for HR to open and close."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import Allowed, Decision, Denied
from sightline.people.policies import EVERYBODY, may_read_directory
from sightline.people.viewer import Viewer

NOBODY = Q(pk__in=())


def may_read_goals(viewer: Viewer) -> Decision:
    """Look at goals at all; which ones exist for the viewer is another question."""
    if may_read_directory(viewer):
        return Allowed()
    return Denied(_("Goals are for those who work here."))


def periods_visible_to(viewer: Viewer) -> Q:
    """Periods that exist for the viewer."""
    return EVERYBODY if may_read_goals(viewer) else NOBODY


def may_change_periods(viewer: Viewer) -> Decision:
    """Open a period, change its rhythm, close it."""
    if viewer.is_hr_administrator:
        return Allowed()
    return Denied(_("HR administrators open and close periods."))


def may_bring_goals(viewer: Viewer) -> Decision:
    """Bring goals with their history from elsewhere."""
    if viewer.is_hr_administrator:
        return Allowed()
    return Denied(_("HR administrators bring goals from elsewhere."))
