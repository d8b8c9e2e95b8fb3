"""Feedback and requests for it, as the viewer may see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.utils.translation import gettext as _

from sightline.conversations import policies
from sightline.conversations.models import Feedback, FeedbackRequest, FeedbackVersion, Reading
from sightline.conversations.wording import read_by
from sightline.foundation.core.fingerprints import fingerprint
from sightline.people.models import Assignment, Competency, Employee
from sightline.people.queries.people import employees_seen_by
from sightline.people.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Readership:
    """Who could read feedback about somebody, named: the manager and the unit of that day."""

    subject: Employee
    manager: Employee | None
    unit: str

    @property
    def mark(self) -> str:
        """A sign that changes when others would read what the same choices name."""
        return fingerprint(self.manager.pk if self.manager else "", self.unit)

    def choices(self) -> list[tuple[str, str]]:
        """What may be chosen, each in words."""
        possible = {
            Feedback.Readers.SUBJECT: True,
            Feedback.Readers.MANAGER: self.manager is not None,
            Feedback.Readers.UNIT: bool(self.unit),
            Feedback.Readers.EVERYONE: True,
        }
        return [
            (readers, self.words(readers)) for readers, is_there in possible.items() if is_there
        ]

    def words_for_asker(self, request: FeedbackRequest) -> str:
        """When who asks about another reads the answer, in words; empty if it is for himself."""
        if request.asker_id == self.subject.pk:
            return ""
        if self.manager == request.asker:
            words = _("%s, who asks, reads your answer only if you name the manager as a reader.")
        else:
            words = _("%s, who asked, is not the manager today and reads what everybody reads.")
        return words % request.asker.name

    def words(self, readers: str) -> str:
        """One choice in words."""
        manager = self.manager.name if self.manager else ""
        return read_by(readers, subject=self.subject.name, manager=manager, unit=self.unit)


def readership_of(viewer: Viewer, subject: Employee) -> Readership:
    """Who could read feedback that the viewer gives to somebody today."""
    posts = Assignment.objects.on(viewer.today).filter(employee=subject)
    post = posts.select_related("manager", "position__unit").first()
    manager = post.manager if post else None
    is_author = manager is not None and manager.pk == viewer.employee.pk
    return Readership(
        subject, None if is_author else manager, post.position.unit.name if post else ""
    )


def words_of_readers(feedback: Feedback) -> str:
    """Who reads a piece of feedback, in words."""
    return read_by(
        feedback.readers,
        subject=feedback.subject.name,
        manager=feedback.manager.name if feedback.manager else "",
        unit=feedback.unit.name if feedback.unit else "",
    )


def feedback_seen_by(viewer: Viewer) -> QuerySet[Any]:
    """All that the viewer reads; of each, whether its last version was read (`is_read`).

    `behaviour` is what it says, for those who have read it or wrote it; None for everybody else,
    who reads it on its page. A list shows no more.
    """
    latest = FeedbackVersion.objects.filter(feedback=OuterRef("pk")).order_by("-number")
    read = Reading.objects.filter(
        reader=viewer.employee, version__feedback=OuterRef("pk"), version__number=OuterRef("number")
    )
    knows = Q(is_read=True) | Q(author=viewer.employee)
    return (
        Feedback.objects.filter(policies.feedback_visible_to(viewer))
        .select_related("author", "subject", "competency", "manager", "unit")
        .annotate(number=Subquery(latest.values("number")[:1]))
        .annotate(is_read=Exists(read))
        .annotate(behaviour=Case(When(knows, then=Subquery(latest.values("behaviour")[:1]))))
    )


def received(viewer: Viewer) -> QuerySet[Any]:
    """What was said to the viewer."""
    return feedback_seen_by(viewer).filter(subject=viewer.employee)


def given(viewer: Viewer) -> QuerySet[Any]:
    """What the viewer said."""
    return feedback_seen_by(viewer).filter(author=viewer.employee)


def around(viewer: Viewer) -> QuerySet[Any]:
    """What others said to others and the viewer may read: recognition, and as a manager."""
    mine = Q(author=viewer.employee) | Q(subject=viewer.employee)
    return feedback_seen_by(viewer).exclude(mine)


def one_feedback(viewer: Viewer, feedback_id: int) -> Any:
    """A piece of feedback that the viewer reads, with all it ever said, the last words first."""
    readings = Reading.objects.select_related("reader")
    versions = FeedbackVersion.objects.prefetch_related(Prefetch("readings", readings))
    rows = feedback_seen_by(viewer).select_related("answers__asker")
    return rows.prefetch_related(Prefetch("versions", versions)).filter(pk=feedback_id).first()


def requests_seen_by(viewer: Viewer) -> QuerySet[FeedbackRequest]:
    """Requests that exist for the viewer."""
    rows = FeedbackRequest.objects.filter(policies.requests_visible_to(viewer))
    return rows.select_related("asker", "asked", "about", "decline", "answer")


def requests_waiting_for(viewer: Viewer) -> QuerySet[FeedbackRequest]:
    """What the viewer was asked and has neither answered nor declined, the oldest first."""
    rows = requests_seen_by(viewer).filter(asked=viewer.employee)
    return rows.filter(answer__isnull=True, decline__isnull=True).order_by("asked_at", "pk")


def competencies() -> QuerySet[Competency]:
    """What feedback can be tied to."""
    return Competency.objects.all()


def one_request(viewer: Viewer, key: str) -> FeedbackRequest | None:
    """A request that exists for the viewer."""
    is_key = key.isdecimal() and len(key) < 16
    return requests_seen_by(viewer).filter(pk=int(key)).first() if is_key else None


def answer_seen_by(viewer: Viewer, request: FeedbackRequest) -> Any:
    """The answer to a request, when the viewer is one of its readers."""
    return feedback_seen_by(viewer).filter(answers=request).first()


def state_of(request: FeedbackRequest) -> str:
    """What has become of a request: open, answered or declined."""
    if hasattr(request, "answer"):
        return "answered"
    return "declined" if hasattr(request, "decline") else "open"


def reason_seen_by(viewer: Viewer, request: FeedbackRequest) -> str:
    """Why a request was declined, for those two who read that; nothing for anybody else."""
    declined = hasattr(request, "decline") and policies.may_read_reason(viewer, request)
    return request.decline.reason if declined else ""


def colleague(viewer: Viewer, key: str) -> Employee | None:
    """A person that exists for the viewer, by the key in an address."""
    is_key = key.isdecimal() and len(key) < 16
    return employees_seen_by(viewer).filter(pk=int(key)).first() if is_key else None
