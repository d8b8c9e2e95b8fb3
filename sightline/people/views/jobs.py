"""Jobs and competencies, and the roles that people hold."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.fingerprints import fingerprint
from sightline.people import policies
from sightline.people.actions import posts as actions
from sightline.people.actions import roles as role_actions
from sightline.people.forms import organisation as forms
from sightline.people.models import Competency, Job
from sightline.people.queries import organisation, roles
from sightline.people.viewer import ViewerRequest
from sightline.people.views.acting import answer, carried_out


def jobs(request: ViewerRequest) -> HttpResponse:
    """All jobs by family and level."""
    require(policies.may_read_directory(request.viewer))
    may_change = policies.may_change_organisation(request.viewer)
    context = {"jobs": organisation.jobs_with_numbers(request.viewer), "may_change": may_change}
    return render(request, "people/jobs.html", context)


def job(request: ViewerRequest, job_id: int) -> HttpResponse:
    """A job: what it asks for, who does it."""
    one = found_or_404(organisation.jobs_seen_by(request.viewer).filter(pk=job_id).first())
    today = request.viewer.today
    rows = organisation.positions_seen_by(request.viewer, today).filter(job=one)
    context = {
        "job": one,
        "requirements": organisation.requirements(one, today),
        "positions": rows.order_by("title", "pk")[:100],
        "may_change": policies.may_change_organisation(request.viewer),
    }
    return render(request, "people/job.html", context)


def write_job(request: ViewerRequest, job_id: int | None = None) -> HttpResponse:
    """Describe a job, or describe it anew."""
    one: Job | None = None
    if job_id:
        one = found_or_404(organisation.jobs_seen_by(request.viewer).filter(pk=job_id).first())
    require(policies.may_change_organisation(request.viewer))
    names = [name for name in forms.JobForm.base_fields if name != "stands"]
    facts = {name: getattr(one, name) for name in names} if one else {}
    form = forms.JobForm(
        request.POST or None,
        viewer=request.viewer,
        initial=facts,
        stands=fingerprint(*facts.values()),
    )
    kept: list[Job] = []
    if carried_out(
        request,
        form,
        lambda: kept.append(actions.define_job(by=request.viewer, job=one, **form.cleaned_data)),
    ):
        messages.success(request, _("%s is described.") % kept[0].title)
        return redirect("people:job", kept[0].pk)
    context = {
        "title": _("Change the job") if one else _("Describe a job"),
        "submit": _("Save"),
        **_of(one, "people:job", "people:jobs"),
    }
    return answer(request, "people/act.html", form, context)


def requirements(request: ViewerRequest, job_id: int) -> HttpResponse:
    """Which competencies a job asks for."""
    one = found_or_404(organisation.jobs_seen_by(request.viewer).filter(pk=job_id).first())
    require(policies.may_change_organisation(request.viewer))
    asked = organisation.requirements(one, request.viewer.today)
    levels = {f"level-{need.competency_id}": str(need.level) for need in asked}
    form = forms.RequirementsForm(
        request.POST or None,
        viewer=request.viewer,
        initial={"on": request.viewer.today, **levels},
        stands=fingerprint(levels),
    )
    if carried_out(
        request,
        form,
        lambda: actions.set_requirements(
            by=request.viewer, job=one, levels=form.levels, on=form.cleaned_data["on"]
        ),
    ):
        messages.success(request, _("The competencies are set."))
        return redirect("people:job", one.pk)
    context = {
        "title": _("Competencies"),
        "submit": _("Save"),
        **_of(one, "people:job", "people:jobs"),
    }
    return answer(request, "people/act.html", form, context)


def competencies(request: ViewerRequest) -> HttpResponse:
    """All competencies with their levels."""
    require(policies.may_read_directory(request.viewer))
    context = {
        "competencies": organisation.competencies_seen_by(request.viewer),
        "may_change": policies.may_change_organisation(request.viewer),
    }
    return render(request, "people/competencies.html", context)


def write_competency(request: ViewerRequest, competency_id: int | None = None) -> HttpResponse:
    """Describe a competency, or describe it anew."""
    one: Competency | None = None
    if competency_id:
        seen = organisation.competencies_seen_by(request.viewer)
        one = found_or_404(seen.filter(pk=competency_id).first())
    require(policies.may_change_organisation(request.viewer))
    facts = _facts_of(one) if one else {}
    form = forms.CompetencyForm(
        request.POST or None,
        viewer=request.viewer,
        initial=facts,
        stands=fingerprint(*facts.values()),
    )

    def act() -> None:
        said = {name: form.cleaned_data[name] for name in ("code", "name", "definition", "core")}
        actions.describe_competency(by=request.viewer, competency=one, levels=form.levels, **said)

    if carried_out(request, form, act):
        messages.success(request, _("The competency is described."))
        return redirect("people:competencies")
    context = {
        "title": one.name if one else _("Describe a competency"),
        "submit": _("Save"),
        "back_url": reverse("people:competencies"),
    }
    return answer(request, "people/competency_form.html", form, context)


def _facts_of(one: Competency) -> dict[str, Any]:
    facts = {name: getattr(one, name) for name in ("name", "code", "definition", "core")}
    for row in one.levels.all():
        facts |= {f"name-{row.level}": row.name, f"anchor-{row.level}": row.anchor}
    return facts


def _of(one: Job | None, url_name: str, list_name: str) -> dict[str, Any]:
    url = reverse(url_name, args=[one.pk]) if one else reverse(list_name)
    return {"subject": one, "subject_url": url}


def role_grants(request: ViewerRequest) -> HttpResponse:
    """Who holds which role, and the form that gives one."""
    require(policies.may_see_roles(request.viewer))
    form = forms.GrantForm(
        request.POST or None, viewer=request.viewer, initial={"on": request.viewer.today}
    )
    if carried_out(
        request, form, lambda: role_actions.grant_role(by=request.viewer, **form.cleaned_data)
    ):
        messages.success(request, _("The role is given."))
        return redirect("people:roles")
    context = {
        "grants": roles.grants_seen_by(request.viewer),
        "given": [role.label for role in policies.roles_granted_by(request.viewer)],
    }
    return answer(request, "people/roles.html", form, context)


@require_POST
def role_end(request: ViewerRequest, grant_id: int) -> HttpResponse:
    """A role is taken back today."""
    grant = found_or_404(roles.grants_seen_by(request.viewer).filter(pk=grant_id).first())
    role_actions.end_role(by=request.viewer, grant=grant, on=request.viewer.today)
    messages.success(request, _("The role is taken back."))
    return redirect("people:roles")
