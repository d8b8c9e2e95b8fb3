"""Asking for feedback, and declining."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.conversations import policies
from sightline.conversations.events import FeedbackAsked, FeedbackDeclined
from sightline.conversations.models import Decline, Feedback, FeedbackRequest
from sightline.foundation.access.decisions import require
from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.record import record
from sightline.people.models import Employee, Employment
from sightline.people.viewer import Viewer


@transaction.atomic
def ask_for_feedback(
    *, by: Viewer, asked: Employee, about: Employee, question: str, at: datetime | None = None
) -> FeedbackRequest:
    """Ask somebody about oneself, or as a manager about one of the team; the person reads that."""
    require(policies.may_ask_about(by, about))
    if asked.pk in (by.employee.pk, about.pk):
        raise Refused(_("Ask somebody else; of oneself one does not need to ask."), field="asked")
    if not Employment.objects.on(by.today).filter(employee=asked).exists():
        raise Refused(_("%s does not work here today.") % asked.name, field="asked")
    Employee.objects.select_for_update(no_key=True).get(pk=by.employee.pk)  # one may press twice
    _refuse_second_request(by, asked, about)
    request = FeedbackRequest.objects.create(
        asker=by.employee, asked=asked, about=about, question=question, asked_at=at or now()
    )
    record(FeedbackAsked(about.pk, request.pk, str(request.asked_at.date())), by=by)
    return request


@transaction.atomic
def decline(
    *, by: Viewer, request: FeedbackRequest, reason: str = "", at: datetime | None = None
) -> Decline:
    """Say no to a request; a reason is kind and not owed."""
    require(policies.may_answer(by, request))
    refuse_second_answer(request)
    declined = Decline.objects.create(
        request=request, by=by.employee, reason=reason, at=at or now()
    )
    record(FeedbackDeclined(request.about_id, request.pk), by=by)
    return declined


def refuse_second_answer(request: FeedbackRequest) -> None:
    """A request is answered or declined, once; kept from others until this transaction ends."""
    FeedbackRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
    if Feedback.objects.filter(answers=request).exists():
        raise Refused(_("You have answered this already."))
    if Decline.objects.filter(request=request).exists():
        raise Refused(_("You have declined this already."))


def _refuse_second_request(by: Viewer, asked: Employee, about: Employee) -> None:
    waiting = FeedbackRequest.objects.filter(
        asker=by.employee, asked=asked, about=about, answer__isnull=True, decline__isnull=True
    )
    if waiting.exists():
        raise Refused(
            _("You have asked %s already and wait for an answer.") % asked.name, field="asked"
        )
