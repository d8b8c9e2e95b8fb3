"""Inviting people: choose whom, see who has come in, send the link again."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.errors import Refused
from sightline.foundation.core.paging import page_after
from sightline.foundation.jobs.queries import progress_of
from sightline.foundation.ui.words import number
from sightline.people.models import Employee
from sightline.people.rules.names import folded
from sightline.people.viewer import Viewer, ViewerRequest
from sightline.site import invited, policies
from sightline.site.actions.invitations import MOST_AT_ONCE, ask_to_invite
from sightline.site.models import InvitationRound


class InvitationFilter(forms.Form):
    """Narrows the list of people."""

    q = forms.CharField(
        label=gettext_lazy("Name or e-mail address"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[("", gettext_lazy("All")), *((one.key, one.word) for one in invited.STANDINGS)],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: ViewerRequest) -> HttpResponse:
    """Who was invited and who has come in; letters to those who are chosen."""
    require(policies.may_invite(request.viewer))
    fault = ""
    if request.method == "POST":
        try:
            asked = ask_to_invite(by=request.viewer, people=_chosen(request.viewer, request.POST))
            return redirect("invitation_round", asked.pk)
        except Refused as refusal:
            fault = str(refusal)
    context = _listed(request) | {"fault": fault, "chosen": request.POST.getlist("who")}
    return render(request, "site/invitations.html", context, status=422 if fault else 200)


def _listed(request: ViewerRequest) -> dict[str, object]:
    viewer, form = request.viewer, InvitationFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    people = invited.people_to_invite(viewer)
    if words := wanted.get("q"):
        people = people.filter(search_key__contains=folded(words))
    if state := wanted.get("state"):
        people = people.filter(
            invited.is_so(next(one for one in invited.STANDINGS if one.key == state))
        )
    page = page_after(people, request.GET.get("after", ""), by=("sort_key", "id"))
    counts = invited.counts(viewer)
    return {
        "form": form,
        "narrowed": any(wanted.values()),
        "page": page,
        "rows": [(person, invited.standing_of(person)) for person in page.rows],
        "total": sum(counts.values()),
        "figures": [
            {"label": one.word, "value": number(counts[one.key])}
            for one in invited.STANDINGS
            if counts[one.key] or one in (invited.NEW, invited.INVITED, invited.IN)
        ],
        "waiting": min(counts[invited.NEW.key], MOST_AT_ONCE),
        "may_begin": bool(policies.may_begin(viewer)),
        "folder": invited.folder_of_letters(),
    }


def _chosen(viewer: Viewer, sent: QueryDict) -> list[Employee]:
    """Those who were ticked, or the next who were never invited."""
    if sent.get("all"):
        return invited.not_yet_invited(viewer)
    ticked = [one for one in sent.getlist("who") if one.isdecimal() and len(one) < 16]
    return list(invited.people_to_invite(viewer).filter(pk__in=ticked))


@require_safe
def one_round(request: ViewerRequest, round_id: int) -> HttpResponse:
    """How far the letters of one round are, and whom none was sent to."""
    asked = _round(request, round_id)
    context = _working(asked) | {"left_out": invited.left_out_of(asked), "is_part": False}
    return render(request, "site/invitation_round.html", context)


@require_safe
def progress(request: ViewerRequest, round_id: int) -> HttpResponse:
    """How far the work is, asked every second by the page."""
    asked = _round(request, round_id)
    return render(request, "site/invitation_round.html#bar", _working(asked) | {"is_part": True})


def _round(request: ViewerRequest, round_id: int) -> InvitationRound:
    require(policies.may_invite(request.viewer))
    return found_or_404(invited.round_seen_by(request.viewer, round_id))


def _working(asked: InvitationRound) -> dict[str, object]:
    progress = progress_of(asked.job)
    if asked.done_at:
        state = "done"
    elif progress is None or progress.has_failed:
        state = "failed"
    else:
        state = "running" if progress.of else "waiting"
    sent = len(asked.people) - len(asked.left_out)
    folder = invited.folder_of_letters()
    return {"asked": asked, "progress": progress, "state": state, "sent": sent, "folder": folder}
