"""Feedback: given, put in other words, read. Nothing said is unsaid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from sightline.conversations import policies, rules
from sightline.conversations.actions.requests import refuse_second_answer
from sightline.conversations.events import FeedbackGiven, FeedbackRevised, FeedbackSeen
from sightline.conversations.models import (
    Feedback,
    FeedbackRequest,
    FeedbackVersion,
    Reading,
)
from sightline.conversations.queries.topics import topic_seen_by
from sightline.foundation.access.decisions import require
from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.record import record, record_all
from sightline.people.models import Assignment, Competency, Employee
from sightline.people.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Words:
    """What feedback says: in which situation, who did what, what came of it."""

    situation: str
    behaviour: str
    impact: str


@transaction.atomic
def give_feedback(
    *,
    by: Viewer,
    subject: Employee,
    words: Words,
    kind: str,
    readers: str,
    competency: Competency | None = None,
    topic: str = "",
    answers: FeedbackRequest | None = None,
    at: datetime | None = None,
) -> Feedback:
    """Tell somebody what one saw. Who reads it is fixed with this; the person reads it at once.

    `topic` refers to what else it is about ("goal:12"); its title of today is kept with the words.
    `at` is when it was said, if that is entered later.
    """
    require(policies.may_give(by, subject))
    if not rules.may_be_read_by(kind, readers):
        raise Refused(_("Only praise is given before others."), field="readers")
    if answers:
        require(policies.may_answer(by, answers))
        _refuse_answer_that_does_not_fit(answers, subject)
    feedback = Feedback.objects.create(
        author=by.employee,
        subject=subject,
        kind=kind,
        competency=competency,
        **_named_topic(by, topic),
        readers=readers,
        answers=answers,
        given_at=at or now(),
        **_named_readers(by, subject, readers),
    )
    FeedbackVersion.objects.create(
        feedback=feedback, number=1, written_at=feedback.given_at, **asdict(words)
    )
    on = str(feedback.given_at.date())
    record(FeedbackGiven(subject.pk, feedback.pk, on), by=by)
    return feedback


@transaction.atomic
def revise_feedback(*, by: Viewer, feedback: Feedback, words: Words) -> FeedbackVersion:
    """Put feedback in other words. The same people read it, and what it said before as well."""
    require(policies.may_revise(by, feedback))
    Feedback.objects.select_for_update(no_key=True).get(pk=feedback.pk)
    last = feedback.versions.first()
    if last and Words(last.situation, last.behaviour, last.impact) == words:
        raise Refused(_("These are the words it has already."))
    number = (feedback.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    version = FeedbackVersion.objects.create(
        feedback=feedback, number=number, written_at=now(), **asdict(words)
    )
    record(FeedbackRevised(feedback.subject_id, feedback.pk, number), by=by)
    return version


@transaction.atomic
def note_readings(*, by: Viewer, feedback: Iterable[Feedback], at: datetime | None = None) -> None:
    """Somebody sees what these pieces say and said before; noted the first time, in one go.

    Authors know their own words. A page that shows words calls this; so does a download of them.
    The ledger knows of the person's own reading only: another reader would tell who may read it.
    """
    shown = list(feedback)
    require(policies.may_read(by, *shown))
    others = [one.pk for one in shown if one.author_id != by.employee.pk]
    new = FeedbackVersion.objects.filter(feedback__in=others).exclude(
        pk__in=Reading.objects.filter(reader=by.employee).values("version")
    )
    versions = list(new.select_related("feedback").order_by("pk")) if others else []
    if not versions:
        return
    seen_at = at or now()
    Reading.objects.bulk_create(
        [Reading(version=version, reader=by.employee, at=seen_at) for version in versions],
        ignore_conflicts=True,
    )
    me = by.employee.pk
    own = [one for one in versions if one.feedback.subject_id == me]
    record_all([FeedbackSeen(me, one.feedback_id, one.number) for one in own], by=by)


def _named_topic(by: Viewer, reference: str) -> dict[str, str]:
    """What it is about, as it is called today."""
    if not reference:
        return {}
    topic = topic_seen_by(by, reference)
    if topic is None:
        raise Refused(_("What this was to be about is not there any more."))
    return {"topic": topic.reference, "topic_title": topic.title[:200]}


def _refuse_answer_that_does_not_fit(request: FeedbackRequest, subject: Employee) -> None:
    if request.about_id != subject.pk:
        raise Refused(_("You were asked about somebody else."))
    refuse_second_answer(request)


def _named_readers(by: Viewer, subject: Employee, readers: str) -> dict[str, Any]:
    """Who reads, named on the day of writing: another manager or unit later changes nothing."""
    if readers not in (rules.MANAGER, rules.UNIT):
        return {}
    post = (
        Assignment.objects.on(by.today).filter(employee=subject).select_related("position").first()
    )
    if readers == rules.UNIT and post:
        return {"unit_id": post.position.unit_id}
    if readers == rules.MANAGER and post and post.manager_id:
        return {"manager_id": post.manager_id}
    words = _("%s has no manager or unit today. Choose other readers.")
    raise Refused(words % subject.name, field="readers")
