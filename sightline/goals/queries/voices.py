"""What either side did with the goals of a period: who drafted, answered, said a word with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q, QuerySet

from sightline.goals.models import Acceptance, Goal, Revision, Side


def acts_in(goals: QuerySet[Goal]) -> dict[int, set[str]]:
    """By goal what was done with it, such as "drafted:owner". Only goals that everyone may see.

    What HR brought from a file was drafted by neither side, what a mediator put forward is from
    neither. A word counts that came with an acceptance, before or when it was agreed.
    """
    rows = goals.filter(visibility=Goal.Visibility.EVERYONE)
    found: dict[int, set[str]] = {key: set() for key in rows.values_list("pk", flat=True)}
    of_these = {"goal__in": rows.values("pk")}
    drafts = Revision.objects.filter(number=1, **of_these)
    by_lead = Q(side=Side.LEAD, acceptances__side=Side.LEAD, acceptances__by=F("author"))
    _add(found, "drafted", drafts.filter(Q(side=Side.OWNER) | by_lead))
    answers = Revision.objects.filter(number__gt=1, recommendation=None, **of_these)
    _add(found, "answered", answers)
    words = Acceptance.objects.filter(revision__goal__in=rows.values("pk")).exclude(words="")
    _add(found, "commented", words.annotate(goal=F("revision__goal")))
    return found


def _add(found: dict[int, set[str]], act: str, rows: QuerySet[Any]) -> None:
    told: Iterable[tuple[int, str]] = rows.order_by().values_list("goal", "side").distinct()
    for goal, side in told:
        if goal in found:
            found[goal].add(f"{act}:{side}")
