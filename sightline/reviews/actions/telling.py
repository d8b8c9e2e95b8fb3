"""Who is told of what, and in which words. Nobody is told what he may not see."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sightline.foundation.identity.models import Account
from sightline.foundation.ledger.models import Record
from sightline.foundation.notices.notify import notify, notify_all
from sightline.people.models import Employee
from sightline.reviews import policies
from sightline.reviews.actions.settling import of_cycle, of_form, of_peer, of_review
from sightline.reviews.events import (
    AboutReview,
    AppealDecided,
    AppealMade,
    FormReopened,
    PeersNominated,
    RaterChanged,
    RatingCalibrated,
    ReviewAcknowledged,
    ReviewOpened,
    ReviewShared,
)
from sightline.reviews.models import Cycle, Form, Review

WORK, OUTCOME = "reviews.work", "reviews.outcome"
ASKED = gettext_lazy("You are asked what it is like to work with %(name)s.")


def tell_of_opening(cycle_id: int, review_ids: Sequence[int]) -> int:
    """Tell those whose reviews opened that theirs can be written; how many were told."""
    cycle = Cycle.objects.get(pk=cycle_id)
    return notify_all(
        accounts=Account.objects.filter(employee__reviews__in=list(review_ids), is_active=True),
        kind=WORK,
        sentence=lambda: _("%s is open: write your self review.") % cycle.name,
        url=reverse("reviews:mine"),
        key=of_cycle(cycle.pk, Form.Role.SELF),
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
        key=of_cycle(cycle.pk, "share" if to_share else Form.Role.MANAGER),
    )


def remind(cycle_id: int, record_id: int) -> int:
    """Remind everybody who may still write a form that it waits; how many were told."""
    cycle = Cycle.objects.get(pk=cycle_id)
    waiting = Form.objects.filter(policies.forms_still_open(), review__cycle=cycle)
    return notify_all(
        accounts=Account.objects.filter(employee__in=waiting.values("rater"), is_active=True),
        kind=WORK,
        sentence=lambda: _("%s waits for you: something of yours is not written yet.") % cycle.name,
        url=reverse("reviews:mine"),
        key=f"{of_cycle(cycle.pk, 'remind')}:{record_id}",
    )


def tell_peers(review_id: int) -> int:
    """Tell colleagues that they are asked about somebody, each once; how many were told."""
    forms = Form.objects.filter(review=review_id, role=Form.Role.PEER)
    told = 0
    for form in forms.select_related("rater__account", "review__employee"):
        say = partial(_said, ASKED, {"name": form.review.employee.name})
        page, key = reverse("reviews:form", args=[form.pk]), of_peer(form.review.cycle_id, form.pk)
        told += _tell(form.rater, WORK, say, page, key)
    return told


@dataclass(frozen=True, slots=True)
class Note:
    """Who is told of an event: the employee, or whoever writes as the manager; and in which words.

    The words may name the employee and the cycle.
    """

    to: Literal["employee", "manager"]
    kind: str
    words: Promise


NOTES: dict[type[AboutReview], list[Note]] = {
    ReviewOpened: [
        Note("manager", WORK, gettext_lazy("%(name)s joined %(cycle)s late: a review to write."))
    ],
    RaterChanged: [Note("manager", WORK, gettext_lazy("You write the review of %(name)s now."))],
    PeersNominated: [
        Note(
            "manager",
            WORK,
            gettext_lazy("%(name)s has colleagues to propose who could be asked."),
        )
    ],
    RatingCalibrated: [
        Note(
            "manager",
            WORK,
            gettext_lazy(
                "The rating that you proposed for %(name)s was changed; the reason is there."
            ),
        )
    ],
    ReviewShared: [
        Note("employee", OUTCOME, gettext_lazy("Your review %(cycle)s is there to be read."))
    ],
    ReviewAcknowledged: [Note("manager", OUTCOME, gettext_lazy("%(name)s has read the review."))],
    AppealMade: [Note("manager", OUTCOME, gettext_lazy("%(name)s appeals against the rating."))],
    AppealDecided: [
        Note("employee", OUTCOME, gettext_lazy("Your appeal on %(cycle)s is decided.")),
        Note("manager", OUTCOME, gettext_lazy("The appeal of %(name)s is decided.")),
    ],
}
REOPENED = {
    "self": Note("employee", WORK, gettext_lazy("Your self review for %(cycle)s is open again.")),
    "manager": Note(
        "manager",
        WORK,
        gettext_lazy("Your form about %(name)s is open again."),
    ),
}


def tell_of(event: AboutReview, record: Record) -> int:
    """Tell whom it concerns that something happened to a review, but not who did it; how many."""
    rows = Review.objects.select_related("employee__account", "manager__account")
    review = rows.filter(pk=event.review_id).first()
    if review is None:
        return 0
    named = {"name": review.employee.name, "cycle": event.cycle}
    told = 0
    for note in _notes(event):
        reader = review.employee if note.to == "employee" else review.manager
        if reader and reader.ref != record.actor:
            say = partial(_said, note.words, named)
            told += _tell(reader, note.kind, say, _page(event), _key(event, record))
    return told


def _key(event: AboutReview, record: Record) -> str:
    """What asks for something is told under what it is about, to be settled: see `settling`."""
    if isinstance(event, FormReopened):
        return f"{of_form(event.form_id)}:{record.pk}"
    asks = {RaterChanged: "write", ReviewOpened: "write", PeersNominated: "peers"}
    asks[ReviewShared] = "read"
    what = asks.get(type(event))
    return f"{of_review(event.review_id, what)}:{record.pk}" if what else f"record:{record.pk}"


def _notes(event: AboutReview) -> list[Note]:
    if isinstance(event, FormReopened):
        return [REOPENED[event.role]]
    if isinstance(event, ReviewOpened) and not event.late:
        return []
    return NOTES[type(event)]


def _page(event: AboutReview) -> str:
    """Where one reads of it, or goes on."""
    if isinstance(event, FormReopened):
        return reverse("reviews:form", args=[event.form_id])
    if isinstance(event, RaterChanged | ReviewOpened):
        return reverse("reviews:mine")
    name = "reviews:peers" if isinstance(event, PeersNominated) else "reviews:review"
    return reverse(name, args=[event.review_id])


def _said(words: Promise, named: Mapping[str, str]) -> str:
    return str(words) % named


def _tell(employee: Employee, kind: str, say: Callable[[], str], url: str, key: str) -> bool:
    if employee.account is None:
        return False
    return notify(account=employee.account, kind=kind, sentence=say, url=url, key=key) is not None
