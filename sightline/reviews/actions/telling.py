"""Who is told of what, and in which words. Nobody is told what he may not see."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sightline.foundation.identity.models import Account
from sightline.foundation.ledger.models import Record
from sightline.foundation.notices.notify import notify, notify_all
from sightline.people.models import Employee
from sightline.reviews.events import (
    AboutReview,
    AppealDecided,
    AppealMade,
    PeersNominated,
    RatingCalibrated,
    ReviewAcknowledged,
    ReviewShared,
)
from sightline.reviews.models import Cycle, Form, Review

WORK, OUTCOME = "reviews.work", "reviews.outcome"


def tell_of_opening(cycle_id: int, review_ids: Sequence[int]) -> int:
    """Tell those whose reviews opened that theirs can be written; how many were told."""
    cycle = Cycle.objects.get(pk=cycle_id)
    return notify_all(
        accounts=Account.objects.filter(employee__reviews__in=list(review_ids), is_active=True),
        kind=WORK,
        sentence=lambda: _("%s is open: write your self review.") % cycle.name,
        url=reverse("reviews:mine"),
        key=f"reviews:cycle:{cycle.pk}",
    )


def tell_managers(cycle_id: int, *, to_share: bool = False) -> int:
    """Tell the managers of a cycle that reviews wait to be written, or shared; how many."""
    cycle = Cycle.objects.get(pk=cycle_id)
    writers = Form.objects.filter(review__cycle=cycle, role=Form.Role.MANAGER).values("rater")

    def sentence() -> str:
        if to_share:
            return _("%s is calibrated: share the reviews with your team.") % cycle.name
        return _("%s is open: the reviews of your team wait for you.") % cycle.name

    return notify_all(
        accounts=Account.objects.filter(employee__in=writers, is_active=True),
        kind=WORK,
        sentence=sentence,
        url=reverse("reviews:mine"),
        key=f"reviews:cycle:{cycle.pk}:{'share' if to_share else 'write'}",
    )


def remind(cycle_id: int, record_id: int) -> int:
    """Remind everybody who has a form open that it waits; how many were told."""
    cycle = Cycle.objects.get(pk=cycle_id)
    waiting = Form.objects.filter(review__cycle=cycle).exclude(state=Form.State.SUBMITTED)
    return notify_all(
        accounts=Account.objects.filter(employee__in=waiting.values("rater"), is_active=True),
        kind=WORK,
        sentence=lambda: _("%s waits for you: something of yours is not written yet.") % cycle.name,
        url=reverse("reviews:mine"),
        key=f"record:{record_id}",
    )


def tell_peers(review_id: int) -> int:
    """Tell colleagues that they are asked about somebody, each once; how many were told."""
    forms = Form.objects.filter(review=review_id, role=Form.Role.PEER)
    told = 0
    for form in forms.select_related("rater__account", "review__employee"):
        name = form.review.employee.name
        words = gettext_lazy("You are asked what it is like to work with %s.")
        page, key = reverse("reviews:form", args=[form.pk]), f"reviews:form:{form.pk}"
        told += _tell(form.rater, WORK, _said(words, name), page, key)
    return told


def tell_of(event: AboutReview, record: Record) -> bool:
    """Tell whom it concerns that something happened to a review."""
    rows = Review.objects.select_related("employee__account", "manager__account")
    review = rows.filter(pk=event.review_id).first()
    if review is None:
        return False
    page, key = reverse("reviews:review", args=[review.pk]), f"record:{record.pk}"
    name, cycle = review.employee.name, event.cycle
    if isinstance(event, PeersNominated):
        if review.manager and review.manager.ref == record.actor:
            return False
        page = reverse("reviews:peers", args=[review.pk])
        words = gettext_lazy("%s has colleagues to propose who could be asked.")
        return _tell(review.manager, WORK, _said(words, name), page, key)
    if isinstance(event, RatingCalibrated):
        words = gettext_lazy(
            "The rating that you proposed for %s was changed; the reason is there."
        )
        return _tell(review.manager, WORK, _said(words, name), page, key)
    if isinstance(event, ReviewShared):
        words = gettext_lazy("Your review %s is there to be read.")
        return _tell(review.employee, OUTCOME, _said(words, cycle), page, key)
    if isinstance(event, ReviewAcknowledged):
        words = gettext_lazy("%s has read the review.")
        return _tell(review.manager, OUTCOME, _said(words, name), page, key)
    if isinstance(event, AppealMade):
        words = gettext_lazy("%s appeals against the rating.")
        return _tell(review.manager, OUTCOME, _said(words, name), page, key)
    if isinstance(event, AppealDecided):
        words = gettext_lazy("Your appeal on %s is decided.")
        return _tell(review.employee, OUTCOME, _said(words, cycle), page, key)
    return False


def _said(words: str | Promise, name: str) -> Callable[[], str]:
    return lambda: str(words) % name


def _tell(employee: Employee | None, kind: str, say: Callable[[], str], url: str, key: str) -> bool:
    if employee is None or employee.account is None:
        return False
    return notify(account=employee.account, kind=kind, sentence=say, url=url, key=key) is not None
