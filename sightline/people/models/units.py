from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sightline.foundation.core.models import Dated, DatedQuerySet
from sightline.foundation.core.spans import FOREVER


class Unit(Dated):
    """A node of the organisation: company, division, department, team. Never deleted."""

    class Kind(models.TextChoices):
        COMPANY = "company", _("Company")
        DIVISION = "division", _("Division")
        BUSINESS_UNIT = "business_unit", _("Business unit")
        DEPARTMENT = "department", _("Department")
        TEAM = "team", _("Team")

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.TEAM)
    purpose = models.TextField(_("what it is there for"), max_length=2000, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class UnitPlacement(Dated):
    """Under which unit a unit stands, from a day to a day. A unit with none stands at the top."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Unit, models.PROTECT, related_name="child_placements")

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(unit=F("parent")), name="people_unitplacement_is_not_under_itself"
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(until_on=FOREVER),
                name="people_unitplacement_is_open_once",
            ),
        ]
        indexes = [models.Index(fields=["parent", "until_on", "from_on"])]

    def __str__(self) -> str:
        return f"{self.unit_id} under {self.parent_id}"


class UnitLine(Dated):
    """Every unit above a unit (itself at depth 0), on which days. Kept by actions.lines."""

    above = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="lines_up", db_index=False)
    depth = models.PositiveSmallIntegerField()

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [*Dated.Meta.constraints]
        indexes = [
            models.Index(fields=["above", "until_on", "from_on", "unit"]),
            models.Index(fields=["unit", "until_on", "from_on", "above", "depth"]),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} under {self.above_id} at {self.depth}"
