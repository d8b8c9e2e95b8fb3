"""What units take on: proposed by the lead, agreed by an executive, passed back by either."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.record import record
from sightline.people.actions.holding import hold_organisation
from sightline.people.models import Unit
from sightline.people.viewer import Viewer
from sightline.strategy import policies
from sightline.strategy.events import (
    AboutCommitment,
    CommitmentAgreed,
    CommitmentPassedBack,
    CommitmentProposed,
)
from sightline.strategy.models import Commitment, CommitmentStep, Objective
from sightline.strategy.rules.numbers import plain
from sightline.strategy.rules.shares import effort_fault
from sightline.strategy.rules.stages import COMMITMENT, can_go

Stage = Commitment.Stage
EVENTS: dict[Stage, type[AboutCommitment]] = {
    Stage.PROPOSED: CommitmentProposed,
    Stage.AGREED: CommitmentAgreed,
    Stage.PASSED_BACK: CommitmentPassedBack,
}


@transaction.atomic
def propose_commitment(
    *, by: Viewer, unit: Unit, objective: Objective, share_percent: Decimal, note: str = ""
) -> Commitment:
    """Offer a share of a unit's effort to an objective, or offer another share than before.

    What was agreed before holds until the new share is agreed.
    """
    hold_organisation(unit, objective)
    require(policies.may_propose_commitment(by, unit))
    _refuse_what_cannot_be_taken_on(by, unit, objective, share_percent)
    known = Commitment.objects.filter(unit=unit, objective=objective).first()
    commitment = known or Commitment(unit=unit, objective=objective)
    commitment.share_percent = share_percent
    _go(commitment, Stage.PROPOSED, by, note)
    return commitment


@transaction.atomic
def agree_commitment(*, by: Viewer, commitment: Commitment) -> None:
    """Accept the share that is proposed."""
    hold_organisation(commitment)
    require(policies.may_agree_commitment(by, commitment))
    refuse_step(commitment, Stage.AGREED)
    commitment.agreed_percent = commitment.share_percent
    _go(commitment, Stage.AGREED, by, "")


@transaction.atomic
def pass_back_commitment(*, by: Viewer, commitment: Commitment, reason: str) -> None:
    """Send a proposal back, with the reason."""
    hold_organisation(commitment)
    require(policies.may_pass_back_commitment(by, commitment))
    refuse_step(commitment, Stage.PASSED_BACK)
    if not reason.strip():
        raise Refused(_("Say why, so that the next proposal can be another."), field="reason")
    _go(commitment, Stage.PASSED_BACK, by, reason)


@transaction.atomic
def ask_anew(*, by: Viewer, commitment: Commitment, note: str) -> None:
    """Pass back what a unit took on of an objective that has become another."""
    require(policies.may_draft_strategy(by))
    _go(commitment, Stage.PASSED_BACK, by, note)


def refuse_step(commitment: Commitment, to: Stage) -> None:
    """Refuse to answer where nothing is proposed."""
    if not can_go(COMMITMENT, commitment.stage, to):
        raise Refused(_("Nothing is proposed at the moment. Look at the page again."))


def _refuse_what_cannot_be_taken_on(
    by: Viewer, unit: Unit, objective: Objective, share_percent: Decimal
) -> None:
    if not objective.strategy.is_in_force:
        raise Refused(_("Only a strategy in force is taken on."), field="objective")
    if by.today not in unit.span:
        raise Refused(_("%s does not stand today.") % unit.name)
    if not 0 < share_percent <= 100:
        raise Refused(_("A share lies above 0 and up to 100%."), field="share_percent")
    others = Commitment.objects.filter(unit=unit, objective__strategy=objective.strategy)
    shares = [one.claimed_percent for one in others.exclude(objective=objective)]
    if (total := effort_fault([*shares, share_percent])) is not None:
        words = _("Together the unit would take on %s%% of its effort; it has 100%%.")
        raise Refused(words % plain(total), field="share_percent")


def _go(commitment: Commitment, to: Stage, by: Viewer, note: str) -> None:
    commitment.stage = to
    commitment.save()
    step = CommitmentStep.objects.create(
        commitment=commitment,
        act=to,
        by=by.employee,
        on=by.today,
        share_percent=commitment.share_percent,
        note=note,
    )
    event = EVENTS[to](
        commitment.pk,
        commitment.unit.name,
        commitment.objective.title,
        plain(commitment.share_percent),
        step.pk,
    )
    record(event, by=by, reason=note)
