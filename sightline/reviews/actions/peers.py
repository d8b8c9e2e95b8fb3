"""Colleagues: proposed, confirmed, and put together once and for all."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.events import House
from sightline.foundation.ledger.record import record, record_all
from sightline.people.models import Employee
from sightline.people.viewer import Viewer
from sightline.reviews import policies
from sightline.reviews.actions.holding import held_cycle, held_review
from sightline.reviews.events import PeersConfirmed, PeersGathered, PeersNominated
from sightline.reviews.models import (
    Cycle,
    Form,
    Nomination,
    NominationAnswer,
    PeerSummary,
    Review,
)
from sightline.reviews.queries.cycles import may_gather
from sightline.reviews.queries.peers import answers_of_peers, reviews_to_gather
from sightline.reviews.rules import peers as rules

Shuffle = Callable[[list[str]], None]
BY_CHANCE: Shuffle = secrets.SystemRandom().shuffle
Role = Form.Role


@transaction.atomic
def nominate(*, by: Viewer, review: Review, peers: Sequence[Employee]) -> list[Nomination]:
    """Propose colleagues to be asked. Those whom the manager proposes are confirmed with it.

    The manager may propose again whom he refused; the refusal stays, and counts no longer.
    """
    review = held_review(review)
    require(policies.may_nominate(by, review))
    is_manager = by.employee.pk == review.manager_id
    nominations = review.nominations.select_related("answer").order_by("pk")
    named = {one.peer_id: one for one in nominations}
    closed = {key for key, one in named.items() if one.stands or not is_manager}
    fresh = [peer for peer in peers if peer.pk not in closed]
    _refuse_peers(review, fresh, sum(one.stands for one in named.values()))
    made = Nomination.objects.bulk_create(
        Nomination(review=review, peer=peer, by=by.employee, at=now()) for peer in fresh
    )
    names = tuple(peer.name for peer in fresh)
    record(PeersNominated(review.employee_id, review.pk, review.cycle.name, names), by=by)
    if is_manager:
        confirm_peers(by=by, review=review, answers={one.pk: (True, "") for one in made})
    return made


def _refuse_peers(review: Review, fresh: Sequence[Employee], already: int) -> None:
    if not fresh:
        raise Refused(_("Name somebody who is not on the list yet."), field="peers")
    if already + len(fresh) > review.cycle.peers_up_to:
        words = _("At most %d colleagues are asked about one person.")
        raise Refused(words % review.cycle.peers_up_to, field="peers")
    _refuse_writers(review, fresh)


def _refuse_writers(review: Review, peers: Iterable[Employee]) -> None:
    for peer in peers:
        if peer.pk in {review.employee_id, review.manager_id}:
            words = _("%s writes another form here; name somebody else.")
            raise Refused(words % peer.name, field="peers")


def refuse_no_names(waiting: Sequence[Nomination]) -> None:
    """Refuse to answer where no name waits for an answer."""
    if not waiting:
        raise Refused(_("No name waits for an answer."))


@transaction.atomic
def confirm_peers(
    *, by: Viewer, review: Review, answers: Mapping[int, tuple[bool, str]]
) -> list[Form]:
    """Say of each nomination whether the colleague is asked; a reason where not."""
    review = held_review(review)
    require(policies.may_confirm_peers(by, review))
    waiting = review.nominations.filter(pk__in=answers, answer__isnull=True)
    rows = list(waiting.select_related("peer"))
    refuse_no_names(rows)
    for one in rows:
        accepted, reason = answers[one.pk]
        if not accepted and not reason.strip():
            words = _("Say why %s is not asked.") % one.peer.name
            raise Refused(words, field=f"reason_{one.pk}")
    asked = [one.peer for one in rows if answers[one.pk][0]]
    _refuse_writers(review, asked)
    _write_answers(by, rows, answers)
    forms = Form.objects.bulk_create(
        Form(review=review, role=Role.PEER, rater=peer) for peer in asked
    )
    refused = tuple(one.peer.name for one in rows if not answers[one.pk][0])
    record(
        PeersConfirmed(
            review.employee_id,
            review.pk,
            review.cycle.name,
            tuple(peer.name for peer in asked),
            refused,
        ),
        by=by,
    )
    return forms


def _write_answers(
    by: Viewer, rows: Iterable[Nomination], answers: Mapping[int, tuple[bool, str]]
) -> None:
    NominationAnswer.objects.bulk_create(
        NominationAnswer(
            nomination=one,
            accepted=answers[one.pk][0],
            by=by.employee,
            at=now(),
            reason=answers[one.pk][1].strip(),
        )
        for one in rows
    )


@transaction.atomic
def gather_peers_in_time(*, by: House, cycle: Cycle) -> int:
    """Put together what the peers said, unless they write again when one's turn comes; how many."""
    cycle = held_cycle(cycle.pk)
    return gather_peers(by=by, cycle=cycle) if may_gather(cycle) else 0


