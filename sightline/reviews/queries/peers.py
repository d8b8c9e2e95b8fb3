"""What peers said, together; and for the one who puts it together, apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from sightline.people.viewer import Viewer
from sightline.reviews import policies
from sightline.reviews.models import Cycle, Form, Nomination, PeerSummary, Rating, Review
from sightline.reviews.rules.peers import Told


@dataclass(frozen=True, slots=True)
class PeersTold:
    """What may be told of the peers of a review: by item, section and question."""

    items: dict[int, Told] = field(default_factory=dict)
    comments: dict[int, list[str]] = field(default_factory=dict)
    answers: dict[int, list[str]] = field(default_factory=dict)


def peers_told(viewer: Viewer, review: Review) -> PeersTold | None:
    """What the peers of a review said, as far as the viewer may know it; None: held back.

    The same for everybody who may read it: there are no two views to take apart.
    """
    known = Review.objects.filter(policies.summaries_visible_to(viewer))
    summary = PeerSummary.objects.filter(review=review, review__in=known).first()
    return as_told(summary.told) if summary else None


def as_told(kept: dict[str, Any]) -> PeersTold:
    """A summary as it was kept."""
    return PeersTold(
        items={int(key): Told(**one) for key, one in kept["items"].items()},
        comments={int(key): words for key, words in kept["comments"].items()},
        answers={int(key): words for key, words in kept["answers"].items()},
    )


def nominations_seen_by(viewer: Viewer, review: Review) -> QuerySet[Nomination]:
    """Who was proposed and whether he is asked, as it was said last, for whoever sees the review.

    Never whether he has answered.
    """
    known = Review.objects.filter(policies.reviews_visible_to(viewer))
    again = Nomination.objects.filter(
        review=OuterRef("review"), peer=OuterRef("peer"), pk__gt=OuterRef("pk")
    )
    rows = Nomination.objects.filter(~Exists(again), review=review, review__in=known)
    return rows.select_related("peer", "by", "answer").order_by("peer__sort_key", "pk")


def reviews_to_gather(cycle: Cycle) -> list[Review]:
    """Reviews with enough answers whose peers were not put together yet. For the house alone."""
    done = Count("forms", filter=Q(forms__role=Form.Role.PEER, forms__state=Form.State.SUBMITTED))
    rows = Review.objects.filter(cycle=cycle, peer_summary__isnull=True)
    rows = rows.annotate(answered=done).filter(answered__gte=max(cycle.peers_from, 3))
    ratings = Rating.objects.select_related("item")
    forms = Form.objects.filter(role=Form.Role.PEER, state=Form.State.SUBMITTED)
    read = forms.prefetch_related(Prefetch("ratings", ratings), "answers")
    return list(
        rows.select_related("cycle__version").prefetch_related(
            "cycle__version__points", Prefetch("forms", read, to_attr="peer_forms")
        )
    )


def answers_of_peers(review: Review) -> list[Form]:
    """The submitted forms of peers of a review that `reviews_to_gather` gave."""
    forms: list[Form] = review.peer_forms  # type: ignore[attr-defined]  # prefetched there
    return forms
