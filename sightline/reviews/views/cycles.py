"""Cycles: the list, planning one, the board, and what HR does while it runs."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from sightline.foundation.access.decisions import require
from sightline.foundation.core.keys import key_in
from sightline.foundation.core.paging import page_after
from sightline.foundation.ui.acting import led_away
from sightline.people.viewer import ViewerRequest
from sightline.people.views.acting import answer, carried_out
from sightline.reviews import policies
from sightline.reviews.actions import cycles as actions
from sightline.reviews.actions import opening as making
from sightline.reviews.actions.reminding import remind_writers
from sightline.reviews.forms.acts import LateForm
from sightline.reviews.forms.cycles import MoveForm, PlanForm, ReviewsFilter
from sightline.reviews.models import Cycle
from sightline.reviews.queries.calibration import units_in_care
from sightline.reviews.queries.population import dry_run as tried
from sightline.reviews.queries.progress import cycles_seen_by, made_so_far, state_of_cycle
from sightline.reviews.queries.results import distribution_of
from sightline.reviews.queries.reviews import Wanted, is_reviewed_in, reviews_of_cycle
from sightline.reviews.shown import board_stages, days_of
from sightline.reviews.views.finding import act, cycle_of, went

Stage = Cycle.Stage


@require_GET
def cycles(request: ViewerRequest) -> HttpResponse:
    """All cycles, the latest first."""
    require(policies.may_follow_cycles(request.viewer))
    context = {
        "cycles": list(cycles_seen_by(request.viewer)[:50]),
        "may_manage": policies.may_manage_cycles(request.viewer),
    }
    return render(request, "reviews/cycles.html", context)


def new(request: ViewerRequest) -> HttpResponse:
    """Plan a cycle."""
    require(policies.may_manage_cycles(request.viewer))
    return _plan(request, None)


def plan(request: ViewerRequest, cycle_id: int) -> HttpResponse:
    """Plan a cycle anew that has not opened."""
    require(policies.may_manage_cycles(request.viewer))
    cycle = cycle_of(request, cycle_id)
    if request.method == "GET" and cycle.stage not in {Cycle.Stage.DRAFT, Cycle.Stage.DRY_RUN}:
        return redirect("reviews:cycle", cycle.pk)
    return _plan(request, cycle)


def _plan(request: ViewerRequest, cycle: Cycle | None) -> HttpResponse:
    initial = PlanForm.initial_of(cycle) if cycle else {}
    form = PlanForm(request.POST or None, viewer=request.viewer, initial=initial)
    made: list[Cycle] = []

    def keep() -> None:
        made.append(actions.plan_cycle(by=request.viewer, plan=form.plan, cycle=cycle))

    if carried_out(request, form, keep):
        return redirect("reviews:dry_run", made[0].pk)
    context = {
        "cycle": cycle,
        "title": cycle.name if cycle else _("Plan a review cycle"),
        "back_url": reverse("reviews:cycles"),
    }
    return answer(request, "reviews/plan.html", form, context)


@require_GET
def cycle(request: ViewerRequest, cycle_id: int) -> HttpResponse:
    """The board of a cycle: what has come in, by part and by unit."""
    found = cycle_of(request, cycle_id)
    require(policies.may_follow_cycle(request.viewer, found))
    if found.stage in {Stage.DRAFT, Stage.DRY_RUN}:
        return redirect("reviews:dry_run", found.pk)
    state = state_of_cycle(request.viewer, found)
    stages, here = board_stages(state, request.viewer.today)
    day, days = days_of(state, request.viewer.today)
    context = {
        "cycle": found,
        "state": state,
        "stages": stages,
        "here": here,
        "day": day,
        "days": days,
        "distribution": _distribution(request, found),
        "asks_peers": policies.asks_peers(found),
        "may_manage": policies.may_manage_cycles(request.viewer),
        "may_calibrate": policies.may_calibrate_in(request.viewer, found),
        "may_see_people": policies.may_see_people(request.viewer, found),
        **_progress(found),
    }
    return render(request, "reviews/cycle.html", context)


def _distribution(request: ViewerRequest, found: Cycle) -> list[tuple[str, int]]:
    if found.stage not in {Stage.SHARED, Stage.CLOSED}:
        return []
    return [(point.label, number) for point, number in distribution_of(request.viewer, found)]


def _progress(found: Cycle) -> dict[str, Any]:
    if found.ready_at or not found.people_expected:
        return {"is_ready": True}
    return {"is_ready": False, "done": made_so_far(found), "total": found.people_expected}


@require_GET
def progress(request: ViewerRequest, cycle_id: int) -> HttpResponse:
    """How many reviews have been made, asked every second by the page."""
    found = cycle_of(request, cycle_id)
    require(policies.may_follow_cycle(request.viewer, found))
    context = {"cycle": found, "was_asked": True, **_progress(found)}
    return render(request, "reviews/cycle.html#bar", context)


def dry_run(request: ViewerRequest, cycle_id: int) -> HttpResponse:
    """What opening would do, and what is missing; a POST notes that it was looked at."""
    found = cycle_of(request, cycle_id)
    require(policies.may_manage_cycles(request.viewer))
    if found.stage not in {Stage.DRAFT, Stage.DRY_RUN}:
        return redirect("reviews:cycle", found.pk)
    if request.method == "POST":
        actions.try_out(by=request.viewer, cycle=found)
        return redirect("reviews:dry_run", found.pk)
    context = {
        "cycle": found,
        "stages": list(found.stages.all()),
        "trial": tried(request.viewer, found) if found.stage == Stage.DRY_RUN else None,
    }
    return render(request, "reviews/dry_run.html", context)


@require_POST
def opening(request: ViewerRequest, cycle_id: int) -> HttpResponse:
    """Open a cycle for everybody it is for."""
    found = cycle_of(request, cycle_id)
    actions.open_cycle(by=request.viewer, cycle=found)
    return redirect("reviews:cycle", found.pk)


@require_GET
def reviews(request: ViewerRequest, cycle_id: int) -> HttpResponse:
    """The people of a cycle, narrowed."""
    found = cycle_of(request, cycle_id)
    require(policies.may_see_people(request.viewer, found))
    units = [(str(unit.pk), unit.name) for unit in units_in_care(request.viewer, found)]
    form = ReviewsFilter(request.GET, units=units)
    wanted = Wanted()
    if form.is_valid():
        cleaned = form.cleaned_data
        wanted = Wanted(cleaned["q"], key_in(cleaned["unit"]), cleaned["waits"])
    rows, narrowed = reviews_of_cycle(request.viewer, found, wanted), wanted != Wanted()
    context = {
        "cycle": found,
        "form": form,
        "narrowed": narrowed,
        "page": page_after(
            rows, request.GET.get("after", ""), by=("employee__sort_key", "pk"), size=50
        ),
        "total": rows.count(),
        "misses_own": not narrowed and is_reviewed_in(request.viewer, found),
    }
    return render(request, "reviews/reviews.html", context)


def dates(request: ViewerRequest, cycle_id: int) -> HttpResponse:
    """Move the dates of a running cycle."""
    found = cycle_of(request, cycle_id)
    require(policies.may_manage_cycles(request.viewer))
    back = reverse("reviews:cycle", args=[found.pk])
    if away := led_away(request, lambda: actions.refuse_moving(found), back):
        return away
    form = MoveForm(
        request.POST or None, viewer=request.viewer, initial=MoveForm.initial_days(found)
    )

    def move() -> None:
        actions.move_dates(
            by=request.viewer, cycle=found, days=form.days(), reason=form.cleaned_data["reason"]
        )

    return act(
        request,
        form,
        move,
        done=_("The dates have moved."),
        back=back,
        context={"cycle": found, "title": _("Move dates")},
        template="reviews/dates.html",
    )


def late(request: ViewerRequest, cycle_id: int) -> HttpResponse:
    """Add somebody to a cycle that is open."""
    found = cycle_of(request, cycle_id)
    require(policies.may_add_late(request.viewer, found))
    form = LateForm(request.POST or None, viewer=request.viewer)
    return act(
        request,
        form,
        lambda: making.add_late(
            by=request.viewer,
            cycle=found,
            employee=form.cleaned_data["employee"],
            reason=form.cleaned_data["reason"],
        ),
        done=_("The review is open."),
        back=reverse("reviews:cycle", args=[found.pk]),
        context={
            "title": _("Add somebody late"),
            "submit": _("Add"),
            "subject": found.name,
            "note": _("The post and the manager of today are taken over."),
        },
    )


@require_POST
def reminders(request: ViewerRequest, cycle_id: int) -> HttpResponse:
    """Remind those who have something open."""
    found = cycle_of(request, cycle_id)
    people = remind_writers(by=request.viewer, cycle=found)
    words = ngettext(
        "%d person is reminded, and the colleagues who were asked.",
        "%d people are reminded, and the colleagues who were asked.",
        people,
    )
    return went(request, words % people, reverse("reviews:cycle", args=[found.pk]))


@require_POST
def closing(request: ViewerRequest, cycle_id: int) -> HttpResponse:
    """End a cycle."""
    found = cycle_of(request, cycle_id)
    actions.close_cycle(by=request.viewer, cycle=found)
    return went(request, _("%s is closed.") % found.name, reverse("reviews:cycle", args=[found.pk]))
