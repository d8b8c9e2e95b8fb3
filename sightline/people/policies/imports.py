"""Who may bring files of the organisation in, take them back, and carry them out of the house."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import Allowed, Decision, Denied
from sightline.foundation.exchange.models import Import
from sightline.people.models import Role
from sightline.people.policies.employees import EVERYBODY, NOBODY
from sightline.people.viewer import Viewer


def may_exchange(viewer: Viewer) -> Decision:
    """Import and export at all: HR administrators, and people partners for their units."""
    if viewer.has_role(Role.HR_ADMINISTRATOR, Role.PEOPLE_PARTNER):
        return Allowed()
    return Denied(_("HR administrators and people partners import and export."))


def may_exchange_jobs(viewer: Viewer) -> Decision:
    """Import and export jobs, which belong to no unit, and with them the whole organisation."""
    if viewer.is_hr_administrator:
        return Allowed()
    return Denied(_("Only HR administrators import and export jobs and the whole organisation."))


def imports_visible_to(viewer: Viewer) -> Q:
    """Imports that exist for the viewer: all for HR administrators, their own for partners."""
    if not may_exchange(viewer) or viewer.account is None:
        return NOBODY
    return EVERYBODY if viewer.is_hr_administrator else Q(by=viewer.account)


def may_undo(viewer: Viewer, imported: Import) -> Decision:
    """Undo an import: only the last one, for later ones stand on what it did."""
    if imported.state not in {Import.State.IMPORTED, Import.State.UNDOING}:
        return Denied(_("This import is not done."))
    if imported.before is None:
        return Denied(_("What an undo needs is kept for 30 days."))
    later = Import.objects.filter(state=Import.State.IMPORTED, done_at__gt=imported.done_at)
    if later.exists():
        return Denied(_("Only the last import can be undone."))
    return may_exchange(viewer)
