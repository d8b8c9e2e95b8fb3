"""Periods: for all who work here to know, for HR to open and close."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import Allowed, Decision, Denied
from sightline.goals.models import Period
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


def may_answer_question(viewer: Viewer, period: Period) -> Decision:
    """Say which objectives one's work serves: who works here, while the period runs."""
    if not viewer.is_employed:
        return Denied(_("Those who work here are asked whom their work serves."))
    if not period.asks:
        return Denied(_("%s does not ask whom work serves.") % period.name)
    if viewer.today not in period.span:
        return Denied(_("Answers are given and changed while %s runs.") % period.name)
    return Allowed()


def may_bring_goals(viewer: Viewer) -> Decision:
    """Bring goals with their history from elsewhere."""
    if viewer.is_hr_administrator:
        return Allowed()
    return Denied(_("HR administrators bring goals from elsewhere."))
