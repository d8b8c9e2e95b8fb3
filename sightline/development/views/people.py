"""One person's growth: gaps, judgements."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sightline.development import policies
from sightline.development.actions import levels as actions
from sightline.development.forms.levels import AgainstForm, JudgeForm
from sightline.development.models import ShownLevel
from sightline.development.queries import gaps as queries
from sightline.development.queries import plans
from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.fingerprints import fingerprint
from sightline.foundation.core.paging import page_after
from sightline.people.actions.files import note_reading
from sightline.people.models import Employee, Job
from sightline.people.queries import teams
from sightline.people.viewer import ViewerRequest
from sightline.people.views.acting import answer, carried_out


def mine(request: ViewerRequest) -> HttpResponse:
    """To one's own gaps."""
    return redirect("development:gaps", request.viewer.employee.pk)


def whose(request: ViewerRequest, employee_id: int) -> Any:
    """The person whose page it is: 404 when unseen, 403 when levels and plans are not open."""
    seen = found_or_404(queries.person_seen_by(request.viewer, employee_id))
    if not seen.open:
        require(policies.may_read_development(request.viewer, seen))
    return seen


def gaps(request: ViewerRequest, employee_id: int) -> HttpResponse:
    """What the post asks for and what the person shows; or against another job."""
    employee = whose(request, employee_id)
    form = AgainstForm(request.GET or None, viewer=request.viewer)
    other = _asked_for(form)
    post = teams.post_of(employee, request.viewer.today)
    against = other or (post.position.job if post else None)
    found = (
        queries.gaps_of(request.viewer, employee, request.viewer.today, against)
        if against
        else queries.Gaps(None)
    )
    note_reading(by=request.viewer, employee=employee, part=_("levels of competencies"))
    context = frame(request, employee, "gaps") | {
        "found": found,
        "post": post,
        "other": other,
        "form": form,
        "plan": plans.plan_of(request.viewer, employee),
        "may_judge": employee.judges,
    }
    return render(request, "development/gaps.html", context)


def _asked_for(form: AgainstForm) -> Job | None:
    if not form.is_valid():
        return None
    position = form.cleaned_data.get("position")
    chosen: Job | None = position.job if position else form.cleaned_data["job"]
    return chosen


def levels(request: ViewerRequest, employee_id: int) -> HttpResponse:
    """Every judgement of a person: who, when, from what, seen in what."""
    employee = whose(request, employee_id)
    rows = queries.levels_of(request.viewer, employee)
    page = page_after(rows, request.GET.get("after", ""), by=("-judged_on", "-pk"))
    note_reading(by=request.viewer, employee=employee, part=_("levels of competencies"))
    context = frame(request, employee, "levels") | {"page": page}
    return render(request, "development/levels.html", context)


def judgement(request: ViewerRequest, employee_id: int) -> HttpResponse:
    """Say which levels a person shows: of oneself, or as a manager."""
    employee = whose(request, employee_id)
    viewer = request.viewer
    source = policies.source_for(viewer, employee)
    require(policies.may_judge(viewer, employee, source))
    found = queries.gaps_of(viewer, employee, viewer.today)
    form = JudgeForm(
        request.POST or None,
        viewer=viewer,
        gaps=sorted(found.gaps, key=lambda gap: (not gap.competency.core, gap.competency.name)),
        initial={"on": viewer.today},
        stands=fingerprint(queries.mark_of_levels(employee)),
    )

    def act() -> None:
        actions.show_levels(
            by=viewer,
            employee=employee,
            levels=form.levels,
            source=source,
            on=form.cleaned_data["on"],
        )

    if carried_out(request, form, act):
        messages.success(request, _("The levels are written down."))
        return redirect("development:gaps", employee.pk)
    context = frame(request, employee, "judgement") | {
        "own": source == ShownLevel.Source.SELF,
        "found": found,
    }
    return answer(request, "development/judge.html", form, context)


def frame(request: ViewerRequest, employee: Employee, here: str) -> dict[str, Any]:
    """What stands on every page of a person's growth."""
    names = [("gaps", _("Gaps")), ("plans", _("Plans")), ("levels", _("Judgements"))]
    return {
        "employee": employee,
        "is_me": employee.pk == request.viewer.employee.pk,
        "tabs": [
            {
                "label": label,
                "url": reverse(f"development:{name}", args=[employee.pk]),
                "current": name == here,
            }
            for name, label in names
        ],
    }
