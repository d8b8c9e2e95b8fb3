"""Putting policies in force."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.decisions import policies
from sightline.decisions.events import PolicySet
from sightline.decisions.models import Policy
from sightline.decisions.rules.kinds import OPEN, Needs
from sightline.foundation.access.decisions import require
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.record import record
from sightline.foundation.ui.words import day
from sightline.people.viewer import Viewer


@transaction.atomic
def put_policy_in_force(
    *, by: Viewer, kind: str, needs: Needs, on: date, reason: str = ""
) -> Policy:
    """Let a kind of decision need something else from a day on. What was checked stays checked."""
    require(policies.may_set_policies(by))
    if kind not in OPEN:
        raise Refused(_("This kind of decision cannot be proposed yet."), field="kind")
    if on < by.today:
        words = _("Give a day from today on: nobody is judged by what nobody knew.")
        raise Refused(words, field="on")
    versions = Policy.objects.select_for_update(no_key=True).filter(kind=kind)
    last = versions.order_by("-version").first()
    if last and on <= last.from_on:
        words = _("The last version holds from %s on. A new one begins later.")
        raise Refused(words % day(last.from_on), field="on")
    if last:
        last.until_on = on
        last.save()
    values = asdict(needs) | {"version": last.version + 1 if last else 1}
    policy = Policy.objects.create(kind=kind, from_on=on, by=by.employee, reason=reason, **values)
    after = {name: str(value) for name, value in values.items()}
    record(PolicySet(kind, policy.version, on.isoformat(), after), by=by, reason=reason)
    return policy