@transaction.atomic
def gather_peers(*, by: House, cycle: Cycle, shuffle: Shuffle = BY_CHANCE) -> int:
    """Put together what the peers of each review said, where enough of them answered; how many.

    Once for all reviews, of all answers at once. To what is told nothing is added after, so that
    nothing can be learned from how or when it changed; what is held back is put together anew only
    where HR gave the peers more days (`take_answers_again`, `move_dates`).
    """
    cycle = held_cycle(cycle.pk)
    if cycle.peers_gathered_at is not None:
        return 0
    cycle.peers_gathered_at = now()
    cycle.save(update_fields=["peers_gathered_at"])
    reviews = reviews_to_gather(cycle)
    told = [(one, summary_of(one, shuffle)) for one in reviews]
    summaries = [
        PeerSummary(review=one, gathered_at=cycle.peers_gathered_at, told=said)
        for one, said in told
        if said
    ]
    PeerSummary.objects.bulk_create(summaries)
    record_all(
        (PeersGathered(one.review.employee_id, one.review_id, cycle.name) for one in summaries),
        by=by,
    )
    return len(summaries)


def summary_of(review: Review, shuffle: Shuffle) -> dict[str, Any]:
    """What may be told of the peers' answers about one review; empty: held back."""
    forms = answers_of_peers(review)
    needed = review.cycle.peers_from
    if len(forms) < max(needed, rules.FEWEST):
        return {}
    points = [point.value for point in review.cycle.version.points.all()]
    by_item: dict[int, list[int]] = {}
    comments: dict[int, list[list[str]]] = {}
    answers: dict[int, list[list[str]]] = {}
    for form in forms:
        for section, said in _comments(form).items():
            comments.setdefault(section, []).append(said)
        for answer in form.answers.all():
            answers.setdefault(answer.question_id, []).append([answer.text])
        for rating in form.ratings.all():
            if rating.value is not None:
                by_item.setdefault(rating.item_id, []).append(rating.value)
    return {
        "items": _told_items(by_item, points, needed),
        "comments": _told_words(comments, needed, shuffle),
        "answers": _told_words(answers, needed, shuffle),
    }


def _comments(form: Form) -> dict[int, list[str]]:
    said: dict[int, list[str]] = {}
    for rating in form.ratings.all():
        said.setdefault(rating.item.section_id, []).append(rating.comment)
    return said


def _told_items(
    values: Mapping[int, Sequence[int]], points: Sequence[int], needed: int
) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for item, given in values.items():
        told = rules.told(given, lowest=min(points), highest=max(points), needed=needed)
        if told:
            found[str(item)] = {"half_points": told.half_points, "end": told.end}
    return found


def _told_words(
    said: Mapping[int, Sequence[Sequence[str]]], needed: int, shuffle: Shuffle
) -> dict[str, list[str]]:
    told = {
        str(key): rules.words_told(texts, shuffle=shuffle, needed=needed)
        for key, texts in sorted(said.items())
    }
    return {key: words for key, words in told.items() if words}
