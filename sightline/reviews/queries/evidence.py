"""What a rater may have before his eyes while he writes: the one place where it is put together.

Each source is a function of the viewer, the person and the span of days that the cycle looks back
on, and gives pieces that this viewer may read. Nothing is evidence here that he could not open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sightline.conversations.models import Action, Feedback
from sightline.conversations.queries.evidence import feedback_about
from sightline.conversations.queries.talks import series_seen_by
from sightline.foundation.core.spans import Span
from sightline.goals.queries.goals import goals_of_person
from sightline.goals.rules.status import Status
from sightline.people.models import Employee
from sightline.people.viewer import Viewer
from sightline.reviews.models import Form, Rating, ScalePoint
from sightline.reviews.queries.forms import forms_seen_by, point_of
from sightline.reviews.queries.results import final_ratings_of

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that a rating can rest on, as ui/evidence.html takes it."""

    key: str
    source: str
    title: str = ""
    text: str = ""
    quote: bool = False
    href: str = ""
    at: date | None = None
    topic: str = ""
    """What it is about, in the words of an item: its title."""
    kind: str = ""
    feedback: Feedback | None = None
    """The feedback whose words these are: who shows them notes that they were read."""


Source = Callable[[Viewer, Employee, Span], list[Piece]]


@dataclass(frozen=True, slots=True)
class Evidence:
    """All pieces about a person, those about the items at hand first."""

    pieces: list[Piece]
    span: Span

    @property
    def first(self) -> list[Piece]:
        """As many as one sees at once."""
        return self.pieces[:SHOWN]

    @property
    def rest(self) -> list[Piece]:
        """The others."""
        return self.pieces[SHOWN:]

    @property
    def feedback(self) -> list[Feedback]:
        """The feedback whose words are among the pieces."""
        return [piece.feedback for piece in self.pieces if piece.feedback]

    @property
    def last_on(self) -> date:
        """The last day that is looked back on."""
        return self.span.end - timedelta(days=1)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many pieces there are of each kind."""
        words = {
            "G": _("Goals"),
            "F": _("Feedback"),
            "1:1": _("One-to-ones"),
            "S": _("Self review"),
            "R": _("Earlier ratings"),
        }
        keys = [piece.key for piece in self.pieces]
        return [(words.get(key, key), keys.count(key)) for key in dict.fromkeys(keys)]


def evidence_for(
    viewer: Viewer, form: Form, topics: frozenset[str], points: Sequence[ScalePoint]
) -> Evidence:
    """What the writer of a form may see about the person, of the days the cycle looks back on.

    `topics` are the titles of the items at hand, `points` those of the scale of the form.
    """
    review = form.review
    cycle = review.cycle
    span = Span(cycle.period_from_on, cycle.period_until_on)
    pieces = [
        one for one in _of_this_review(viewer, form, points) if one.text or one.topic in topics
    ]
    for source in SOURCES:
        pieces += source(viewer, review.employee, span)
    return Evidence(sorted(pieces, key=lambda one: (one.topic not in topics, not one.text)), span)


def _day(moment: datetime | None) -> date | None:
    """The day of an instant where the reader is."""
    return timezone.localtime(moment).date() if moment else None


def _of_this_review(viewer: Viewer, form: Form, points: Sequence[ScalePoint]) -> list[Piece]:
    """What the employee wrote of himself, for the manager."""
    if form.role != Form.Role.MANAGER:
        return []
    own = Rating.objects.filter(
        form__in=forms_seen_by(viewer),
        form__review=form.review_id,
        form__role=Form.Role.SELF,
        value__isnull=False,
    )
    return [
        Piece(
            key="S",
            source=_("Self review"),
            at=_day(one.form.submitted_at),
            title=_("%(title)s: own rating %(point)s")
            % {"title": one.item.title, "point": point_of(points, one.value)},
            text=one.comment,
            quote=bool(one.comment),
            topic=one.item.title,
        )
        for one in own.select_related("form", "item").order_by("item__place")
    ]


def earlier_ratings(viewer: Viewer, employee: Employee, span: Span) -> list[Piece]:
    """The final ratings of cycles before."""
    return [
        Piece(
            key="R",
            source=one.cycle,
            at=_day(one.shared_at),
            title=f"{one.value} {one.label}",
            href=reverse("reviews:review", args=[one.review_id]) if one.may_open else "",
        )
        for one in final_ratings_of(viewer, employee)
        if one.period_until_on <= span.start
    ]


def goals(viewer: Viewer, employee: Employee, span: Span) -> list[Piece]:
    """Goals that ran in the span, as far as the viewer sees them, with how they stand or ended."""
    found = []
    for one in goals_of_person(viewer, employee, span):
        goal, standing = one.goal, one.standing
        done = standing.done_percent
        closed = goal.closing.words if goal.is_closed else ""
        found.append(
            Piece(
                key="G",
                source=str(_STATUS[one.status]) + (f", {done:.0f}%" if done is not None else ""),
                title=goal.title,
                href=reverse("goals:goal", args=[goal.pk]),
                text=closed,
                quote=bool(closed),
                at=goal.closing.on if goal.is_closed else standing.measured_on,
                topic=goal.title,
                kind=_KINDS.get(one.status, ""),
            )
        )
    return found


_STATUS = {
    Status.DRAFT: gettext_lazy("Draft"),
    Status.PROPOSED: gettext_lazy("Proposed"),
    Status.AHEAD: gettext_lazy("Ahead"),
    Status.ON_TRACK: gettext_lazy("On track"),
    Status.AT_RISK: gettext_lazy("At risk"),
    Status.BEHIND: gettext_lazy("Behind"),
    Status.NO_DATA: gettext_lazy("No value yet"),
    Status.DONE: gettext_lazy("Done"),
    Status.MISSED: gettext_lazy("Missed"),
    Status.DROPPED: gettext_lazy("Dropped"),
}
_KINDS = {
    Status.AHEAD: "good",
    Status.ON_TRACK: "good",
    Status.DONE: "good",
    Status.AT_RISK: "warn",
    Status.BEHIND: "bad",
    Status.MISSED: "bad",
}


def feedback(viewer: Viewer, employee: Employee, span: Span) -> list[Piece]:
    """What was said to the person and the viewer may read."""
    return [
        Piece(
            key="F",
            source=one.feedback.author.name,
            text=f"{one.behaviour} {one.impact}".strip(),
            quote=True,
            href=reverse("conversations:feedback", args=[one.feedback.pk]),
            at=_day(one.feedback.given_at),
            topic=one.about,
            feedback=one.feedback,
        )
        for one in feedback_about(viewer, employee, span)
    ]


def promises(viewer: Viewer, employee: Employee, span: Span) -> list[Piece]:
    """What the person promised in one-to-ones, for those who were there."""
    rows = Action.objects.filter(
        series__in=series_seen_by(viewer),
        who=employee,
        promised_at__date__gte=span.start,
        promised_at__date__lt=span.end,
    )
    rows = rows.select_related("completion").order_by("-promised_at", "-pk")
    return [
        Piece(
            key="1:1",
            source=_("done") if hasattr(one, "completion") else _("still open"),
            text=one.text,
            at=_day(one.completion.at if hasattr(one, "completion") else one.promised_at),
            kind="good" if hasattr(one, "completion") else "warn",
        )
        for one in rows[:100]
    ]


SOURCES: list[Source] = [goals, feedback, promises, earlier_ratings]
"""Where evidence comes from, in the order in which it is shown."""
