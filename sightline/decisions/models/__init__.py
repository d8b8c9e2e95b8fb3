"""Decisions about people: what was proposed, on what it rests, who did what about it."""

from sightline.decisions.models.acts import (
    Award,
    Checking,
    Execution,
    Hindrance,
    Opening,
    Passing,
    Reply,
    Verdict,
    Withdrawal,
)
from sightline.decisions.models.decisions import (
    Check,
    Decision,
    Evidence,
    Kind,
    Policy,
    Proposal,
)

__all__ = [
    "Award",
    "Check",
    "Checking",
    "Decision",
    "Evidence",
    "Execution",
    "Hindrance",
    "Kind",
    "Opening",
    "Passing",
    "Policy",
    "Proposal",
    "Reply",
    "Verdict",
    "Withdrawal",
]
