"""What the product knows about the one who asks."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sightline.conversations.actions.feedback import note_readings
from sightline.conversations.queries.feedback import received
from sightline.people.viewer import ViewerRequest
from sightline.site.own_data import known_about


def own_data(request: ViewerRequest) -> HttpResponse:
    """A page that says what there is, with the file that holds all of it."""
    known = known_about(request.viewer)
    account = known["account"] or {}
    sections = [
        (_("Posts"), len(known["posts"])),
        (_("Times of leave"), len(known["leave"])),
        (_("Entries of pay"), len(known["pay"])),
        (_("Roles"), len(known["roles"])),
        (_("Objectives owned"), len(known["objectives owned"])),
        (_("Values recorded"), len(known["values recorded"])),
        (_("Answers about commitments"), len(known["answers about commitments"])),
        (_("Talks"), len(known["meetings"])),
        (_("Points on agendas"), len(known["agenda points"])),
        (_("Promises made in talks"), len(known["promised"])),
        (_("Your private notes"), len(known["own notes"])),
        (_("Feedback received"), len(known["feedback received"])),
        (_("Feedback given"), len(known["feedback given"])),
        (_("Feedback asked for"), len(known["feedback asked for"])),
        (_("Levels of competencies judged"), len(known["levels judged"])),
        (_("Development plans"), len(known["development plans"])),
        (_("Decisions about you"), len(known["decisions"])),
        (_("Proposals that you wrote"), len(known["proposals written"])),
        (_("Awards"), len(known["awards"])),
        (_("Reviews"), len(known["reviews"])),
        (_("Review forms you wrote"), len(known["review forms written"])),
        (_("Colleagues asked about you"), len(known["colleagues asked about you"])),
        (_("Sessions"), len(account.get("sessions", []))),
        (_("Notices"), len(account.get("notices", []))),
        (_("Texts typed and not sent"), len(account.get("drafts", []))),
        (_("Records of what happened"), len(known["records"]) + len(account.get("records", []))),
    ]
    return render(request, "site/own_data.html", {"sections": sections})


def own_data_file(request: ViewerRequest) -> JsonResponse:
    """All of it, as a file that people and programs can read. Feedback in it is read with this."""
    note_readings(by=request.viewer, feedback=received(request.viewer))
    answer = JsonResponse(
        known_about(request.viewer), json_dumps_params={"indent": 2, "ensure_ascii": False}
    )
    answer["Content-Disposition"] = 'attachment; filename="what-sightline-knows-about-me.json"'
    return answer
