"""Acts on one review: shared, acknowledged, appealed, decided, given to another writer."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.keys import key_in
from sightline.people.viewer import ViewerRequest
from sightline.reviews import policies
from sightline.reviews.actions import acts, forms
from sightline.reviews.forms.acts import (
    AcknowledgementForm,
    AppealDecisionForm,
    AppealForm,
    RaterForm,
    SharingForm,
)
from sightline.reviews.queries.reviews import points_of, whole_review
from sightline.reviews.views.finding import act, review_of


def sharing(request: ViewerRequest, review_id: int) -> HttpResponse:
    """Tell the employee the outcome."""
    seen = found_or_404(whole_review(request.viewer, review_id))
    review = seen.review
    require(policies.may_share(request.viewer, review))
    form = SharingForm(request.POST or None)
    return act(
        request,
        form,
        lambda: acts.share(by=request.viewer, review=review, words=form.cleaned_data["words"]),
        done=_("%s can read the review now.") % review.employee.name,
        back=reverse("reviews:review", args=[review.pk]),
        context={
            "review": review,
            "seen": seen,
        },
        template="reviews/sharing.html",
    )


def acknowledgement(request: ViewerRequest, review_id: int) -> HttpResponse:
    """The employee has read it, and replies."""
    review = review_of(request, review_id)
    require(policies.may_acknowledge(request.viewer, review))
    form = AcknowledgementForm(request.POST or None)
    return act(
        request,
        form,
        lambda: acts.acknowledge(
            by=request.viewer, review=review, reply=form.cleaned_data["reply"]
        ),
        done=_("Your manager sees that you have read it."),
        back=reverse("reviews:review", args=[review.pk]),
        context={
            "title": _("Acknowledge your review"),
            "submit": _("I have read it"),
            "subject": review.cycle.name,
            "note": _("To acknowledge is to have read it. You need not agree."),
        },
    )


def appeal(request: ViewerRequest, review_id: int) -> HttpResponse:
    """The employee asks that somebody else looks again."""
    review = review_of(request, review_id)
    require(policies.may_appeal(request.viewer, review))
    form = AppealForm(request.POST or None)
    return act(
        request,
        form,
        lambda: acts.appeal(by=request.viewer, review=review, grounds=form.cleaned_data["grounds"]),
        done=_("Your appeal goes to somebody in HR who took no part."),
        back=reverse("reviews:review", args=[review.pk]),
        context={
            "title": _("Appeal against the rating"),
            "submit": _("Appeal"),
            "subject": review.cycle.name,
            "note": _("It is decided by somebody who took no part. Your manager reads it too."),
        },
    )


def decision(request: ViewerRequest, review_id: int) -> HttpResponse:
    """Somebody who took no part decides."""
    review = review_of(request, review_id)
    require(policies.may_decide_appeal(request.viewer, review))
    form = AppealDecisionForm(request.POST or None, points=points_of(review))

    def decide() -> None:
        acts.decide_appeal(
            by=request.viewer,
            review=review,
            reason=form.cleaned_data["reason"],
            to_value=key_in(form.cleaned_data["to_value"]),
        )

    return act(
        request,
        form,
        decide,
        done=_("The appeal is decided."),
        back=reverse("reviews:review", args=[review.pk]),
        context={
            "title": _("Decide the appeal"),
            "submit": _("Decide"),
            "subject": review.employee.name,
            "note": review.appeal.grounds,
        },
    )


def writer(request: ViewerRequest, review_id: int) -> HttpResponse:
    """Another manager writes the review."""
    review = review_of(request, review_id)
    require(policies.may_change_rater(request.viewer, review))
    form = RaterForm(request.POST or None, viewer=request.viewer)
    return act(
        request,
        form,
        lambda: forms.change_rater(
            by=request.viewer,
            review=review,
            manager=form.cleaned_data["manager"],
            reason=form.cleaned_data["reason"],
        ),
        done=_("Somebody else writes this review now."),
        back=reverse("reviews:review", args=[review.pk]),
        context={
            "title": _("Have somebody else write it"),
            "submit": _("Hand it over"),
            "subject": review.employee.name,
            "note": _("What stands in the manager’s form is passed on. Tell them both before."),
        },
    )
