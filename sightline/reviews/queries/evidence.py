"""What a rater may have before his eyes while he writes: the one place where it is put together.

Each source is a function of the viewer, the person and the span of days that the cycle looks back
on, and gives pieces that this viewer may read. Nothing is evidence here that he could not open.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from sightline.foundation.core.spans import Span
from sightline.people.models import Employee
from sightline.people.viewer import Viewer
from sightline.reviews.models import Form
from sightline.reviews.queries.forms import forms_of_review, sheet_of
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
    at: date | datetime | None = None
    topic: str = ""
    """What it is about, in the words of an item: its title."""
    kind: str = ""


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


def evidence_for(viewer: Viewer, form: Form, topics: frozenset[str] = frozenset()) -> Evidence:
    """What the writer of a form may see about the person, of the days the cycle looks back on."""
    review = form.review
    cycle = review.cycle
    span = Span(cycle.period_from_on, cycle.period_until_on)
    pieces = _of_this_review(viewer, form)
    for source in SOURCES:
        pieces += source(viewer, review.employee, span)
    return Evidence(sorted(pieces, key=lambda piece: piece.topic not in topics), span)


def _of_this_review(viewer: Viewer, form: Form) -> list[Piece]:
    """What the employee wrote of himself, for the manager."""
    if form.role != Form.Role.MANAGER:
        return []
    own = forms_of_review(viewer, form.review).get(Form.Role.SELF)
    if own is None:
        return []
    sheet = sheet_of(own)
    return [
        Piece(
            key="S",
            source=_("Self review"),
            at=own.submitted_at,
            title=_("%(title)s: rates himself %(point)s")
            % {"title": one.item.title, "point": one.point}
            if one.point
            else one.item.title,
            text=one.comment,
            quote=bool(one.comment),
            topic=one.item.title,
        )
        for section in sheet.sections
        for one in section.items
        if one.point or one.comment
    ]


def earlier_ratings(viewer: Viewer, employee: Employee, span: Span) -> list[Piece]:
    """The final ratings of cycles before."""
    return [
        Piece(
            key="R",
            source=one.cycle,
            at=one.shared_at,
            title=f"{one.value} {one.label}",
            href=reverse("reviews:review", args=[one.review_id]),
        )
        for one in final_ratings_of(viewer, employee)
        if one.period_until_on <= span.start
    ]


SOURCES: list[Source] = [earlier_ratings]
"""Where evidence comes from, in the order in which it is shown."""
