"""Acts on one person: each a form, an action, and back to the person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.people import policies
from sightline.people.actions import assignments, employments, leaves, pay
from sightline.people.actions.holding import while_it_stands
from sightline.people.forms import employees as forms
from sightline.people.models import Employee, Position
from sightline.people.queries import files
from sightline.people.queries.organisation import position_seen_by
from sightline.people.queries.people import employees_seen_by, person_seen_by
from sightline.people.viewer import ViewerRequest
from sightline.people.views.acting import answer, carried_out


def _person(request: ViewerRequest, employee_id: int) -> Employee:
    """The person, when the viewer sees him and may change him."""
    employee = get_object_or_404(employees_seen_by(request.viewer), pk=employee_id)
    require(policies.may_change_employee(request.viewer, employee))
    return employee


def _act(
    request: ViewerRequest,
    employee: Employee,
    form_class: type[forms.ViewerForm],
    act: Callable[[dict[str, Any]], object],
    *,
    title: str,
    submit: str,
    initial: dict[str, Any] | None = None,
    note: str = "",
) -> HttpResponse:
    """One form about one person: shown, refused, or carried out and back to the person's page."""
    stood = files.as_it_stands(employee)
    form = form_class(
        request.POST or None,
        viewer=request.viewer,
        initial={"on": request.viewer.today, **(initial or {})},
        stands=stood,
    )

    def at_its_turn() -> None:
        while_it_stands(
            stood=stood,
            look=lambda: files.as_it_stands(employee),
            act=lambda: act(form.cleaned_data),
        )

    if carried_out(request, form, at_its_turn):
        messages.success(request, _("Done: %s.") % title)
        return redirect("person", employee.pk)
    context = {"employee": employee, "title": title, "submit": submit, "note": note}
    return answer(request, "people/act.html", form, context)


def hire(request: ViewerRequest) -> HttpResponse:
    """Somebody new."""
    position = _position_asked_for(request)
    if position:
        require(policies.may_hire_into(request.viewer, position.unit))
    else:
        require(policies.may_hire_somewhere(request.viewer))
    form = forms.HireForm(
        request.POST or None,
        viewer=request.viewer,
        initial={"on": request.viewer.today, "position": position},
    )
    hired: list[Employee] = []

    def act() -> None:
        values = {
            key: form.cleaned_data[key] for key in forms.PostForm.base_fields if key != "stands"
        }
        hired.append(employments.hire(by=request.viewer, details=form.details, **values))

    if carried_out(request, form, act):
        messages.success(request, _("%s is in.") % hired[0].name)
        return redirect("person", hired[0].pk)
    back = reverse("people:position", args=[position.pk]) if position else ""
    context = {"back_url": back or reverse("people:directory")}
    return answer(request, "people/hire.html", form, context)


def _position_asked_for(request: ViewerRequest) -> Position | None:
    asked = request.GET.get("position", "")
    is_key = asked.isdecimal() and len(asked) < 16
    return position_seen_by(request.viewer, int(asked)) if is_key else None


def details(request: ViewerRequest, employee_id: int) -> HttpResponse:
    """Correct what is known of a person."""
    employee = _person(request, employee_id)
    return _act(
        request,
        employee,
        forms.DetailsForm,
        lambda values: employments.correct_details(
            by=request.viewer, employee=employee, details=employments.Details(**values)
        ),
        title=_("Correct details"),
        submit=_("Save"),
        initial=forms.DetailsForm.initial_of(employee),
    )


def move(request: ViewerRequest, employee_id: int) -> HttpResponse:
    """Bring a person into another position."""
    employee = _person(request, employee_id)
    person = person_seen_by(request.viewer, employee_id, request.viewer.today)
    held = person.current if person else None
    return _act(
        request,
        employee,
        forms.PostForm,
        lambda values: assignments.move(by=request.viewer, employee=employee, **values),
        title=_("Move to another position"),
        submit=_("Move"),
        initial={
            "manager": held.manager if held else None,
            "share_percent": held.share_percent if held else 100,
        },
        note=_("The present post ends the day before; everything about it stays on record."),
    )


