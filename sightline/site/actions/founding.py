"""The first account of an installation in which nobody is yet."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from sightline.foundation.core.dates import today
from sightline.foundation.identity.actions import (
    NewAccount,
    create_account,
    spend_founding_token,
)
from sightline.foundation.identity.models import Account
from sightline.foundation.ledger.events import Actor
from sightline.people.actions.founding import found_organisation
from sightline.people.actions.holding import hold_organisation


@dataclass(frozen=True, slots=True)
class Founder:
    """The first person; without a password, a link to set one has to be handed over."""

    name: str
    email: str
    number: str = "1"
    password: str | None = None


@transaction.atomic
def found(*, by: Actor, founder: Founder) -> Account:
    """Make the first person and the account; refused once anybody is there."""
    account = create_account(
        by=by,
        new=NewAccount(
            email=founder.email, name=founder.name, password=founder.password, confirmed=True
        ),
    )
    found_organisation(
        number=founder.number,
        name=founder.name,
        email=account.email,
        on=today(),
        account=account,
    )
    return account


@transaction.atomic
def found_by_token(*, by: Actor, token: str, founder: Founder) -> Account:
    """Make the first account for whoever shows the token; of two at once, the second is refused."""
    hold_organisation()
    spend_founding_token(by=by, token=token)
    return found(by=by, founder=founder)
