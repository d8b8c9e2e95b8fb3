"""Templates of reviews and their versions."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.people.viewer import ViewerRequest
from sightline.people.views.acting import answer, carried_out
from sightline.reviews import policies
from sightline.reviews.actions.templates import write_template
from sightline.reviews.forms.templates import TemplateForm
from sightline.reviews.models import TemplateVersion
from sightline.reviews.queries.cycles import templates_seen_by, version_seen_by


@require_GET
def templates(request: ViewerRequest) -> HttpResponse:
    """All templates with their versions."""
    require(policies.may_manage_cycles(request.viewer))
    return render(
        request, "reviews/templates.html", {"templates": list(templates_seen_by(request.viewer))}
    )


@require_GET
def version(request: ViewerRequest, version_id: int) -> HttpResponse:
    """What a template asks: for HR, and for everybody who takes part in a cycle that asks it."""
    found = found_or_404(version_seen_by(request.viewer, version_id))
    context = {"version": found, "may_manage": policies.may_manage_cycles(request.viewer)}
    return render(request, "reviews/template.html", context)


def new(request: ViewerRequest) -> HttpResponse:
    """Write a template."""
    require(policies.may_manage_cycles(request.viewer))
    return _write(request, None)


def following(request: ViewerRequest, version_id: int) -> HttpResponse:
    """Write the next version of a template."""
    require(policies.may_manage_cycles(request.viewer))
    return _write(request, found_or_404(version_seen_by(request.viewer, version_id)))


def _write(request: ViewerRequest, before: TemplateVersion | None) -> HttpResponse:
    initial = TemplateForm.initial_of(before) if before else {}
    form = TemplateForm(request.POST or None, initial=initial)
    written: list[TemplateVersion] = []

    def write() -> None:
        written.append(
            write_template(
                by=request.viewer,
                name=form.cleaned_data["name"],
                note=form.cleaned_data["note"],
                points=form.points(),
                parts=form.parts(),
                template=before.template if before else None,
            )
        )

    if carried_out(request, form, write):
        return redirect("reviews:template", written[0].pk)
    title = _("The next version of “%s”") % before.template if before else _("Write a template")
    return answer(request, "reviews/template_form.html", form, {"title": title, "before": before})
