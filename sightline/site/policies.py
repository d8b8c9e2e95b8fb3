"""Who may look after the installation."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import Allowed, Decision, Denied
from sightline.people.models import Role
from sightline.people.viewer import Viewer


def may_operate(viewer: Viewer) -> Decision:
    """See what the house does in the background, and act where it failed."""
    if viewer.has_role(Role.SYSTEM_ADMINISTRATOR):
        return Allowed()
    return Denied(_("System administrators look after the work in the background."))
