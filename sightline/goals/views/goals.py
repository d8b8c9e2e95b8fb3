"""One goal: its page, how it is written, closed and carried over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.errors import Refused
from sightline.foundation.ui.acting import led_away
from sightline.goals import pictures, policies
from sightline.goals.actions import closings
from sightline.goals.actions import goals as actions
from sightline.goals.actions.contributions import draft_from_responsibility
from sightline.goals.advice import on_own_draft
from sightline.goals.forms import goals as forms
from sightline.goals.forms.texts import TextForm
from sightline.goals.models import Goal
from sightline.goals.queries import check_ins, mediation, owners, periods, sightlines, talks
from sightline.goals.queries.forecasts import recalibration
from sightline.goals.queries.goals import GoalSeen, goal_seen_by, standing_of
from sightline.goals.queries.help import help_with
from sightline.goals.queries.milestones import done_days, milestones_of, schedule_of
from sightline.goals.queries.talks import RevisionSeen
from sightline.goals.rules.catchball import timing
from sightline.goals.rules.earned_schedule import Schedule
from sightline.goals.rules.roll_up import activity_without_outcome
from sightline.goals.rules.texts import fields_of, text_of
from sightline.goals.views.acting import about, acted, goal_for, page_of, stands
from sightline.people.models import Responsibility
from sightline.people.queries.people import employees_seen_by
from sightline.people.viewer import Viewer, ViewerRequest
from sightline.people.views.acting import answer, carried_out
from sightline.strategy.forms.measures import ConfirmationForm

PARTS = ("owner", "responsibility")
"""What of an address says which draft is written."""

LONGEST_TITLE, LONGEST_MEASURE = 160, 300

FARTHEST_DAYS = 3650
SHOWN = 30
"""How many check-ins, and how many requests for help, the page tells in words."""


def goal(request: ViewerRequest, goal_id: int) -> HttpResponse:
    """One goal: where it stands, whom it serves and who serves it, how it was agreed."""
    viewer = request.viewer
    one = found_or_404(goal_seen_by(viewer, goal_id))
    said = list(check_ins.check_ins_of(viewer, one))
    above = sightlines.upwards(viewer, one)
    below, more = sightlines.serving(viewer, one)
    disagreement = disagreement_of(said)
    context = {
        "goal": one,
        "seen": GoalSeen(one, standing_of(one, viewer.today)),
        "thread": above.thread,
        "check_ins": said[:SHOWN],
        "disagreement": disagreement,
        "names": _names(viewer, one, disagreement),
        "milestones": milestones_of(one, done_days([one]).get(one.pk, {}), viewer.today),
        "weighed": len({step.weight for step in one.milestones}) > 1,
        "course": pictures.course(one, said, viewer.today),
        "served": above.served,
        "local_percent": sightlines.local_share_percent(above.served),
        "below": below,
        "more": more,
        "wanted": help_with(viewer, one)[:SHOWN] if one.agreed_number else (),
        "is_private": one.visibility == Goal.Visibility.PRIVATE,
        "apart": activity_without_outcome(_own_percent(one), one.rolled_percent),
        "advice": on_own_draft(one, viewer, get_language() or ""),
        **_talk(viewer, one),
    }
    return render(request, "goals/goal.html", context)


def _own_percent(one: Goal) -> Any:
    return None if one.kind == "children" else one.done_percent


def disagreement_of(said: list[Any]) -> Any:
    """The owner's words against the status, while no newer check-in has come."""
    return getattr(said[0], "disagreement", None) if said else None


def _names(viewer: Viewer, one: Goal, disagreement: Any) -> dict[str, str]:
    """Who closed a goal and who disagrees with its status, as far as they exist for the viewer."""
    asked = {"closer": one.closing if one.is_closed else None, "objector": disagreement}
    by = {role: act.by_id for role, act in asked.items() if act is not None and act.by_id}
    seen = employees_seen_by(viewer).in_bulk(by.values()) if by else {}
    return {role: seen[key].name for role, key in by.items() if key in seen}


def _talk(viewer: Viewer, one: Goal) -> dict[str, Any]:
    """What the viewer may do with a goal, and how it was agreed, if he may follow that."""
    rights = policies.goal_rights(viewer, one)
    context: dict[str, Any] = {"rights": rights, "is_mine": rights.side == "owner"}
    if rights.follow_talk and one.stage != Goal.Stage.DRAFT:
        context["revisions"] = talks.revisions_of(viewer, one)
        if one.stage == Goal.Stage.PROPOSED:
            context["proposed"] = talks.proposed_change(one, context["revisions"])
            context["my_turn"] = rights.side == one.turn
            context["agree_by"] = _agree_by(viewer, one, context["revisions"])
            context |= _mediation(viewer, one, rights, context["revisions"])
            context["others"] = owners.names_on_side(viewer, one, one.turn)
    return context


