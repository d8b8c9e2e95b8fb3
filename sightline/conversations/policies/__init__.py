"""Who may read what people say to each other, and who may say what."""

from sightline.conversations.policies.feedback import (
    feedback_visible_to,
    may_answer,
    may_ask_about,
    may_give,
    may_read,
    may_read_reason,
    may_revise,
    may_see_readings,
    requests_visible_to,
)
from sightline.conversations.policies.talks import (
    may_bring_in_past,
    may_carry_on,
    may_complete,
    may_count_rhythms,
    may_keep_note,
    may_open_series,
    may_talk,
    may_watch_rhythms,
    notes_visible_to,
    rhythms_visible_to,
    series_visible_to,
)

__all__ = [
    "feedback_visible_to",
    "may_answer",
    "may_ask_about",
    "may_bring_in_past",
    "may_carry_on",
    "may_complete",
    "may_count_rhythms",
    "may_give",
    "may_keep_note",
    "may_open_series",
    "may_read",
    "may_read_reason",
    "may_revise",
    "may_see_readings",
    "may_talk",
    "may_watch_rhythms",
    "notes_visible_to",
    "requests_visible_to",
    "rhythms_visible_to",
    "series_visible_to",
]
