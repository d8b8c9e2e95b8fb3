"""What follows when a goal changes: those concerned are told, each once, by a job."""

from __future__ import annotations

from sightline.foundation.ledger.listen import Told, listens_to, listens_to_many
from sightline.foundation.ledger.models import Record
from sightline.goals import jobs
from sightline.goals.actions.following import follow_objectives
from sightline.goals.events import (
    ContributionConfirmed,
    ContributionRemoved,
    GoalAccepted,
    GoalAgreed,
    GoalClosed,
    GoalProposed,
    HelpAnswered,
    HelpAsked,
    HelpLapsed,
    HelpWithdrawn,
    MediationAsked,
    ProposalEnded,
    Recommended,
    SideTakenOver,
)
from sightline.goals.queries.proposals import all_proposals
from sightline.people.events import (
    AssignmentChanged,
    EmploymentEnded,
    RoleEnded,
    RoleGranted,
)
from sightline.strategy.events import StrategyBroughtIntoForce


@listens_to_many(
    *(GoalProposed, GoalAccepted, GoalAgreed, GoalClosed),
    *(ContributionConfirmed, ContributionRemoved),
    *(HelpAsked, HelpAnswered, HelpWithdrawn, HelpLapsed),
    *(SideTakenOver, ProposalEnded, MediationAsked, Recommended),
)
def tell_those_concerned(changes: Told) -> None:
    """Ask for those to be told whom changes concern; one job for what was recorded together."""
    jobs.tell_of_changes.enqueue([record.pk for _event, record in changes])


@listens_to_many(AssignmentChanged, EmploymentEnded, RoleGranted, RoleEnded)
def follow_people(changes: Told) -> None:
    """Ask for proposals to be looked at when people change; what is planned waits for its day."""
    if all_proposals().exists():
        jobs.follow_people.enqueue()


@listens_to(StrategyBroughtIntoForce)
def follow_the_strategy(event: StrategyBroughtIntoForce, record: Record) -> None:
    """Let goals follow what stays as it is; ask for the owners of the others to be told."""
    if event.superseded_id:
        follow_objectives(strategy_id=event.strategy_id, former_id=event.superseded_id)
        jobs.tell_of_strategy.enqueue(record.pk)
