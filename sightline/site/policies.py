"""Who may look after the installation."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import Allowed, Decision, Denied
from sightline.foundation.identity.models import Account
from sightline.people.models import Employee, Role, RoleGrant
from sightline.people.policies import may_change_employee
from sightline.people.queries.people import here_or_coming
from sightline.people.viewer import Viewer


def may_operate(viewer: Viewer) -> Decision:
    """See what the house does in the background, and act where it failed."""
    if viewer.has_role(Role.SYSTEM_ADMINISTRATOR):
        return Allowed()
    return Denied(_("System administrators look after the work in the background."))


def may_read_ledger(viewer: Viewer) -> Decision:
    """Read what happened to everybody, and take proofs of it out of the house."""
    if viewer.has_role(Role.AUDITOR):
        return Allowed()
    return Denied(_("Auditors read the ledger. What is recorded about you is on your own page."))


def may_manage_accounts(viewer: Viewer) -> Decision:
    """See who can sign in; invite, close, reopen, help those who are locked out."""
    if viewer.has_role(Role.SYSTEM_ADMINISTRATOR):
        return Allowed()
    return Denied(_("System administrators look after accounts."))


def may_close_account(viewer: Viewer, account: Account) -> Decision:
    """Shut an account; not one's own, or nobody might be left to open it again."""
    if viewer.account == account:
        return Denied(_("You cannot close your own account. Ask another administrator."))
    return may_manage_accounts(viewer)


def may_give_account(viewer: Viewer, employee: Employee) -> Decision:
    """Make an account for somebody who has none, to the e-mail address that HR knows."""
    if employee.account_id:
        return Denied(_("%s has an account already.") % employee.name)
    if not employee.email:
        return Denied(_("Give %s an e-mail address first.") % employee.name)
    return may_invite_person(viewer, employee)


def may_begin(viewer: Viewer) -> Decision:
    """See the list of how an organisation begins, and put steps of it off."""
    if viewer.is_hr_administrator:
        return Allowed()
    return Denied(_("HR administrators set the organisation up."))


def may_invite(viewer: Viewer) -> Decision:
    """Invite people to sign in: HR administrators, and people partners those of their units."""
    if viewer.has_role(Role.HR_ADMINISTRATOR, Role.PEOPLE_PARTNER):
        return Allowed()
    return Denied(_("HR administrators and people partners invite people."))


def may_invite_person(viewer: Viewer, employee: Employee) -> Decision:
    """Send the link by which somebody comes in: to those who work here or hold a role, or will."""
    stays = Employee.objects.filter(here_or_coming(viewer.today), pk=employee.pk)
    roles = RoleGrant.objects.filter(employee=employee, until_on__gt=viewer.today)
    if not stays.exists() and not roles.exists():
        return Denied(_("%s does not work here and holds no role.") % employee.name)
    return may_change_employee(viewer, employee)
