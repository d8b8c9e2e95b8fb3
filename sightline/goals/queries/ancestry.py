"""Everything that lies above some goals, in one read whatever the depth."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection

UPWARDS = """
WITH RECURSIVE up (goal_id) AS (
  SELECT id FROM goals_goal WHERE id IN ({places})
  UNION
  SELECT link.parent_id FROM goals_contribution link JOIN up ON link.goal_id = up.goal_id
  WHERE link.parent_id IS NOT NULL
)
SELECT goal_id FROM up
"""


def upwards_from(goals: Collection[int]) -> list[int]:
    """The keys of these goals and of all that they lead to."""
    if not goals:
        return []
    statement = UPWARDS.format(places=", ".join(["%s"] * len(goals)))
    with connection.cursor() as cursor:
        cursor.execute(statement, list(goals))
        return [key for (key,) in cursor.fetchall()]
