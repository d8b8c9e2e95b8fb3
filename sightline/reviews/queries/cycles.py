"""Cycles and templates, one by one."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from sightline.foundation.core.dates import today
from sightline.people.viewer import Viewer
from sightline.reviews import policies
from sightline.reviews.models import (
    Calibrator,
    Cycle,
    CycleStage,
    Question,
    Section,
    Template,
    TemplateVersion,
)
from sightline.reviews.queries.progress import cycles_seen_by


def cycle_seen_by(viewer: Viewer, cycle_id: int) -> Cycle | None:
    """A cycle, when it exists for the viewer."""
    return cycles_seen_by(viewer).filter(pk=cycle_id).first()


def cycle_numbered(cycle_id: int) -> Cycle | None:
    """A cycle, for the house alone."""
    return Cycle.objects.select_related("version").filter(pk=cycle_id).first()


def cycles_to_gather() -> list[Cycle]:
    """Open cycles whose days for peers are over, for the house alone.

    A day later, so that the last day is over wherever people are.
    """
    rows = Cycle.objects.filter(_peers_have_had_their_days(), peers_gathered_at__isnull=True)
    return list(rows.filter(stage=Cycle.Stage.OPEN).select_related("version"))


def may_gather(cycle: Cycle) -> bool:
    """Whether no peer writes any more, for the house alone: the calibration has begun, or the days
    are over. It may have gone back since somebody asked for it."""
    if cycle.stage != Cycle.Stage.OPEN:
        return True
    return Cycle.objects.filter(_peers_have_had_their_days(), pk=cycle.pk).exists()


def _peers_have_had_their_days() -> Q:
    over = CycleStage.objects.filter(kind=CycleStage.Kind.PEERS, until_on__lt=today())
    return Q(Exists(over.filter(cycle=OuterRef("pk"))))


def calibrators_of(cycle: Cycle) -> list[Calibrator]:
    """Who calibrates which unit."""
    return list(Calibrator.objects.filter(cycle=cycle).select_related("unit", "employee"))


def calibrator_seen_by(viewer: Viewer, calibrator_id: int) -> Calibrator | None:
    """Somebody named to calibrate, of a cycle that exists for the viewer."""
    rows = Calibrator.objects.select_related("cycle", "unit", "employee")
    return rows.filter(pk=calibrator_id, cycle__in=cycles_seen_by(viewer).values("pk")).first()


def templates_seen_by(viewer: Viewer) -> QuerySet[Template]:
    """The templates with their newest version first, for those who plan cycles."""
    if not policies.may_manage_cycles(viewer):
        return Template.objects.none()
    versions = TemplateVersion.objects.annotate(used=Count("cycles")).order_by("-number")
    return Template.objects.prefetch_related(Prefetch("versions", versions))


def offered_versions(viewer: Viewer) -> QuerySet[TemplateVersion]:
    """The newest version of each template that is offered for new cycles."""
    if not policies.may_manage_cycles(viewer):
        return TemplateVersion.objects.none()
    newer = TemplateVersion.objects.filter(
        template=OuterRef("template"), number__gt=OuterRef("number")
    )
    rows = TemplateVersion.objects.filter(~Exists(newer), template__is_offered=True)
    return rows.select_related("template").order_by("template__name")


def version_seen_by(viewer: Viewer, version_id: int) -> TemplateVersion | None:
    """A version of a template with all it says.

    Read by HR, and by whoever takes part in a cycle that asks by it: one may know what is asked.
    """
    rows = TemplateVersion.objects.select_related("template", "written_by").prefetch_related(
        "points",
        Prefetch("sections", Section.objects.prefetch_related(Prefetch("questions", _questions()))),
    )
    if policies.may_manage_cycles(viewer):
        return rows.filter(pk=version_id).first()
    return rows.filter(pk=version_id, cycles__in=cycles_seen_by(viewer)).distinct().first()


def _questions() -> QuerySet[Question]:
    return Question.objects.order_by("place", "pk")


def last_day_of(cycle: Cycle, kind: str) -> date | None:
    """The last day of a part of a cycle."""
    part = CycleStage.objects.filter(cycle=cycle, kind=kind).first()
    return part.last_on if part else None
