"""A few people typed in at once: how an organisation without files begins."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext

from sightline.foundation.access.decisions import require
from sightline.people import policies
from sightline.people.actions.beginnings import bring_in
from sightline.people.forms.beginnings import BeginningForm, people_table
from sightline.people.models import Employee
from sightline.people.queries.organisation import top_units
from sightline.people.viewer import Viewer, ViewerRequest
from sightline.people.views.acting import answer, carried_out


def several(request: ViewerRequest) -> HttpResponse:
    """A table of people with their posts, units and managers."""
    viewer = request.viewer
    require(policies.may_change_organisation(viewer))
    has_top = top_units(viewer, viewer.today).exists()
    form = BeginningForm(
        request.POST or None, viewer=viewer, has_top=has_top, initial={"on": viewer.today}
    )
    table = people_table(request.POST or None, viewer=viewer, initial=_oneself(viewer))
    came: list[Employee] = []

    def bring() -> None:
        came.extend(
            bring_in(
                by=viewer,
                organisation=form.cleaned_data.get("organisation", ""),
                rows=table.rows(),
                on=form.cleaned_data["on"],
            )
        )

    are_right = [table.is_valid(), form.is_valid()] if form.is_bound else [False]
    if all(are_right) and carried_out(request, form, bring):
        words = ngettext("%d person is in.", "%d people are in.", len(came)) % len(came)
        messages.success(request, words)
        return redirect("home")
    return answer(request, "people/several.html", form, {"table": table})


def _oneself(viewer: Viewer) -> list[dict[str, Any]]:
    """Whoever founds the organisation stands in the first row, to be given a post or taken out."""
    if not policies.may_take_own_post(viewer):
        return []
    return [{"name": viewer.employee.name, "email": viewer.employee.email}]
