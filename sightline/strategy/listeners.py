"""What people are told about commitments and parts of targets. Each is told once, by a job."""

from __future__ import annotations

from sightline.foundation.ledger.listen import Told, listens_to_many
from sightline.strategy import jobs
from sightline.strategy.events import (
    CommitmentAgreed,
    CommitmentPassedBack,
    CommitmentProposed,
    StrategyBroughtIntoForce,
    TargetSplit,
    WeighingAsked,
)


@listens_to_many(CommitmentProposed, CommitmentAgreed, CommitmentPassedBack)
def tell_those_concerned(steps: Told) -> None:
    """Ask for those to be told whom the steps concern; one job for what was recorded together."""
    jobs.tell_of_commitments.enqueue([record.pk for _event, record in steps])


@listens_to_many(TargetSplit)
def tell_the_leads(splits: Told) -> None:
    """Ask for the leads of the units to be told whose part of a target changed."""
    jobs.tell_of_shares.enqueue([record.pk for _event, record in splits])


@listens_to_many(WeighingAsked)
def tell_those_asked(asked: Told) -> None:
    """Ask for those to be told who are asked how effort is to be shared out."""
    jobs.tell_of_questions.enqueue([record.pk for _event, record in asked])


@listens_to_many(StrategyBroughtIntoForce)
def tell_of_the_next_version(brought: Told) -> None:
    """Ask for the leads of units to be told whose commitments ended with their objectives."""
    jobs.tell_of_versions.enqueue([record.pk for _event, record in brought])
