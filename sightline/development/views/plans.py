"""Development plans and their actions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sightline.development import policies, rules
from sightline.development.actions import plans as actions
from sightline.development.forms.plans import ActionForm, ClosingForm, PlanForm, StepForm
from sightline.development.models import Plan, PlanAction, Side
from sightline.development.queries import plans as queries
from sightline.development.views.people import frame, whose
from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.fingerprints import fingerprint
from sightline.people.actions.files import note_reading
from sightline.people.viewer import ViewerRequest
from sightline.people.views.acting import answer, carried_out


def plans(request: ViewerRequest, employee_id: int) -> HttpResponse:
    """The plans of a person, the latest first."""
    employee = whose(request, employee_id)
    note_reading(by=request.viewer, employee=employee, part=_("development plans"))
    known = list(queries.plans_of(request.viewer, employee))
    running = next((one for one in known if one.is_running), None)
    may_draft = policies.may_draft_plan(request.viewer, employee)
    context = frame(request, employee, "plans") | {
        "plans": known,
        "running": running
        if running and policies.may_change_plan(request.viewer, running)
        else None,
        "may_draft": may_draft and running is None,
    }
    return render(request, "development/plans.html", context)


def plan(request: ViewerRequest, plan_id: int) -> HttpResponse:
    """A plan: what it is for, its actions, who agreed."""
    viewer = request.viewer
    one = found_or_404(queries.plan_seen_by(viewer, plan_id))
    note_reading(by=viewer, employee=one.employee, part=_("development plans"))
    revisions = list(queries.revisions_of(one))
    accord = queries.accord_in(revisions, [*Side] if one.has_manager else [Side.EMPLOYEE])
    may_change = policies.may_change_plan(viewer, one)
    waits = one.stage == Plan.Stage.PROPOSED and bool(may_change)
    context = frame(request, one.employee, "plans") | {
        "plan": one,
        "rows": queries.actions_of(viewer, one),
        "accord": accord,
        "waits_for_me": waits and accord.waits_for(policies.side_of(viewer, one)),
        "revisions": revisions,
        "may_change": may_change,
    }
    return render(request, "development/plan.html", context)


def new_plan(request: ViewerRequest, employee_id: int) -> HttpResponse:
    """Begin a plan."""
    employee = whose(request, employee_id)
    require(policies.may_draft_plan(request.viewer, employee))
    form = PlanForm(request.POST or None, viewer=request.viewer)
    made: list[Plan] = []

    def act() -> None:
        made.append(actions.draft_plan(by=request.viewer, employee=employee, aim=form.chosen))

    if carried_out(request, form, act):
        messages.success(request, _("The draft is yours alone until you propose it."))
        return redirect("development:plan", made[0].pk)
    context = {
        "title": _("Draft a development plan"),
        "submit": _("Draft the plan"),
        "subject": employee.name,
        "subject_url": reverse("development:plans", args=[employee.pk]),
    }
    return answer(request, "people/act.html", form, context)


def change_plan(request: ViewerRequest, plan_id: int) -> HttpResponse:
    """Another aim or end."""
    one = _to_change(request, plan_id)
    form = PlanForm(
        request.POST or None,
        viewer=request.viewer,
        initial=PlanForm.initial_of(one),
        stands=fingerprint(*queries.mark_of_plan(one)),
    )
    if carried_out(
        request, form, lambda: actions.change_plan(by=request.viewer, plan=one, aim=form.chosen)
    ):
        return _back(request, one, _("The plan is changed."))
    return answer(request, "people/act.html", form, _about(one, _("Change the plan"), _("Save")))


def new_action(request: ViewerRequest, plan_id: int) -> HttpResponse:
    """One thing more to do."""
    one = _to_change(request, plan_id)
    form = ActionForm(
        request.POST or None,
        viewer=request.viewer,
        initial={"competency": _key(request.GET.get("competency", "")), "due_on": one.until_on},
    )
    if carried_out(
        request,
        form,
        lambda: actions.add_action(by=request.viewer, plan=one, doing=form.chosen),
        parts=("competency",),
    ):
        return _back(request, one, _("The action is in the plan."))
    context = _about(one, _("Add an action"), _("Add"))
    return answer(request, "people/act.html", form, context, parts=("competency",))


def _key(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 16 else None


def change_action(request: ViewerRequest, action_id: int) -> HttpResponse:
    """Say an action anew."""
    one = _action(request, action_id)
    require(policies.may_change_plan(request.viewer, one.plan))
    facts = ActionForm.initial_of(one)
    form = ActionForm(
        request.POST or None,
        viewer=request.viewer,
        initial=facts,
        stands=fingerprint(*facts.values(), one.stage),
    )
    if carried_out(
        request,
        form,
        lambda: actions.change_action(by=request.viewer, action=one, doing=form.chosen),
    ):
        return _back(request, one.plan, _("The action is changed."))
    context = _about(one.plan, _("Change the action"), _("Save"))
    return answer(request, "people/act.html", form, context)


def progress(request: ViewerRequest, action_id: int) -> HttpResponse:
    """Say how far an action is."""
    one = _action(request, action_id)
    require(policies.may_move_action(request.viewer, one))
    stages = [stage for stage in PlanAction.Stage.values if rules.action_may_go(one.stage, stage)]
    form = StepForm(
        request.POST or None,
        viewer=request.viewer,
        stages=stages,
        initial={"stage": stages[0]},
        stands=fingerprint(one.stage),
    )
    if carried_out(
        request,
        form,
        lambda: actions.move_action(
            by=request.viewer,
            action=one,
            stage=form.cleaned_data["stage"],
            words=form.cleaned_data["words"],
        ),
    ):
        return _back(request, one.plan, _("It is noted how far the action is."))
    context = _about(one.plan, _("How far is it?"), _("Save")) | {"note": one.what}
    return answer(request, "people/act.html", form, context)


@require_POST
def action_removal(request: ViewerRequest, action_id: int) -> HttpResponse:
    """Take an action out of a draft."""
    one = _action(request, action_id)
    actions.take_out_action(by=request.viewer, action=one)
    return _back(request, one.plan, _("The action is taken out."))


@require_POST
def proposal(request: ViewerRequest, plan_id: int) -> HttpResponse:
    """Put a draft before the other side."""
    return _pressed(
        request, plan_id, actions.propose_plan, _("The plan is proposed; the other side is told.")
    )


@require_POST
def agreement(request: ViewerRequest, plan_id: int) -> HttpResponse:
    """Agree to the revision that was read."""
    number = _key(request.POST.get("revision", "")) or 0

    def agree(*, by: Any, plan: Plan) -> Plan:
        return actions.agree_plan(by=by, plan=plan, revision=number)

    return _pressed(request, plan_id, agree, _("You have agreed."))


@require_POST
def removal(request: ViewerRequest, plan_id: int) -> HttpResponse:
    """Throw a draft away."""
    one = found_or_404(queries.plan_seen_by(request.viewer, plan_id))
    actions.discard_draft(by=request.viewer, plan=one)
    messages.success(request, _("The draft is gone."))
    return redirect("development:plans", one.employee_id)


def closure(request: ViewerRequest, plan_id: int) -> HttpResponse:
    """End a plan, with words on what it brought."""
    one = found_or_404(queries.plan_seen_by(request.viewer, plan_id))
    require(policies.may_close_plan(request.viewer, one))
    form = ClosingForm(
        request.POST or None,
        viewer=request.viewer,
        stands=fingerprint(*queries.mark_of_plan(one)),
    )
    if carried_out(
        request,
        form,
        lambda: actions.close_plan(by=request.viewer, plan=one, **form.cleaned_data),
    ):
        return _back(request, one, _("The plan is closed."))
    return answer(request, "people/act.html", form, _about(one, _("Close the plan"), _("Close")))


def _pressed(
    request: ViewerRequest, plan_id: int, act: Callable[..., Plan], done: str
) -> HttpResponse:
    one = found_or_404(queries.plan_seen_by(request.viewer, plan_id))
    act(by=request.viewer, plan=one)
    return _back(request, one, done)


def _to_change(request: ViewerRequest, plan_id: int) -> Plan:
    one: Plan = found_or_404(queries.plan_seen_by(request.viewer, plan_id))
    require(policies.may_change_plan(request.viewer, one))
    return one


def _action(request: ViewerRequest, action_id: int) -> PlanAction:
    return found_or_404(queries.action_seen_by(request.viewer, action_id))


def _about(one: Plan, title: str, submit: str) -> dict[str, object]:
    url = reverse("development:plan", args=[one.pk])
    words = _("Development plan of %s") % one.employee.name
    return {"title": title, "submit": submit, "subject": words, "subject_url": url}


def _back(request: ViewerRequest, one: Plan, done: str) -> HttpResponse:
    messages.success(request, done)
    return redirect("development:plan", one.pk)
