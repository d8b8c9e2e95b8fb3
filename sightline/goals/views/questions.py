"""The question whom one's work serves, and the answer held against one's goals."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.fingerprints import fingerprint
from sightline.goals import policies
from sightline.goals.actions import questions as actions
from sightline.goals.forms.questions import QuestionForm
from sightline.goals.models import Period, SightAnswer
from sightline.goals.queries import questions
from sightline.goals.queries.periods import period_seen_by
from sightline.people.viewer import ViewerRequest
from sightline.people.views.acting import answer, carried_out


def question(request: ViewerRequest, period_id: int) -> HttpResponse:
    """Answer; once that is done, read how the answer agrees with one's goals."""
    viewer = request.viewer
    period = found_or_404(period_seen_by(viewer, period_id))
    held = questions.answer_of(viewer, period)
    if request.method == "GET" and held is not None and "again" not in request.GET:
        return _agreement(request, period, held)
    require(policies.may_answer_question(viewer, period))
    return _asked(request, period, held)


def _asked(request: ViewerRequest, period: Period, held: SightAnswer | None) -> HttpResponse:
    viewer = request.viewer
    form = QuestionForm(
        request.POST or None,
        viewer=viewer,
        objectives=questions.objectives_asked(viewer, period),
        held=held,
        stands=fingerprint(held and held.changed_at),
    )
    if request.headers.get("HX-Request"):
        return render(request, "goals/points.html", {"form": form})

    def act() -> None:
        if form.is_skip:
            actions.skip_question(by=viewer, period=period, words=form.cleaned_data["words"])
        else:
            none = form.cleaned_data["none"] or 0
            actions.answer_question(by=viewer, period=period, shares=form.shares, none_percent=none)

    if "add_up" not in request.POST and carried_out(request, form, act):
        messages.success(request, _("Skipped.") if form.is_skip else _("Answered."))
        return redirect("goals:question", period.pk)
    context = {"period": period, "held": held}
    return answer(request, "goals/question.html", form, context)


def _agreement(request: ViewerRequest, period: Period, held: SightAnswer) -> HttpResponse:
    context = {
        "period": period,
        "held": held,
        "may_change": policies.may_answer_question(request.viewer, period),
        "seen": None if held.is_skipped else questions.held(request.viewer, held),
    }
    return render(request, "goals/agreement.html", context)
