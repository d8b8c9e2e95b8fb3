"""Everything that lies above some goals, or below an objective, whatever the depth."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import connection
from django.db.models.expressions import RawSQL

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
    with connection.cursor() as cursor:
        cursor.execute(UPWARDS.format(places=_written(goals)))
        return [key for (key,) in cursor.fetchall()]


def above(goals: Collection[int]) -> RawSQL:
    """The same within another query: `goal__in=above(…)`."""
    return RawSQL(UPWARDS.format(places=_written(goals) or "NULL"), [])  # noqa: S611  # numbers only


def _written(keys: Iterable[int]) -> str:
    """Keys as a statement holds them: there may be more of them than it takes parameters."""
    return ", ".join(str(int(key)) for key in keys)


def among(keys: Iterable[int]) -> RawSQL:
    """However many keys, none too: `pk__in=among(keys)`."""
    return RawSQL(_written(keys) or "NULL", [])  # noqa: S611  # numbers only


BELOW = """
WITH RECURSIVE way (goal_id) AS (
  SELECT goal_id FROM goals_contribution WHERE objective_id = %s
  UNION
  SELECT link.goal_id FROM goals_contribution link JOIN way ON link.parent_id = way.goal_id
)
SELECT goal_id FROM way
"""


def leading_to(objective: int) -> RawSQL:
    """The keys of all goals that lead to an objective, through others too: `pk__in=…`."""
    return RawSQL(BELOW, [objective])  # noqa: S611  # nothing typed is in it
