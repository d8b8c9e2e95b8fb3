"""The course of a decision: which stage may follow which."""

from __future__ import annotations

DRAFT = "draft"
PROPOSED = "proposed"
CHECKED = "checked"
REPLY = "reply"
APPROVED = "approved"
CARRIED_OUT = "carried_out"
SENT_BACK = "sent_back"
REJECTED = "rejected"
WITHDRAWN = "withdrawn"

NEXT: dict[str, frozenset[str]] = {
    DRAFT: frozenset({PROPOSED, WITHDRAWN}),
    PROPOSED: frozenset({CHECKED, SENT_BACK, WITHDRAWN}),
    CHECKED: frozenset({REPLY, SENT_BACK, WITHDRAWN}),
    REPLY: frozenset({APPROVED, SENT_BACK, REJECTED, WITHDRAWN}),
    APPROVED: frozenset({CARRIED_OUT, WITHDRAWN}),
    SENT_BACK: frozenset({PROPOSED, WITHDRAWN}),
    CARRIED_OUT: frozenset(),
    REJECTED: frozenset(),
    WITHDRAWN: frozenset(),
}
"""What may follow each stage. What was sent back is written anew and proposed again."""

COURSE = (DRAFT, PROPOSED, CHECKED, REPLY, APPROVED, CARRIED_OUT)
"""The stages of a decision that nobody stops, in order."""

WRITABLE = frozenset({DRAFT, SENT_BACK})
"""Where the proposer may still write."""

UNDER_WAY = frozenset({PROPOSED, CHECKED, REPLY, APPROVED})
"""Where somebody has to do something."""

ENDED = frozenset({CARRIED_OUT, REJECTED, WITHDRAWN})
"""Where nothing follows."""


def may_follow(stage: str, following: str) -> bool:
    """Whether a decision may go from one stage to another."""
    return following in NEXT[stage]


def steps_done(stage: str, furthest: str = DRAFT) -> int:
    """How many steps of the course are behind a decision, its present one among them.

    Of a decision that was stopped: those up to the furthest stage that it reached.
    """
    place = stage if stage in COURSE else furthest
    return COURSE.index(place) + 1