def _mediation(
    viewer: Viewer, one: Goal, rights: policies.GoalRights, revisions: Sequence[RevisionSeen]
) -> dict[str, Any]:
    """Mediation asked for, or to be asked for, as far as the viewer is concerned with it."""
    newest: Any = revisions[0].revision
    seen = mediation.mediation_seen(viewer, one) if newest.is_mediated else None
    context: dict[str, Any] = {"mediation": seen, "may_mediate": rights.mediate}
    if rights.side and talks.is_stuck(one, revisions, viewer.today):
        asking = policies.asking_to_mediate(viewer, one)
        context |= {"is_stuck": True, "may_ask": asking.decision, "mediator": asking.mediator}
    return context


def _agree_by(viewer: Viewer, one: Goal, revisions: Sequence[RevisionSeen]) -> dict[str, Any]:
    """By when a proposal is to be agreed, and how near that is."""
    day = talks.agree_by_of(one, revisions)
    return {"day": day, "timing": timing(day, viewer.today)}


def working(request: ViewerRequest, goal_id: int) -> HttpResponse:
    """From what a status and a roll-up were computed."""
    one = found_or_404(goal_seen_by(request.viewer, goal_id))
    below, more = sightlines.serving(request.viewer, one)
    schedule = schedule_of(one, done_days([one]).get(one.pk, {}))
    context = {
        "goal": one,
        "seen": GoalSeen(one, standing_of(one, request.viewer.today)),
        "below": below,
        "more": more,
        "learned": recalibration(),
        "schedule": schedule,
        "foreseen_on": _foreseen_on(one, schedule),
        "fresh_until": one.measured_on + one.period.fresh_for if one.measured_on else None,
    }
    return render(request, "goals/working.html", context)


def _foreseen_on(one: Goal, schedule: Schedule | None) -> date | None:
    """The day on which all is done at the speed so far; None beyond ten years, or without one."""
    days = schedule.foreseen if schedule else None
    return one.from_on + timedelta(days=ceil(days)) if days and days < FARTHEST_DAYS else None


def new(request: ViewerRequest) -> HttpResponse:
    """Draft a goal: one's own, a report's, or a unit's."""
    viewer = request.viewer
    require(policies.may_read_goals(viewer))
    offered = owners.owners_for(viewer)
    open_ones = periods.open_periods(viewer)
    initial = _initial(request, open_ones)
    duties = _duties(request, offered)
    duty = _duty(request, duties)
    if duty is not None:
        initial |= _begun_from(duty)
    if initial["period"] is None and not request.POST:
        may_open = policies.may_change_periods(viewer)
        return render(request, "goals/no_period.html", {"may_open": may_open})
    form = forms.OwnersForm(
        request.POST or None,
        viewer=viewer,
        owners=[(key, label) for key, label, _owner in offered],
        periods=open_ones,
        initial=initial,
    )
    made: list[Goal] = []
    if carried_out(
        request, form, lambda: made.append(_drafted(viewer, form, offered, duty)), parts=PARTS
    ):
        messages.success(request, _("The draft is kept. Say what it serves, then propose it."))
        return redirect("goals:goal", made[0].pk)
    context = {
        "title": _("Draft a goal"),
        "submit": _("Keep as a draft"),
        "subject": _("Goals"),
        "subject_url": reverse("goals:mine"),
        "duties": duties,
        "duty": duty,
        "owner_key": request.GET.get("owner", "") or "me",
    }
    return answer(request, "goals/text.html", form, context, parts=PARTS)


def _duties(request: ViewerRequest, offered: list[owners.Offered]) -> list[Responsibility]:
    """What the post of the person asked for is there for; of a unit there is none."""
    asked = request.GET.get("owner", "") or "me"
    owner: dict[str, Any] = next((one for key, _label, one in offered if key == asked), {})
    employee = owner.get("employee")
    return list(sightlines.duties_of(request.viewer, employee.pk)) if employee else []


def _duty(request: ViewerRequest, duties: list[Responsibility]) -> Responsibility | None:
    asked = request.GET.get("responsibility", "")
    return next((one for one in duties if str(one.pk) == asked), None)


def _begun_from(duty: Responsibility) -> dict[str, Any]:
    """The words of a draft that begins from a responsibility."""
    return {
        "title": duty.title[:LONGEST_TITLE],
        "measured_by": " ".join(duty.standard.split())[:LONGEST_MEASURE],
        "weight_percent": min(duty.weight_percent, 100),
    }


