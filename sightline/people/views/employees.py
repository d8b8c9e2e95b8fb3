"""Acts on one person: each a form, an action, and back to the person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.keys import key_in
from sightline.foundation.ui.acting import led_away
from sightline.people import policies
from sightline.people.actions import assignments, employments, leaves, pay
from sightline.people.actions.holding import while_it_stands
from sightline.people.forms import employees as forms
from sightline.people.models import Employee, Position
from sightline.people.queries import files
from sightline.people.queries.organisation import position_seen_by
from sightline.people.queries.people import employees_seen_by, person_seen_by
from sightline.people.viewer import Viewer, ViewerRequest
from sightline.people.views.acting import answer, carried_out


def _person(request: ViewerRequest, employee_id: int) -> Employee:
    """The person, when the viewer sees him and may change him."""
    employee = get_object_or_404(employees_seen_by(request.viewer), pk=employee_id)
    require(policies.may_change_employee(request.viewer, employee))
    return employee


def _back(request: ViewerRequest, employee_id: int, sentence: str) -> HttpResponse:
    """To the person's page, which says what was done."""
    messages.success(request, sentence)
    return redirect("person", employee_id)


def _nothing(_request: ViewerRequest, _employee: Employee) -> dict[str, Any]:
    return {}


def _form_for(
    form_class: type[forms.ViewerForm],
    action: Callable[..., object],
    *,
    title: str | Promise,
    submit: str | Promise,
    note: str | Promise = "",
    initial: Callable[[ViewerRequest, Employee], dict[str, Any]] = _nothing,
    refuse: Callable[[Employee], None] = lambda _employee: None,
) -> Callable[[ViewerRequest, int], HttpResponse]:
    """The view of an act on one person: its form shown, refused, or carried out.

    The action takes `by`, `employee`, and each field of the form by its name. `initial` is what the
    form holds at first, besides today as its day; `refuse` is the action's rule whom it is not for.
    """

    def view(request: ViewerRequest, employee_id: int) -> HttpResponse:
        employee = _person(request, employee_id)
        person = reverse("person", args=[employee.pk])
        if away := led_away(request, lambda: refuse(employee), person):
            return away
        stood = files.as_it_stands(employee)
        form = form_class(
            request.POST or None,
            viewer=request.viewer,
            initial={"on": request.viewer.today} | initial(request, employee),
            stands=stood,
        )

        def at_its_turn() -> None:
            while_it_stands(
                stood=stood,
                look=lambda: files.as_it_stands(employee),
                act=lambda: action(by=request.viewer, employee=employee, **form.cleaned_data),
            )

        if carried_out(request, form, at_its_turn):
            return _back(request, employee.pk, _("Done: %s.") % title)
        context = {"employee": employee, "title": title, "submit": submit, "note": note}
        return answer(request, "people/act.html", form, context)

    return view


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

    if carried_out(request, form, act, parts=("position",)):
        return _back(request, hired[0].pk, _("%s is in.") % hired[0].name)
    back = reverse("people:position", args=[position.pk]) if position else ""
    context = {"back_url": back or reverse("people:directory")}
    return answer(request, "people/hire.html", form, context, parts=("position",))


def _position_asked_for(request: ViewerRequest) -> Position | None:
    key = key_in(request.GET.get("position", ""))
    return position_seen_by(request.viewer, key) if key is not None else None


def _correct_details(*, by: Viewer, employee: Employee, **values: Any) -> None:
    employments.correct_details(by=by, employee=employee, details=employments.Details(**values))


def _details_of(_request: ViewerRequest, employee: Employee) -> dict[str, Any]:
    return forms.DetailsForm.initial_of(employee)


def _post_of(request: ViewerRequest, employee: Employee) -> dict[str, Any]:
    person = person_seen_by(request.viewer, employee.pk, request.viewer.today)
    held = person.current if person else None
    return {"manager": held.manager, "share_percent": held.share_percent} if held else {}


def _from_today(request: ViewerRequest, _employee: Employee) -> dict[str, Any]:
    return {"from_on": request.viewer.today}


# The acts on one person, each an address of its own.
details = _form_for(
    forms.DetailsForm,
    _correct_details,
    title=gettext_lazy("Correct details"),
    submit=gettext_lazy("Save"),
    initial=_details_of,
)
move = _form_for(
    forms.PostForm,
    assignments.move,
    title=gettext_lazy("Move to another position"),
    submit=gettext_lazy("Move"),
    note=gettext_lazy("The present post ends the day before; everything about it stays on record."),
    initial=_post_of,
)
manager = _form_for(
    forms.ManagerForm,
    assignments.change_manager,
    title=gettext_lazy("Change the manager"),
    submit=gettext_lazy("Change the manager"),
)
share = _form_for(
    forms.ShareForm,
    assignments.change_share,
    title=gettext_lazy("Change the working time"),
    submit=gettext_lazy("Change"),
)
departure = _form_for(
    forms.DepartureForm,
    employments.end_employment,
    title=gettext_lazy("End the employment"),
    submit=gettext_lazy("End the employment"),
    note=gettext_lazy(
        "On that day the account closes, the post falls vacant, and leave and roles end."
    ),
)
comeback = _form_for(
    forms.PostForm,
    employments.rehire,
    title=gettext_lazy("Hire again"),
    submit=gettext_lazy("Hire again"),
    refuse=employments.refuse_working_here,
)
leave = _form_for(
    forms.LeaveForm,
    leaves.take_leave,
    title=gettext_lazy("Record a leave"),
    submit=gettext_lazy("Record the leave"),
    initial=_from_today,
)
dotted_line = _form_for(
    forms.DottedLineForm,
    assignments.draw_dotted_line,
    title=gettext_lazy("Draw a dotted line"),
    submit=gettext_lazy("Draw the line"),
)
set_pay = _form_for(
    forms.PayForm,
    pay.set_pay,
    title=gettext_lazy("Set the pay"),
    submit=gettext_lazy("Set the pay"),
)


@require_POST
def staying(request: ViewerRequest, employee_id: int) -> HttpResponse:
    """A planned leaving is called off."""
    employee = _person(request, employee_id)
    employments.continue_employment(by=request.viewer, employee=employee)
    return _back(request, employee.pk, _("%s stays.") % employee.name)


@require_POST
def cancellation(request: ViewerRequest, assignment_id: int) -> HttpResponse:
    """A change that has not begun is called off."""
    assignment = found_or_404(files.assignment_seen_by(request.viewer, assignment_id))
    assignments.cancel_plan(by=request.viewer, assignment=assignment)
    return _back(request, assignment.employee_id, _("The plan is cancelled."))


@require_POST
def leave_end(request: ViewerRequest, leave_id: int) -> HttpResponse:
    """Somebody is back, today; or a leave to come is called off."""
    leave = found_or_404(files.leave_seen_by(request.viewer, leave_id))
    is_to_come = leave.from_on > request.viewer.today
    leaves.end_leave(by=request.viewer, leave=leave, on=request.viewer.today)
    sentence = _("The leave of %s is called off.") if is_to_come else _("%s is back.")
    return _back(request, leave.employee_id, sentence % leave.employee.name)


@require_POST
def dotted_line_end(request: ViewerRequest, line_id: int) -> HttpResponse:
    """A dotted line ends today."""
    line = found_or_404(files.dotted_line_seen_by(request.viewer, line_id))
    assignments.end_dotted_line(by=request.viewer, line=line, on=request.viewer.today)
    return _back(request, line.employee_id, _("The dotted line ends today."))
