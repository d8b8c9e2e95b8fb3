"""Where evidence may come from: kinds of records about a person, and who may see which of them.

The ledger itself knows no readers, so each source asks the app that recorded it. What a proposer
may not see he cannot pick, and the sentence of a record never says more than the ledger's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sightline.conversations.events import FeedbackGiven
from sightline.conversations.models import Feedback
from sightline.conversations.policies.feedback import feedback_visible_to
from sightline.foundation.ledger.queries import Entry
from sightline.goals.events import GoalClosed
from sightline.goals.models import Goal
from sightline.goals.policies import goals_visible_to
from sightline.people import policies as people
from sightline.people.events import AssignmentChanged, EmployeeHired, RoleGranted
from sightline.people.models import Employee
from sightline.people.viewer import Viewer
from sightline.reviews.events import ReviewShared
from sightline.reviews.queries.results import final_ratings_of

Seen = Callable[[Viewer, Employee, list[Entry]], list[Entry]]


@dataclass(frozen=True, slots=True)
class Told:
    """What one reader may know of a record beyond the ledger's own sentence."""

    title: str
    text: str = ""
    href: str = ""


Tell = Callable[[Viewer, Employee, list[Entry]], dict[int, Told]]


def nothing_more(_viewer: Viewer, _employee: Employee, _entries: list[Entry]) -> dict[int, Told]:
    """The ledger's sentence says all there is."""
    return {}


@dataclass(frozen=True, slots=True)
class Source:
    """A source of evidence: its name, the events it takes, and which of them a viewer may see."""

    key: str
    label: str | Promise
    icon: str
    kinds: tuple[str, ...]
    seen: Seen
    told: Tell = nothing_more


def career_seen(viewer: Viewer, employee: Employee, entries: list[Entry]) -> list[Entry]:
    """Posts and roles: whoever may open the person's file."""
    return entries if people.may_read_file(viewer, employee) else []


def goals_seen(viewer: Viewer, _employee: Employee, entries: list[Entry]) -> list[Entry]:
    """Goals that were closed, as far as the viewer sees the goal itself."""
    return _kept(entries, _goals(viewer, entries), "goal_id")


def goals_told(viewer: Viewer, _employee: Employee, entries: list[Entry]) -> dict[int, Told]:
    """What the goal was and how it ended."""
    goals, told = _goals(viewer, entries), {}
    for entry in entries:
        event = entry.event
        if isinstance(event, GoalClosed) and (goal := goals.get(event.goal_id)):
            ended = _("%(outcome)s, %(done)s %% done") if event.done_percent else "%(outcome)s"
            words = {"outcome": event.outcome, "done": event.done_percent}
            link = reverse("goals:goal", args=[goal.pk])
            told[entry.record.pk] = Told(goal.title, ended % words, link)
    return told


def _goals(viewer: Viewer, entries: list[Entry]) -> dict[int, Goal]:
    seen = Goal.objects.filter(goals_visible_to(viewer))
    return seen.in_bulk(_ids(entries, "goal_id"))


def feedback_seen(viewer: Viewer, _employee: Employee, entries: list[Entry]) -> list[Entry]:
    """Feedback that names the viewer as a reader, or that he gave."""
    return _kept(entries, _feedback(viewer, entries), "feedback_id")


def feedback_told(viewer: Viewer, _employee: Employee, entries: list[Entry]) -> dict[int, Told]:
    """Whose feedback it is and on what; its words stand where its readers are counted."""
    feedback, told = _feedback(viewer, entries), {}
    for entry in entries:
        one = feedback.get(getattr(entry.event, "feedback_id", 0))
        if one is not None:
            words = {"kind": one.get_kind_display(), "name": one.author.name}
            on = one.competency.name if one.competency else one.topic_title
            link = reverse("conversations:feedback", args=[one.pk])
            told[entry.record.pk] = Told(_("%(kind)s by %(name)s") % words, on, link)
    return told


def _feedback(viewer: Viewer, entries: list[Entry]) -> dict[int, Feedback]:
    seen = Feedback.objects.filter(feedback_visible_to(viewer))
    seen = seen.select_related("author", "competency")
    return seen.in_bulk(_ids(entries, "feedback_id"))


def reviews_seen(viewer: Viewer, employee: Employee, entries: list[Entry]) -> list[Entry]:
    """Reviews that were shared, of which the viewer may know the final rating."""
    known = {one.review_id: one for one in final_ratings_of(viewer, employee)}
    return _kept(entries, known, "review_id")


def reviews_told(viewer: Viewer, employee: Employee, entries: list[Entry]) -> dict[int, Told]:
    """The final rating with its word, on its scale."""
    known, told = {one.review_id: one for one in final_ratings_of(viewer, employee)}, {}
    for entry in entries:
        one = known.get(getattr(entry.event, "review_id", 0))
        if one is not None:
            words = {"value": one.value, "highest": one.highest, "label": one.label}
            rating = _("Final rating %(value)d of %(highest)d: %(label)s") % words
            told[entry.record.pk] = Told(_("Review %s") % one.cycle, rating)
    return told


def _ids(entries: list[Entry], name: str) -> list[int]:
    return [getattr(entry.event, name) for entry in entries if hasattr(entry.event, name)]


def _kept(entries: list[Entry], known: Mapping[int, object], name: str) -> list[Entry]:
    return [entry for entry in entries if getattr(entry.event, name, None) in known]


SOURCES: tuple[Source, ...] = (
    Source(
        "reviews",
        gettext_lazy("Reviews shared"),
        "clipboard-check",
        (ReviewShared.kind(),),
        reviews_seen,
        reviews_told,
    ),
    Source(
        "goals",
        gettext_lazy("Goals closed"),
        "target",
        (GoalClosed.kind(),),
        goals_seen,
        goals_told,
    ),
    Source(
        "feedback",
        gettext_lazy("Feedback"),
        "message-square-quote",
        (FeedbackGiven.kind(),),
        feedback_seen,
        feedback_told,
    ),
    Source(
        "career",
        gettext_lazy("Posts and roles"),
        "briefcase",
        (EmployeeHired.kind(), AssignmentChanged.kind(), RoleGranted.kind()),
        career_seen,
    ),
)

BY_KIND = {kind: source for source in SOURCES for kind in source.kinds}
BY_KEY = {source.key: source for source in SOURCES}


def label_of(key: str) -> str | Promise:
    """What a source is called; one that is no longer known keeps its key."""
    return BY_KEY[key].label if key in BY_KEY else key
