"""What needs the viewer, the nearest first: from what is really open, never from notices."""

from __future__ import annotations

from typing import Any

from sightline.goals.queries.goals import AtHand
from sightline.people.viewer import Viewer
from sightline.site.needs import administration, open_ends, work
from sightline.site.needs.need import Need

__all__ = ["Need", "needs_of"]


def needs_of(viewer: Viewer, team: list[Any], goals: AtHand) -> list[Need]:
    """All that waits for the viewer.

    `team` as teams.team_now_and_soon gives it, `goals` as goals_at_hand does. What most apps have
    to tell is read at once.
    """
    found = [
        *open_ends.told(open_ends.read(viewer), viewer.today),
        *work.of_a_manager(viewer, team),
        *administration.of_operations(viewer),
    ]
    if viewer.is_employed:
        found += work.of_goals(viewer, goals)
    return sorted(found, key=lambda need: (need.due_on, need.title))
