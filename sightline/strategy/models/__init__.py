"""The facts about a strategy: what is wanted, how one will know, who has taken it on."""

from sightline.strategy.models.commitments import Commitment, CommitmentStep
from sightline.strategy.models.measures import Actual, Measure, Target
from sightline.strategy.models.shares import ShareActual, TargetShare
from sightline.strategy.models.strategies import (
    Cause,
    Objective,
    Perspective,
    Strategy,
    StrategyStep,
)
from sightline.strategy.models.weighings import Weighing, WeighingAnswer

__all__ = [
    "Actual",
    "Cause",
    "Commitment",
    "CommitmentStep",
    "Measure",
    "Objective",
    "Perspective",
    "ShareActual",
    "Strategy",
    "StrategyStep",
    "Target",
    "TargetShare",
    "Weighing",
    "WeighingAnswer",
]
