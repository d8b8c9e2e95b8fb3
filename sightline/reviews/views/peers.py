"""Choosing who is asked about somebody."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.ui.acting import led_away
from sightline.people.viewer import ViewerRequest
from sightline.people.views.acting import answer, carried_out
from sightline.reviews import policies
from sightline.reviews.actions import peers as actions
from sightline.reviews.forms.acts import ConfirmationForm, NominationForm
from sightline.reviews.queries.peers import nominations_seen_by
from sightline.reviews.views.finding import act, review_of, went


def peers(request: ViewerRequest, review_id: int) -> HttpResponse:
    """Who is asked; naming more."""
    review = review_of(request, review_id)
    viewer = request.viewer
    nominated = list(nominations_seen_by(viewer, review))
    places = review.cycle.peers_up_to - sum(one.stands for one in nominated)
    may_nominate = policies.may_nominate(viewer, review)
    form = NominationForm(request.POST or None, viewer=viewer, places=places)
    if request.method == "POST":
        require(may_nominate)

    def name_them() -> None:
        actions.nominate(by=viewer, review=review, peers=form.peers())

    here = reverse("reviews:peers", args=[review.pk])
    if carried_out(request, form, name_them):
        return went(request, _("Noted."), here)
    context = {
        "review": review,
        "nominated": nominated,
        "places": places,
        "may_nominate": may_nominate,
        "may_confirm": policies.may_confirm_peers(viewer, review),
        "waiting": [one for one in nominated if not hasattr(one, "answer")],
        "is_own": review.employee_id == viewer.employee.pk,
    }
    return answer(request, "reviews/peers.html", form, context)


def answers(request: ViewerRequest, review_id: int) -> HttpResponse:
    """The manager's word on those who were proposed."""
    review = review_of(request, review_id)
    require(policies.may_confirm_peers(request.viewer, review))
    rows = nominations_seen_by(request.viewer, review).filter(answer__isnull=True)
    waiting, back = list(rows), reverse("reviews:peers", args=[review.pk])
    if away := led_away(request, lambda: actions.refuse_no_names(waiting), back):
        return away
    form = ConfirmationForm(request.POST or None, nominations=waiting)
    return act(
        request,
        form,
        lambda: actions.confirm_peers(by=request.viewer, review=review, answers=form.answers()),
        done=_("Those whom you confirmed are asked."),
        back=back,
        context={
            "title": _("Who is asked"),
            "submit": _("Confirm"),
            "subject": review.employee.name,
            "note": _("Choose people who have seen the work. Nobody learns who said what."),
        },
    )
