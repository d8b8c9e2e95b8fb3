"""Who hands out roles. Nobody gives a role to himself."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import Allowed, Decision, Denied
from sightline.people.models import Employee, Role
from sightline.people.viewer import Viewer

_GRANTED_BY: dict[Role, tuple[Role, ...]] = {
    Role.UNIT_LEAD: (Role.HR_ADMINISTRATOR,),
    Role.PEOPLE_PARTNER: (Role.HR_ADMINISTRATOR,),
    Role.EXECUTIVE: (Role.HR_ADMINISTRATOR,),
    Role.HR_ADMINISTRATOR: (Role.HR_ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR),
    Role.AUDITOR: (Role.SYSTEM_ADMINISTRATOR,),
    Role.SYSTEM_ADMINISTRATOR: (Role.SYSTEM_ADMINISTRATOR,),
}


def roles_granted_by(viewer: Viewer) -> list[Role]:
    """The roles that the viewer may give to others and take from them."""
    return [role for role, granters in _GRANTED_BY.items() if viewer.has_role(*granters)]


def may_see_roles(viewer: Viewer) -> Decision:
    """See who holds which role."""
    if roles_granted_by(viewer):
        return Allowed()
    return Denied(_("HR administrators and system administrators look after roles."))


def may_admit_outsider(viewer: Viewer) -> Decision:
    """Make somebody known who holds no post here."""
    if roles_granted_by(viewer):
        return Allowed()
    return Denied(_("HR administrators and system administrators let in people from outside."))


def may_grant(viewer: Viewer, employee: Employee, role: Role) -> Decision:
    """Give a role or take it."""
    if employee.pk == viewer.employee.pk:
        return Denied(_("Nobody gives a role to themselves or takes their own away."))
    if role in roles_granted_by(viewer):
        return Allowed()
    return Denied(_("You do not hand out this role."))
