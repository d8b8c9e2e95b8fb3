"""Who is told of what happened in conversations. A notice never holds the words themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from sightline.conversations.events import (
    ActionCompleted,
    FeedbackAsked,
    FeedbackDeclined,
    FeedbackGiven,
    FeedbackRevised,
)
from sightline.conversations.models import Action, Feedback, FeedbackRequest
from sightline.foundation.core.dates import today
from sightline.foundation.identity.models import Account
from sightline.foundation.ledger.events import Event
from sightline.foundation.ledger.queries import event_of, record_numbered
from sightline.foundation.notices.actions import settle
from sightline.foundation.notices.notify import notify
from sightline.people.models import Employee, Employment

STALE = timedelta(days=7)
"""What was said longer ago than this is history being entered, not news."""


def is_news(event: Event, today: date) -> bool:
    """Whether something happened lately."""
    on = getattr(event, "on", "")
    return not on or date.fromisoformat(on) >= today - STALE


def tell_of(record_id: int) -> bool:
    """Tell the person whom a recorded event concerns. Safe to do twice: each is told once."""
    record = record_numbered(record_id)
    event = event_of(record) if record else None
    if isinstance(event, FeedbackGiven | FeedbackRevised):
        return _tell_of_feedback(event, record_id)
    if isinstance(event, FeedbackAsked):
        return _tell_of_request(event, record_id)
    if isinstance(event, FeedbackDeclined):
        _settle(FeedbackRequest.objects.filter(pk=event.request_id))
    if isinstance(event, ActionCompleted):
        promised = Action.objects.filter(pk=event.action_id).values("who")
        accounts = Account.objects.filter(employee__in=promised)
        settle(keys=[f"action:{event.action_id}:due"], accounts=accounts)
    return False


def tell_of_due_actions() -> int:
    """Tell everybody who promised something for a day that has come; once for each."""
    told = 0
    due = Action.objects.filter(completion__isnull=True, due_on__lte=today())
    works = Employment.objects.on(today()).values("employee")
    for action in due.filter(who__in=works).select_related("who__account").iterator():
        told += _tell(
            action.who,
            kind="conversations.talks",
            sentence=lambda: _("Something you promised in a talk is due."),
            url=reverse("conversations:talk", args=[action.series_id]),
            key=f"action:{action.pk}:due",
        )
    return told


def _tell_of_feedback(event: FeedbackGiven | FeedbackRevised, record_id: int) -> bool:
    rows = Feedback.objects.select_related("author", "subject__account")
    feedback = rows.get(pk=event.feedback_id)
    _settle(FeedbackRequest.objects.filter(pk=feedback.answers_id or 0))

    def sentence() -> str:
        if isinstance(event, FeedbackGiven):
            return _("%s gave you feedback.") % feedback.author.name
        return _("%s put feedback to you in other words.") % feedback.author.name

    return _tell(
        feedback.subject,
        kind="conversations.feedback",
        sentence=sentence,
        url=reverse("conversations:feedback", args=[feedback.pk]),
        key=f"record:{record_id}",
    )


def _settle(requests: QuerySet[FeedbackRequest]) -> None:
    """Who was asked for feedback and has answered, or will not, is asked no more."""
    asked = Account.objects.filter(employee__in=requests.values("asked"))
    settle(keys=[_request(one) for one in requests], accounts=asked)


def _request(request: FeedbackRequest) -> str:
    return f"feedback:request:{request.pk}"


def _tell_of_request(event: FeedbackAsked, record_id: int) -> bool:
    rows = FeedbackRequest.objects.select_related("asker", "about", "asked__account")
    request = rows.get(pk=event.request_id)
    names = {"asker": request.asker.name, "about": request.about.name}

    def sentence() -> str:
        if request.asker_id == request.about_id:
            return _("%(asker)s asks you for feedback.") % names
        return _("%(asker)s asks you for feedback about %(about)s.") % names

    return _tell(
        request.asked,
        kind="conversations.requests",
        sentence=sentence,
        url=reverse("conversations:request", args=[request.pk]),
        key=f"{_request(request)}:{record_id}",
    )


def _tell(reader: Employee, *, kind: str, sentence: Callable[[], str], url: str, key: str) -> bool:
    if reader.account is None:
        return False
    notice = notify(account=reader.account, kind=kind, sentence=sentence, url=url, key=key)
    return notice is not None
