"""Feedback given and asked for is told to whom it concerns, once, by a job."""

from __future__ import annotations

from sightline.conversations import jobs
from sightline.conversations.actions.telling import is_news
from sightline.conversations.events import (
    ActionCompleted,
    FeedbackAsked,
    FeedbackDeclined,
    FeedbackGiven,
    FeedbackRevised,
)
from sightline.foundation.ledger.listen import Told, listens_to_many


@listens_to_many(FeedbackGiven, FeedbackRevised, FeedbackAsked, FeedbackDeclined, ActionCompleted)
def tell_those_concerned(changes: Told) -> None:
    """Ask for those to be told whom events concern; one job for what was recorded together."""
    news = [record.pk for event, record in changes if is_news(event, record.at.date())]
    if news:
        jobs.tell_of.enqueue(news)
