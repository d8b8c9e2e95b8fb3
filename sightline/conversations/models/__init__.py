"""What people say to each other: talks and what comes of them, feedback and who reads it."""

from sightline.conversations.models.feedback import (
    Decline,
    Feedback,
    FeedbackRequest,
    FeedbackVersion,
    Reading,
)
from sightline.conversations.models.talks import (
    LOCAL_DAY,
    Action,
    AgendaPoint,
    Completion,
    Meeting,
    PrivateNote,
    Series,
    Settlement,
)

__all__ = [
    "LOCAL_DAY",
    "Action",
    "AgendaPoint",
    "Completion",
    "Decline",
    "Feedback",
    "FeedbackRequest",
    "FeedbackVersion",
    "Meeting",
    "PrivateNote",
    "Reading",
    "Series",
    "Settlement",
]
