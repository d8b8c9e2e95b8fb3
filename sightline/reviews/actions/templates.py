"""What reviews ask. A change of a template is its next version; cycles keep the one they have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.record import record
from sightline.people.viewer import Viewer
from sightline.reviews import policies
from sightline.reviews.events import TemplateWritten
from sightline.reviews.models import (
    Form,
    Question,
    ScalePoint,
    Section,
    Template,
    TemplateVersion,
)


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the scale and what one sees."""

    value: int
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A written question."""

    text: str
    guidance: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A section as it is to read."""

    kind: str
    title: str
    weight_percent: int = 0
    answered_by: Sequence[str] = (Form.Role.SELF, Form.Role.MANAGER)
    guidance: str = ""
    questions: Sequence[Asked] = field(default_factory=tuple)


@transaction.atomic
def write_template(
    *,
    by: Viewer,
    name: str,
    points: Sequence[Point],
    parts: Sequence[Part],
    note: str = "",
    template: Template | None = None,
) -> TemplateVersion:
    """Write a template, or the next version of one."""
    require(policies.may_manage_cycles(by))
    if reasons := list(_faults(points, parts)):
        raise Refused.all(reasons)
    template = _named(template, name)
    last = template.versions.aggregate(last=Max("number"))["last"] or 0
    version = TemplateVersion.objects.create(
        template=template, number=last + 1, written_by=by.employee, written_at=now(), note=note
    )
    _write(version, points, parts)
    record(TemplateWritten(template.pk, template.name, version.number, note), by=by)
    return version


def _named(template: Template | None, name: str) -> Template:
    others = Template.objects.filter(name=name)
    if template is None:
        if others.exists():
            raise Refused(_("There is a template of this name already."), field="name")
        return Template.objects.create(name=name)
    if others.exclude(pk=template.pk).exists():
        raise Refused(_("There is a template of this name already."), field="name")
    template.name = name
    template.save()
    return template


def _write(version: TemplateVersion, points: Sequence[Point], parts: Sequence[Part]) -> None:
    ScalePoint.objects.bulk_create(
        ScalePoint(version=version, value=one.value, label=one.label, anchor=one.anchor)
        for one in points
    )
    for place, part in enumerate(parts):
        section = Section.objects.create(
            version=version,
            kind=part.kind,
            title=part.title,
            guidance=part.guidance,
            weight_percent=part.weight_percent,
            answered_by=list(part.answered_by),
            place=place,
        )
        Question.objects.bulk_create(
            Question(section=section, text=one.text, guidance=one.guidance, place=number)
            for number, one in enumerate(part.questions)
        )


def _faults(points: Sequence[Point], parts: Sequence[Part]) -> Iterator[tuple[str, str]]:
    """What is wrong with a template, each beside its field."""
    values = [point.value for point in points]
    if len(values) < 3:
        yield "points", _("A scale has three points or more.")
    if values != list(range(min(values, default=1), min(values, default=1) + len(values))):
        yield "points", _("The points of a scale follow each other without a gap.")
    rated = [part for part in parts if part.kind != Section.Kind.WRITTEN]
    total = sum(part.weight_percent for part in rated)
    if not rated:
        yield "parts", _("A template rates something: goals, responsibilities or competencies.")
    elif total != 100:
        yield (
            "parts",
            _("The weights add to %d%%; they must add to 100%%.") % total,
        )
    if any(Form.Role.MANAGER not in part.answered_by for part in rated):
        yield "parts", _("The manager rates every section that has a weight.")
    for part in parts:
        if part.kind == Section.Kind.WRITTEN and not part.questions:
            yield "parts", _("“%s” asks nothing: write a question.") % part.title
