"""What reviews are to the viewer: his own, his team's, what waits; one review; one score."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.people.actions.files import note_reading
from sightline.people.viewer import ViewerRequest
from sightline.reviews import policies
from sightline.reviews.queries.peers import nominations_seen_by
from sightline.reviews.queries.results import final_ratings_of
from sightline.reviews.queries.reviews import own_reviews, team_reviews, whole_review
from sightline.reviews.queries.waiting import waiting_for
from sightline.reviews.wording import todo


@require_GET
def mine(request: ViewerRequest) -> HttpResponse:
    """What waits for the viewer, his own reviews, and those he writes for his team."""
    viewer = request.viewer
    context = {
        "waiting": [todo(one, viewer.today) for one in waiting_for(viewer)],
        "own": own_reviews(viewer),
        "ratings": {one.review_id: one for one in final_ratings_of(viewer, viewer.employee)},
        "team": list(team_reviews(viewer)),
        "may_follow": policies.may_follow_cycles(viewer),
    }
    return render(request, "reviews/mine.html", context)


@require_GET
def review(request: ViewerRequest, review_id: int) -> HttpResponse:
    """A review: what was said by whom, the score, the rating, and what became of it."""
    viewer = request.viewer
    seen = found_or_404(whole_review(viewer, review_id))
    found = seen.review
    note_reading(by=viewer, employee=found.employee, part=_("reviews"), may=seen.may_read)
    context = {
        "seen": seen,
        "review": found,
        "nominations": [] if found.is_shared else list(nominations_seen_by(viewer, found)),
        "may_share": policies.may_share(viewer, found),
        "may_acknowledge": policies.may_acknowledge(viewer, found),
        "may_appeal": policies.may_appeal(viewer, found),
        "may_decide": policies.may_decide_appeal(viewer, found),
        "may_change_rater": policies.may_change_rater(viewer, found),
        "readers": _("%(name)s after it is shared, %(manager)s, HR of the unit and calibrators.")
        % {
            "name": found.employee.name,
            "manager": found.manager.name if found.manager else _("the manager"),
        },
    }
    return render(request, "reviews/review.html", context)


@require_GET
def score(request: ViewerRequest, review_id: int) -> HttpResponse:
    """How the score of a review is worked out, item by item."""
    seen = found_or_404(whole_review(request.viewer, review_id))
    found = seen.review
    require(seen.may_read)
    note_reading(by=request.viewer, employee=found.employee, part=_("reviews"), may=seen.may_read)
    sheet, worked = found_or_404(seen.managers), found_or_404(seen.score)
    rated = [one for one in sheet.sections if one.section.is_rated]
    parts = [
        (section, part, list(zip(section.items, part.items, strict=True)))
        for section, part in zip(rated, worked.parts, strict=True)
    ]
    context = {"review": found, "seen": seen, "score": worked, "parts": parts}
    return render(request, "reviews/score.html", context)
