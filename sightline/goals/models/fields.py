from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import models

from sightline.goals.rules.milestones import Milestone

TITLE_LENGTH = 160


class MilestonesField(models.JSONField):
    """The milestones of a wording: part of what it says, so they stand in it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"default": tuple, "blank": True})

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> tuple[Milestone, ...]:
        """Milestones from what the database holds; none where an outer join found no goal."""
        rows = super().from_db_value(value, expression, connection)
        return tuple(
            Milestone(
                number=row["number"],
                title=row["title"],
                weight=row["weight"],
                due_on=row["due_on"] and date.fromisoformat(row["due_on"]),
            )
            for row in rows or ()
        )

    def get_prep_value(self, value: Any) -> Any:
        """Milestones as the database holds them."""
        rows = [asdict(one) if isinstance(one, Milestone) else one for one in value]
        return [row | {"due_on": row["due_on"] and str(row["due_on"])} for row in rows]
