"""What administrators do about accounts. Identity knows no roles, so who may is asked here."""

from __future__ import annotations

from django.db import transaction

from sightline.foundation.access.decisions import require
from sightline.foundation.identity import actions as identity
from sightline.foundation.identity.models import Account
from sightline.people.actions.employments import connect_account
from sightline.people.models import Employee
from sightline.people.viewer import Viewer
from sightline.site import policies


@transaction.atomic
def give_account(*, by: Viewer, employee: Employee) -> Account:
    """Make an account for somebody who works here, and send the invitation."""
    require(policies.may_give_account(by, employee))
    new = identity.NewAccount(
        email=employee.email, name=employee.name, time_zone=employee.time_zone
    )
    account = identity.create_account(by=by, new=new)
    connect_account(by=by, employee=employee, account=account)
    identity.invite(by=by, account=account)
    return account


def invite(*, by: Viewer, account: Account) -> None:
    """Send the link to set a password, the first time or again."""
    require(policies.may_manage_accounts(by))
    identity.invite(by=by, account=account)


def close(*, by: Viewer, account: Account, reason: str = "") -> None:
    """Shut the account and end its sessions."""
    require(policies.may_close_account(by, account))
    identity.close_account(by=by, account=account, reason=reason)


def reopen(*, by: Viewer, account: Account) -> None:
    """Let the account be used again."""
    require(policies.may_manage_accounts(by))
    identity.reopen_account(by=by, account=account)


def end_sessions(*, by: Viewer, account: Account) -> None:
    """Sign the owner out everywhere."""
    require(policies.may_manage_accounts(by))
    identity.end_sessions(by=by, account=account)


def require_second_factor(*, by: Viewer, account: Account, required: bool) -> None:
    """Say whether the owner must have a second factor."""
    require(policies.may_manage_accounts(by))
    identity.require_second_factor(by=by, account=account, required=required)


def remove_second_factors(*, by: Viewer, account: Account) -> None:
    """Help an owner who has lost every device: the password alone lets in again."""
    require(policies.may_close_account(by, account))
    identity.remove_second_factors(by=by, account=account)


def change_address(*, by: Viewer, account: Account, email: str) -> None:
    """Give the account another e-mail address, which its owner must confirm."""
    require(policies.may_manage_accounts(by))
    identity.change_address(by=by, account=account, email=email)
