"""Who may look at which overview. What stands in it is decided by the apps that it comes from.

Executives and HR administrators read the whole picture, in figures; HR follows review cycles, by
name only in its own units; a manager sees the people who report to him. Auditors and system
administrators have no part in any of it.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import Allowed, Decision, Denied
from sightline.people.viewer import Viewer
from sightline.reviews.policies import may_follow_cycles


def may_read_organisation(viewer: Viewer) -> Decision:
    """Read how the whole organisation does: strategy, goals, talks, decisions, competencies."""
    if viewer.reads_everything:
        return Allowed()
    return Denied(
        _("The picture of the whole organisation is for executives and HR administrators.")
    )


def may_read_cycles(viewer: Viewer) -> Decision:
    """Read how review cycles go."""
    return may_follow_cycles(viewer)


def may_read_team(viewer: Viewer) -> Decision:
    """Read how one's own people do, on one page."""
    if viewer.has_reports:
        return Allowed()
    return Denied(_("Nobody reports to you. When somebody does, you find the team here."))


def may_read_insight(viewer: Viewer) -> Decision:
    """Read any overview at all."""
    if may_read_organisation(viewer) or may_read_cycles(viewer) or may_read_team(viewer):
        return Allowed()
    return Denied(_("Overviews are for managers, HR and executives."))
