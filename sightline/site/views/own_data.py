"""What the product knows about the one who asks."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from sightline.conversations.actions.feedback import note_readings
from sightline.conversations.queries.feedback import received
from sightline.people.viewer import ViewerRequest
from sightline.site.own_data import known_about

LABELS = {
    "employments": _("Times of employment"),
    "posts": _("Posts"),
    "dotted lines": _("Dotted lines"),
    "leave": _("Times of leave"),
    "pay": _("Entries of pay"),
    "roles": _("Roles"),
    "objectives owned": _("Objectives owned"),
    "values recorded": _("Values recorded"),
    "values of parts recorded": _("Values recorded of parts of targets"),
    "steps of strategies": _("Steps of strategies"),
    "said of shares of effort": _("How effort is to be shared out"),
    "answers about commitments": _("Answers about commitments"),
    "talks": _("Series of talks"),
    "meetings": _("Talks"),
    "agenda points": _("Points on agendas"),
    "promised": _("Promises made in talks"),
    "own notes": _("Your private notes"),
    "feedback received": _("Feedback received"),
    "feedback given": _("Feedback given"),
    "feedback asked for": _("Feedback asked for"),
    "goals": _("Goals"),
    "check-ins": _("Check-ins"),
    "help with goals": _("Help with goals"),
    "revisions of goals": _("Versions of goals that you wrote"),
    "goals accepted": _("Goals accepted"),
    "which objectives the work serves": _("Answers to which objectives your work serves"),
    "mediation on goals asked for": _("Goals on which you asked somebody to mediate"),
    "recommendations on goals": _("What you recommended when asked to mediate"),
    "goals closed": _("Goals closed"),
    "sides of goals taken over or given up": _("Sides of goals taken over or given up"),
    "what goals serve, confirmed": _("Confirmed what a goal serves"),
    "levels judged": _("Levels of competencies judged"),
    "development plans": _("Development plans"),
    "decisions": _("Decisions about you"),
    "proposals written": _("Proposals that you wrote"),
    "awards": _("Awards"),
    "reviews": _("Reviews"),
    "review forms written": _("Review forms you wrote"),
    "colleagues asked about you": _("Colleagues asked about you"),
    "records": _("Records of what happened"),
    "sessions": _("Sessions"),
    "notices": _("Notices"),
    "drafts": _("Texts typed and not sent"),
}
"""What the lists in the file are called on the page."""


def own_data(request: ViewerRequest) -> HttpResponse:
    """A page that says what there is, with the file that holds all of it."""
    counted = counted_in(known_about(request.viewer))
    sections = [(LABELS[key], count) for key, count in counted.items()]
    return render(request, "site/own_data.html", {"sections": sections})


def counted_in(known: dict[str, Any]) -> dict[str, int]:
    """How many things each list of the file holds, those of the account counted with the rest."""
    found: Counter[str] = Counter()
    for key, value in [*known.items(), *(known["account"] or {}).items()]:
        if isinstance(value, list):
            found[key] += len(value)
    return dict(found)


def own_data_file(request: ViewerRequest) -> JsonResponse:
    """All of it, as a file that people and programs can read. Feedback in it is read with this."""
    note_readings(by=request.viewer, feedback=received(request.viewer))
    answer = JsonResponse(
        known_about(request.viewer), json_dumps_params={"indent": 2, "ensure_ascii": False}
    )
    answer["Content-Disposition"] = 'attachment; filename="what-sightline-knows-about-me.json"'
    return answer
