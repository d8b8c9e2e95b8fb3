"""What people are told when levels are judged and plans move on. Each is told once, by a job."""

from __future__ import annotations

from sightline.development import jobs
from sightline.development.actions.telling import is_news
from sightline.development.events import (
    LevelsShown,
    PlanAgreed,
    PlanChanged,
    PlanClosed,
    PlanProposed,
)
from sightline.foundation.ledger.listen import Told, listens_to_many


@listens_to_many(LevelsShown, PlanProposed, PlanAgreed, PlanChanged, PlanClosed)
def tell_those_concerned(changes: Told) -> None:
    """Ask for those to be told whom it concerns; one job for what was recorded together."""
    news = [record.pk for event, record in changes if is_news(event, record.at.date())]
    if news:
        jobs.tell_of_growth.enqueue(news)
