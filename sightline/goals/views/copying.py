"""Goals of the last period become drafts of the next."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sightline.foundation.access.decisions import require
from sightline.goals import policies
from sightline.goals.actions import closings as actions
from sightline.goals.forms.copying import CopyForm
from sightline.goals.models import Period
from sightline.goals.queries import periods
from sightline.goals.queries.copying import copyable
from sightline.people.viewer import ViewerRequest
from sightline.people.views.acting import answer, carried_out

PARTS = ("into",)


def copy(request: ViewerRequest) -> HttpResponse:
    """Choose among one's goals of the last period those that go on in another."""
    viewer = request.viewer
    require(policies.may_read_goals(viewer))
    open_ones = list(periods.open_periods(viewer))
    if not open_ones:
        may_open = policies.may_change_periods(viewer)
        return render(request, "goals/no_period.html", {"may_open": may_open})
    asked = request.GET.get("into", "")
    into = next((one for one in open_ones if str(one.pk) == asked), open_ones[0])
    form = CopyForm(request.POST or None, viewer=viewer, copyable=copyable(viewer, into))

    def carry() -> None:
        actions.carry_over_several(by=viewer, goals=form.chosen, period=into)

    if carried_out(request, form, carry, parts=PARTS):
        count = len(form.chosen)
        done = ngettext(
            "%d draft is kept. Change what is to change, then propose it.",
            "%d drafts are kept. Change what is to change, then propose them.",
            count,
        )
        messages.success(request, done % count)
        return redirect("goals:mine")
    context = {"into": into, "tabs": _tabs(open_ones, into)}
    return answer(request, "goals/copy.html", form, context, parts=PARTS)


def _tabs(open_ones: list[Period], into: Period) -> list[dict[str, Any]]:
    """Into which period, when several are open."""
    if len(open_ones) < 2:
        return []
    return [
        {"label": _("Into %s") % one.name, "url": f"?into={one.pk}", "current": one == into}
        for one in open_ones
    ]
