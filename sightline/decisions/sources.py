"""Where evidence may come from: kinds of records about a person, and who may see which of them.

The ledger itself knows no readers, so each source asks the app that recorded it. What a proposer
may not see he cannot pick, and the sentence of a record never says more than the ledger's own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sightline.conversations.events import FeedbackGiven
from sightline.conversations.models import Feedback
from sightline.conversations.policies.feedback import feedback_visible_to
from sightline.conversations.queries.topics import about_what, with_topics
from sightline.foundation.ledger.queries import Entry
from sightline.foundation.ui.words import percent
from sightline.goals.events import GoalClosed
from sightline.goals.models import Closing, Goal
from sightline.goals.policies import goals_visible_to
from sightline.people import policies as people
from sightline.people.events import AssignmentChanged, EmployeeHired, RoleGranted
from sightline.people.models import Employee
from sightline.people.viewer import Viewer
from sightline.reviews.events import ReviewShared
from sightline.reviews.queries.results import FinalRating, final_ratings_of


@dataclass(frozen=True, slots=True)
class Told:
    """What one reader may know of a record beyond the ledger's own sentence."""

    title: str
    text: str = ""
    href: str = ""
    is_hidden: bool = False
    """Whether the reader knows no more than that there is such a record."""


Look = Callable[[Viewer, Employee, list[Entry]], dict[int, Told | None]]
"""Of these records those that the viewer may see, by number, each with what he may know of it."""


@dataclass(frozen=True, slots=True)
class Source:
    """A source of evidence: its name, the events it takes, and how a viewer sees them."""

    key: str
    label: str | Promise
    kinds: tuple[str, ...]
    look: Look


def look_at_career(
    viewer: Viewer, employee: Employee, entries: list[Entry]
) -> dict[int, Told | None]:
    """Posts and roles: whoever may open the person's file; the ledger's sentence says all."""
    if not people.may_read_file(viewer, employee):
        return {}
    return dict.fromkeys(entry.record.pk for entry in entries)


def look_at_goals(
    viewer: Viewer, _employee: Employee, entries: list[Entry]
) -> dict[int, Told | None]:
    """Goals that were closed, as far as the viewer sees the goal: what it was, how it ended."""
    seen = Goal.objects.filter(goals_visible_to(viewer))
    goals = seen.in_bulk(_ids(entries, "goal_id"))
    return {
        entry.record.pk: _goal_told(entry.event, goals[entry.event.goal_id])
        for entry in entries
        if isinstance(entry.event, GoalClosed) and entry.event.goal_id in goals
    }


def _goal_told(event: GoalClosed, goal: Goal) -> Told:
    outcome = Closing.Outcome(event.outcome).label
    done = percent(Decimal(event.done_percent)) if event.done_percent else ""
    ended = _("%(outcome)s, %(done)s done") % {"outcome": outcome, "done": done}
    return Told(goal.title, ended if done else str(outcome), reverse("goals:goal", args=[goal.pk]))


def look_at_feedback(
    viewer: Viewer, _employee: Employee, entries: list[Entry]
) -> dict[int, Told | None]:
    """Feedback that names the viewer as a reader, or that he gave: whose it is, and on what.

    Its words stand where its readers are counted.
    """
    seen = Feedback.objects.filter(feedback_visible_to(viewer))
    seen = seen.select_related("author", "competency")
    given = seen.filter(pk__in=_ids(entries, "feedback_id"))
    feedback = {one.pk: one for one in with_topics(viewer, given)}
    return {
        entry.record.pk: _feedback_told(feedback[entry.event.feedback_id])
        for entry in entries
        if isinstance(entry.event, FeedbackGiven) and entry.event.feedback_id in feedback
    }


def _feedback_told(one: Feedback) -> Told:
    words = {"kind": one.get_kind_display(), "name": one.author.name}
    href = reverse("conversations:feedback", args=[one.pk])
    return Told(_("%(kind)s by %(name)s") % words, about_what(one), href)


def look_at_reviews(
    viewer: Viewer, employee: Employee, entries: list[Entry]
) -> dict[int, Told | None]:
    """Reviews that were shared, of which the viewer may know the final rating: with its word."""
    known = {one.review_id: one for one in final_ratings_of(viewer, employee)}
    return {
        entry.record.pk: _review_told(known[entry.event.review_id])
        for entry in entries
        if isinstance(entry.event, ReviewShared) and entry.event.review_id in known
    }


def _review_told(one: FinalRating) -> Told:
    words = {"value": one.value, "highest": one.highest, "label": one.label}
    rating = _("Final rating %(value)d of %(highest)d: %(label)s") % words
    return Told(_("Review %s") % one.cycle, rating)


def _ids(entries: list[Entry], name: str) -> list[int]:
    return [getattr(entry.event, name) for entry in entries if hasattr(entry.event, name)]


SOURCES: tuple[Source, ...] = (
    Source(
        "reviews",
        gettext_lazy("Reviews shared"),
        (ReviewShared.kind(),),
        look_at_reviews,
    ),
    Source(
        "goals",
        gettext_lazy("Goals closed"),
        (GoalClosed.kind(),),
        look_at_goals,
    ),
    Source(
        "feedback",
        gettext_lazy("Feedback"),
        (FeedbackGiven.kind(),),
        look_at_feedback,
    ),
    Source(
        "career",
        gettext_lazy("Posts and roles"),
        (EmployeeHired.kind(), AssignmentChanged.kind(), RoleGranted.kind()),
        look_at_career,
    ),
)

BY_KEY = {source.key: source for source in SOURCES}


def label_of(key: str) -> str | Promise:
    """What a source is called; one that is no longer known keeps its key."""
    return BY_KEY[key].label if key in BY_KEY else key
