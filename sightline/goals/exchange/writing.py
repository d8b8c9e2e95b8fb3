"""From a plan to the actions that write it and take it back."""

from __future__ import annotations

from typing import Any

from sightline.goals.actions import importing
from sightline.people.exchange.further import Reported
from sightline.people.exchange.plan import Plan
from sightline.people.viewer import Viewer


def carry_out(by: Viewer, plan: Plan, import_id: int, report: Reported) -> Any:
    """Propose the goals of a plan; tells what `take_back` needs."""
    return importing.propose_goals(by=by, brought=plan.further, import_id=import_id, report=report)


def take_back(by: Viewer, before: Any, import_id: int, report: Reported) -> None:
    """Take back what nobody has answered yet."""
    importing.take_goals_back(by=by, goals=before, import_id=import_id, report=report)
