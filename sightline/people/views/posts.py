"""Positions: the list, one of them with its job description, and what may be done to it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.fingerprints import fingerprint
from sightline.foundation.core.paging import page_after
from sightline.people import policies
from sightline.people.actions import posts as actions
from sightline.people.forms import organisation as forms
from sightline.people.forms.employees import ClosingForm, DayForm
from sightline.people.forms.filters import PositionFilter
from sightline.people.models import Position
from sightline.people.queries import organisation, people
from sightline.people.viewer import ViewerRequest
from sightline.people.views.acting import answer, carried_out
from sightline.people.views.days import day_asked_for
from sightline.people.views.units import unit_asked_for


def positions(request: ViewerRequest) -> HttpResponse:
    """All positions on a day, filled and vacant."""
    day = day_asked_for(request)
    filters = PositionFilter(request.GET, viewer=request.viewer)
    rows = filters.narrowed(organisation.positions_seen_by(request.viewer, day), day)
    page = page_after(rows, request.GET.get("after", ""), by=("title", "id"))
    context = {
        "page": page,
        "holders": organisation.holders_by_position(request.viewer, page.rows, day),
        "total": rows.count(),
        "day": day,
        "form": filters,
        "is_narrowed": filters.is_narrowed,
        "may_open": policies.may_hire_somewhere(request.viewer),
    }
    return render(request, "people/positions.html", context)


def position(request: ViewerRequest, position_id: int) -> HttpResponse:
    """A position; in print, its job description."""
    post = found_or_404(organisation.position_seen_by(request.viewer, position_id))
    day = day_asked_for(request)
    viewer = request.viewer
    within = organisation.day_within(post, day)
    written = organisation.responsibilities_ever(post)
    held = [duty for duty in written if within in duty.span]
    changed_on = {duty.from_on for duty in written if policies.may_look_at(viewer, duty.from_on)}
    context = {
        "position": post,
        "ends_on": organisation.end_seen_by(viewer, post),
        "day": day,
        "above": organisation.units_above(post.unit, day),
        "holders": people.with_time_in_post(organisation.holders(viewer, post, day)),
        "responsibilities": held,
        "version_on": max((duty.from_on for duty in held), default=None),
        "versions": sorted(changed_on, reverse=True),
        "requirements": organisation.requirements(post.job, day),
        "rights": policies.position_rights(viewer, post),
    }
    return render(request, "people/position.html", context)


def new_position(request: ViewerRequest) -> HttpResponse:
    """Open a position."""
    require(policies.may_hire_somewhere(request.viewer))
    form = forms.NewPositionForm(
        request.POST or None,
        viewer=request.viewer,
        initial={"on": request.viewer.today, "unit": unit_asked_for(request)},
    )
    opened: list[Position] = []
    if carried_out(
        request,
        form,
        lambda: opened.append(actions.open_position(by=request.viewer, **form.cleaned_data)),
        parts=("unit",),
    ):
        messages.success(request, _("The position is open and vacant."))
        return redirect("people:position", opened[0].pk)
    context = {
        "title": _("Open a position"),
        "submit": _("Open the position"),
        "subject_url": reverse("people:positions"),
    }
    return answer(request, "people/act.html", form, context, parts=("unit",))


def _to_change(request: ViewerRequest, position_id: int) -> Position:
    post = found_or_404(organisation.position_seen_by(request.viewer, position_id))
    require(policies.may_change_position(request.viewer, post))
    return post


def change_position(request: ViewerRequest, position_id: int) -> HttpResponse:
    """Another title or purpose."""
    post = _to_change(request, position_id)
    form = forms.PositionForm(
        request.POST or None,
        viewer=request.viewer,
        initial={"title": post.title, "purpose": post.purpose},
        stands=fingerprint(post.title, post.purpose),
    )
    if carried_out(
        request,
        form,
        lambda: actions.change_position(by=request.viewer, position=post, **form.cleaned_data),
    ):
        return _done(request, post)
    return answer(
        request, "people/act.html", form, _about(post, _("Change the position"), _("Save"))
    )


def move_position(request: ViewerRequest, position_id: int) -> HttpResponse:
    """Another unit or job from a day on."""
    post = _to_change(request, position_id)
    form = forms.MovePositionForm(
        request.POST or None,
        viewer=request.viewer,
        initial={"on": request.viewer.today, "unit": post.unit, "job": post.job},
        stands=fingerprint(post.until_on),
    )
    moved: list[Position] = []
    if carried_out(
        request,
        form,
        lambda: moved.append(
            actions.move_position(by=request.viewer, position=post, **form.cleaned_data)
        ),
    ):
        return _done(request, moved[0])
    return answer(request, "people/act.html", form, _about(post, _("Move the position"), _("Move")))


def close_position(request: ViewerRequest, position_id: int) -> HttpResponse:
    """End a position."""
    post = _to_change(request, position_id)
    form = ClosingForm(
        request.POST or None,
        viewer=request.viewer,
        initial={"on": request.viewer.today},
        stands=fingerprint(post.until_on),
    )
    if carried_out(
        request,
        form,
        lambda: actions.close_position(by=request.viewer, position=post, **form.cleaned_data),
    ):
        return _done(request, post)
    return answer(
        request,
        "people/act.html",
        form,
        _about(post, _("Close the position"), _("Close the position")),
    )


def responsibilities(request: ViewerRequest, position_id: int) -> HttpResponse:
    """Write what a post is there for."""
    post = found_or_404(organisation.position_seen_by(request.viewer, position_id))
    require(policies.may_write_responsibilities(request.viewer, post))
    duties = organisation.responsibilities(post, request.viewer.today)
    rows = [
        {"title": duty.title, "standard": duty.standard, "weight_percent": duty.weight_percent}
        for duty in duties
    ]
    form = DayForm(
        request.POST or None,
        viewer=request.viewer,
        initial={"on": request.viewer.today},
        stands=fingerprint(rows),
    )
    written = forms.DutyFormSet(request.POST or None, initial=rows, prefix="duty")
    if written.is_valid() and carried_out(
        request, form, lambda: _set(request, post, form, written)
    ):
        return _done(request, post)
    context = _about(post, _("Write responsibilities"), _("Save")) | {"written": written}
    return answer(request, "people/responsibilities_form.html", form, context)


def _set(request: ViewerRequest, post: Position, form: DayForm, written: Any) -> None:
    said = [row.cleaned_data for row in written if row.cleaned_data.get("title")]
    duties = [actions.Duty(row["title"], row["standard"], row["weight_percent"]) for row in said]
    actions.set_responsibilities(
        by=request.viewer, position=post, duties=duties, on=form.cleaned_data["on"]
    )


def _about(post: Position, title: str, submit: str) -> dict[str, Any]:
    url = reverse("people:position", args=[post.pk])
    return {"title": title, "submit": submit, "subject": post, "subject_url": url}


def _done(request: ViewerRequest, post: Position) -> HttpResponse:
    messages.success(request, _("%s is changed.") % post.title)
    return redirect("people:position", post.pk)