def manager(request: ViewerRequest, employee_id: int) -> HttpResponse:
    """Give a person another manager."""
    employee = _person(request, employee_id)
    return _act(
        request,
        employee,
        forms.ManagerForm,
        lambda values: assignments.change_manager(by=request.viewer, employee=employee, **values),
        title=_("Change the manager"),
        submit=_("Change the manager"),
    )


def share(request: ViewerRequest, employee_id: int) -> HttpResponse:
    """Change a person's working time."""
    employee = _person(request, employee_id)
    return _act(
        request,
        employee,
        forms.ShareForm,
        lambda values: assignments.change_share(by=request.viewer, employee=employee, **values),
        title=_("Change the working time"),
        submit=_("Change"),
    )


def departure(request: ViewerRequest, employee_id: int) -> HttpResponse:
    """Somebody leaves."""
    employee = _person(request, employee_id)
    return _act(
        request,
        employee,
        forms.DepartureForm,
        lambda values: employments.end_employment(by=request.viewer, employee=employee, **values),
        title=_("End the employment"),
        submit=_("End the employment"),
        note=_("On that day the account closes, the post falls vacant, and leave and roles end."),
    )


def comeback(request: ViewerRequest, employee_id: int) -> HttpResponse:
    """Somebody who left starts again."""
    employee = _person(request, employee_id)
    return _act(
        request,
        employee,
        forms.PostForm,
        lambda values: employments.rehire(by=request.viewer, employee=employee, **values),
        title=_("Hire again"),
        submit=_("Hire again"),
    )


def leave(request: ViewerRequest, employee_id: int) -> HttpResponse:
    """Somebody is away for a time."""
    employee = _person(request, employee_id)
    return _act(
        request,
        employee,
        forms.LeaveForm,
        lambda values: leaves.take_leave(by=request.viewer, employee=employee, **values),
        title=_("Record a leave"),
        submit=_("Record the leave"),
        initial={"from_on": request.viewer.today},
    )


def dotted_line(request: ViewerRequest, employee_id: int) -> HttpResponse:
    """A second person to answer to."""
    employee = _person(request, employee_id)
    return _act(
        request,
        employee,
        forms.DottedLineForm,
        lambda values: assignments.draw_dotted_line(by=request.viewer, employee=employee, **values),
        title=_("Draw a dotted line"),
        submit=_("Draw the line"),
    )


def set_pay(request: ViewerRequest, employee_id: int) -> HttpResponse:
    """What a person is paid."""
    employee = _person(request, employee_id)
    return _act(
        request,
        employee,
        forms.PayForm,
        lambda values: pay.set_pay(by=request.viewer, employee=employee, **values),
        title=_("Set the pay"),
        submit=_("Set the pay"),
    )


@require_POST
def staying(request: ViewerRequest, employee_id: int) -> HttpResponse:
    """A planned leaving is called off."""
    employee = _person(request, employee_id)
    employments.continue_employment(by=request.viewer, employee=employee)
    messages.success(request, _("%s stays.") % employee.name)
    return redirect("person", employee.pk)


@require_POST
def cancellation(request: ViewerRequest, assignment_id: int) -> HttpResponse:
    """A change that has not begun is called off."""
    assignment = found_or_404(files.assignment_seen_by(request.viewer, assignment_id))
    assignments.cancel_plan(by=request.viewer, assignment=assignment)
    messages.success(request, _("The plan is cancelled."))
    return redirect("person", assignment.employee_id)


@require_POST
def leave_end(request: ViewerRequest, leave_id: int) -> HttpResponse:
    """Somebody is back, today."""
    leave = found_or_404(files.leave_seen_by(request.viewer, leave_id))
    leaves.end_leave(by=request.viewer, leave=leave, on=request.viewer.today)
    messages.success(request, _("%s is back.") % leave.employee.name)
    return redirect("person", leave.employee_id)


@require_POST
def dotted_line_end(request: ViewerRequest, line_id: int) -> HttpResponse:
    """A dotted line ends today."""
    line = found_or_404(files.dotted_line_seen_by(request.viewer, line_id))
    assignments.end_dotted_line(by=request.viewer, line=line, on=request.viewer.today)
    messages.success(request, _("The dotted line ends today."))
    return redirect("person", line.employee_id)
