"""Units: the tree, one of them, and what may be done to it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.fingerprints import fingerprint
from sightline.foundation.core.keys import key_in
from sightline.foundation.core.paging import page_after
from sightline.people import policies
from sightline.people.actions import units as actions
from sightline.people.forms import organisation as forms
from sightline.people.forms.employees import ClosingForm
from sightline.people.models import Unit
from sightline.people.queries import organisation, people
from sightline.people.viewer import ViewerRequest
from sightline.people.views.acting import answer, carried_out
from sightline.people.views.days import day_asked_for


def units(request: ViewerRequest) -> HttpResponse:
    """The tree of units on a day."""
    day = day_asked_for(request)
    context = {
        "nodes": organisation.unit_tree(request.viewer, day),
        "day": day,
        "may_open": policies.may_change_unit(request.viewer, None),
    }
    return render(request, "people/units.html", context)


def unit(request: ViewerRequest, unit_id: int) -> HttpResponse:
    """One unit: what it is there for, who leads it, who is in it."""
    one = found_or_404(organisation.unit_seen_by(request.viewer, unit_id))
    day = day_asked_for(request)
    rows = people.directory(request.viewer, day, people.Wanted(unit_id=one.pk))
    posts = organisation.positions_seen_by(request.viewer, day)
    by = ("employee__sort_key", "employee_id")
    context = {
        "unit": one,
        "ends_on": organisation.end_seen_by(request.viewer, one),
        "day": day,
        "above": organisation.units_above(one, day)[:-1],
        "under": organisation.units_under(one, day),
        "lead": organisation.leads_on(request.viewer, day, [one.pk]).first(),
        "page": page_after(rows, request.GET.get("after", ""), by=by),
        "total": rows.count(),
        "vacant": organisation.only_vacant(request.viewer, posts.filter(unit=one), day),
        "may_change": policies.may_change_unit(request.viewer, one),
    }
    return render(request, "people/unit.html", context)


def new_unit(request: ViewerRequest) -> HttpResponse:
    """Open a unit."""
    require(policies.may_hire_somewhere(request.viewer))
    form = forms.NewUnitForm(
        request.POST or None,
        viewer=request.viewer,
        initial={"on": request.viewer.today, "parent": unit_asked_for(request)},
    )
    opened: list[Unit] = []
    if carried_out(
        request,
        form,
        lambda: opened.append(actions.open_unit(by=request.viewer, **form.cleaned_data)),
        parts=("unit",),
    ):
        messages.success(request, _("%s is open.") % opened[0].name)
        return redirect("people:unit", opened[0].pk)
    return answer(
        request,
        "people/act.html",
        form,
        {
            "title": _("Open a unit"),
            "submit": _("Open the unit"),
            "subject_url": reverse("people:units"),
        },
        parts=("unit",),
    )


def unit_asked_for(request: ViewerRequest) -> Unit | None:
    """The unit in `?unit=`, when there is one that the viewer sees."""
    key = key_in(request.GET.get("unit", ""))
    return organisation.unit_seen_by(request.viewer, key) if key is not None else None


def _to_change(request: ViewerRequest, unit_id: int) -> Unit:
    one = found_or_404(organisation.unit_seen_by(request.viewer, unit_id))
    require(policies.may_change_unit(request.viewer, one))
    return one


def change_unit(request: ViewerRequest, unit_id: int) -> HttpResponse:
    """Another name, kind or purpose."""
    one = _to_change(request, unit_id)
    form = forms.UnitForm(
        request.POST or None,
        viewer=request.viewer,
        initial={"name": one.name, "kind": one.kind, "purpose": one.purpose},
        stands=fingerprint(one.name, one.kind, one.purpose),
    )
    if carried_out(
        request, form, lambda: actions.change_unit(by=request.viewer, unit=one, **form.cleaned_data)
    ):
        return _done(request, one)
    return answer(request, "people/act.html", form, _about(one, _("Change the unit"), _("Save")))


def move_unit(request: ViewerRequest, unit_id: int) -> HttpResponse:
    """Put a unit under another."""
    one = _to_change(request, unit_id)
    above = organisation.units_above(one, request.viewer.today)[:-1]
    form = forms.MoveUnitForm(
        request.POST or None,
        viewer=request.viewer,
        initial={"on": request.viewer.today, "parent": above[-1] if above else None},
        stands=fingerprint(*above),
    )
    if carried_out(
        request, form, lambda: actions.move_unit(by=request.viewer, unit=one, **form.cleaned_data)
    ):
        return _done(request, one)
    return answer(request, "people/act.html", form, _about(one, _("Move the unit"), _("Move")))


def close_unit(request: ViewerRequest, unit_id: int) -> HttpResponse:
    """End a unit."""
    one = _to_change(request, unit_id)
    form = ClosingForm(
        request.POST or None,
        viewer=request.viewer,
        initial={"on": request.viewer.today},
        stands=fingerprint(one.until_on),
    )
    if carried_out(
        request, form, lambda: actions.close_unit(by=request.viewer, unit=one, **form.cleaned_data)
    ):
        return _done(request, one)
    return answer(
        request, "people/act.html", form, _about(one, _("Close the unit"), _("Close the unit"))
    )


def _about(one: Unit, title: str, submit: str) -> dict[str, object]:
    url = reverse("people:unit", args=[one.pk])
    return {"title": title, "submit": submit, "subject": one, "subject_url": url}


def _done(request: ViewerRequest, one: Unit) -> HttpResponse:
    messages.success(request, _("%s is changed.") % one.name)
    return redirect("people:unit", one.pk)