def _drafted(
    viewer: Viewer,
    form: forms.OwnersForm,
    offered: list[owners.Offered],
    duty: Responsibility | None,
) -> Goal:
    said = form.cleaned_data
    owner = next(owner for key, _label, owner in offered if key == said["owner"])
    if duty is not None:
        return draft_from_responsibility(
            by=viewer,
            employee=_holder(owner),
            responsibility=duty,
            period=said["period"],
            text=form.text,
            visibility=said["visibility"],
        )
    return actions.draft_goal(
        by=viewer,
        period=said["period"],
        text=form.text,
        visibility=said["visibility"],
        **owner,
    )


def _holder(owner: dict[str, Any]) -> Any:
    if owner.get("employee") is None:
        raise Refused(_("A unit holds no post. Begin the goal without one."), field="owner")
    return owner["employee"]


def _initial(request: ViewerRequest, open_ones: Any) -> dict[str, Any]:
    period = periods.period_on(request.viewer, request.viewer.today)
    if period is None or not period.is_open:
        period = open_ones.first()
    asked = request.GET.get("owner", "")
    days = {"from_on": period.from_on, "due_on": period.span.last} if period else {}
    return {"period": period, **days} | ({"owner": asked} if asked else {})


def change(request: ViewerRequest, goal_id: int) -> HttpResponse:
    """Write a draft anew."""
    viewer = request.viewer
    one = goal_for(request, goal_id, policies.may_revise)
    if away := led_away(request, lambda: actions.refuse_rewriting(one), page_of(one)):
        return away
    form = TextForm(
        request.POST or None, viewer=viewer, initial=fields_of(text_of(one)), stands=stands(one)
    )
    return acted(
        request,
        one,
        form,
        lambda: actions.rewrite_draft(by=viewer, goal=one, text=form.text),
        context=about(one, _("Change the draft"), _("Save")),
        done=_("The draft is changed."),
        template="goals/text.html",
    )


def remove(request: ViewerRequest, goal_id: int) -> HttpResponse:
    """Throw a draft away."""
    one = goal_for(request, goal_id, policies.may_revise)
    if away := led_away(request, lambda: actions.refuse_removal(one), page_of(one)):
        return away
    form = ConfirmationForm(request.POST or None, viewer=request.viewer, stands=stands(one))
    context = about(one, _("Remove the draft"), _("Remove"))
    if carried_out(request, form, lambda: actions.remove_draft(by=request.viewer, goal=one)):
        messages.success(request, _("The draft is removed."))
        return redirect("goals:mine")
    return answer(request, "people/act.html", form, context)


def visibility(request: ViewerRequest, goal_id: int) -> HttpResponse:
    """Say who may see a goal."""
    viewer = request.viewer
    one = goal_for(request, goal_id, policies.may_set_visibility)
    said = {"visibility": one.visibility}
    form = forms.VisibilityForm(request.POST or None, viewer=viewer, initial=said)
    return acted(
        request,
        one,
        form,
        lambda: actions.set_visibility(by=viewer, goal=one, **form.cleaned_data),
        context=about(one, _("Say who may see it"), _("Save")),
        done=_("It is seen by those whom you named."),
    )


def close(request: ViewerRequest, goal_id: int) -> HttpResponse:
    """Say how a goal ended."""
    viewer = request.viewer
    one = goal_for(request, goal_id, policies.may_close)
    form = forms.ClosingForm(request.POST or None, viewer=viewer, stands=stands(one))
    return acted(
        request,
        one,
        form,
        lambda: closings.close_goal(by=viewer, goal=one, **form.cleaned_data),
        context=about(
            one,
            _("Close the goal"),
            _("Close"),
            _("What it has come to stays as its score. Goals that serve it have to be confirmed."),
        ),
        done=_("The goal is closed."),
    )


def carry(request: ViewerRequest, goal_id: int) -> HttpResponse:
    """Begin the next period's goal from this one."""
    viewer = request.viewer
    one = goal_for(request, goal_id, policies.may_carry_over)
    later = periods.open_periods(viewer).filter(from_on__gt=one.period.from_on)
    form = forms.PeriodChoiceForm(
        request.POST or None, viewer=viewer, periods=later.order_by("from_on")
    )
    made: list[Goal] = []
    if carried_out(
        request,
        form,
        lambda: made.append(closings.carry_over(by=viewer, goal=one, **form.cleaned_data)),
    ):
        messages.success(
            request, _("The draft is kept. Change what is to change, then propose it.")
        )
        return redirect("goals:goal", made[0].pk)
    context = about(
        one,
        _("Carry the goal over"),
        _("Carry over"),
        _("A draft with the same words begins where this one stands."),
    )
    return answer(request, "people/act.html", form, context)
