"""All that reviews keep about a person, for that person to take along.

Held back is what the rules on others' privacy hold back: what single peers said, and an outcome
that is not shared yet.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet

from sightline.people.viewer import Viewer
from sightline.reviews.models import (
    Answer,
    Appeal,
    Form,
    Nomination,
    NominationAnswer,
    RaterChange,
    Rating,
    Reopening,
    Review,
)
from sightline.reviews.queries.forms import forms_seen_by
from sightline.reviews.queries.reviews import ReviewSeen, own_reviews, whole_review
from sightline.reviews.wording import peer_words


def everything_of(viewer: Viewer) -> dict[str, list[dict[str, Any]]]:
    """By section, as plain values."""
    seen = [whole_review(viewer, review.pk) for review in own_reviews(viewer)]
    own = forms_seen_by(viewer).filter(rater=viewer.employee).order_by("pk")
    ratings = Rating.objects.select_related("item").order_by("item__place")
    answers = Answer.objects.select_related("question").order_by("question__place")
    written = own.prefetch_related(Prefetch("ratings", ratings), Prefetch("answers", answers))
    named = Nomination.objects.filter(review__employee=viewer.employee).select_related(
        "peer", "by", "review__cycle", "answer__by"
    )
    return {
        "reviews": [_review(one) for one in seen if one is not None],
        "review forms written": [_form(one) for one in written],
        "colleagues asked about you": [_nomination(one) for one in named.order_by("pk")],
    }


def _nomination(one: Nomination) -> dict[str, Any]:
    answer: NominationAnswer | None = getattr(one, "answer", None)
    return {
        "cycle": one.review.cycle.name,
        "colleague": one.peer.name,
        "proposed by": one.by.name,
        "asked": answer.accepted if answer else None,
        "answered by": answer.by.name if answer else None,
        "reason": answer.reason if answer else None,
    }


def _review(seen: ReviewSeen) -> dict[str, Any]:
    review: Review = seen.review
    return {
        "cycle": review.cycle.name,
        "from_on": review.cycle.period_from_on.isoformat(),
        "until_on": review.cycle.period_until_on.isoformat(),
        "stage": review.stage,
        "written by": review.manager.name if review.manager else None,
        "final rating": str(seen.final) if seen.final else None,
        "proposed rating": str(seen.proposed) if seen.proposed else None,
        "score": str(seen.score.value) if seen.score and seen.score.value else None,
        "manager": _form(seen.managers.form) if seen.managers else None,
        "colleagues together": _peers(seen),
        "changes in calibration": [
            {"from": one.from_value, "to": one.to_value, "reason": one.reason, "by": one.by.name}
            for one in seen.changes
        ],
        "words": seen.sharing.words if seen.sharing else None,
        "reply": seen.acknowledgement.reply if seen.acknowledgement else None,
        "appeal": _appeal(seen.appeal) if seen.appeal else None,
        "joined late": review.late_joining.reason if hasattr(review, "late_joining") else None,
        "other writers": [
            {"from": one.before.name if one.before else None, "to": one.after.name, **_why(one)}
            for one in review.rater_changes.select_related("before", "after", "by").order_by("pk")
        ],
        "forms reopened": [{"role": one.form.role, **_why(one)} for one in _reopenings(seen)],
    }


def _reopenings(seen: ReviewSeen) -> QuerySet[Reopening]:
    """Why the manager's form was given back may tell what stood in it."""
    rows = Reopening.objects.filter(form__review=seen.review).select_related("form", "by")
    if not seen.knows_outcome:
        rows = rows.exclude(form__role=Form.Role.MANAGER)
    return rows.order_by("pk")


def _why(act: RaterChange | Reopening) -> dict[str, str]:
    return {"reason": act.reason, "by": act.by.name, "at": act.at.isoformat()}


def _appeal(appeal: Appeal) -> dict[str, Any]:
    decision = getattr(appeal, "decision", None)
    if decision is None:
        return {"grounds": appeal.grounds, "decision": None}
    return {
        "grounds": appeal.grounds,
        "decision": "the rating stays" if decision.upheld else "another rating",
        "rating": decision.to_value,
        "reason": decision.reason,
        "by": decision.by.name,
    }


def _peers(seen: ReviewSeen) -> dict[str, Any] | None:
    told = seen.peers
    if told is None:
        return None
    words = [*told.comments.values(), *told.answers.values()]
    items = [one.item for section in seen.asked_of_peers for one in section.items]
    return {
        "words": [text for texts in words for text in texts],
        "ratings": [
            {"item": one.title, "told": peer_words(told.items[one.pk])}
            for one in items
            if one.pk in told.items
        ],
    }


def _form(form: Form) -> dict[str, Any]:
    return {
        "cycle": form.review.cycle.name,
        "about": form.review.employee.name,
        "role": form.role,
        "state": form.state,
        "as a whole": form.proposed_value,
        "ratings": [
            {
                "item": one.item.title,
                "value": one.value,
                "not seen": one.is_unseen,
                "comment": one.comment,
            }
            for one in form.ratings.all()
        ],
        "answers": [
            {"question": one.question.text, "text": one.text} for one in form.answers.all()
        ],
    }
