from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sightline.foundation.core.models import Dated, DatedQuerySet
from sightline.people.models.posts import Job


class Competency(models.Model):
    """Something that people can do, described so that two observers mean the same."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    definition = models.TextField(_("definition"), max_length=2000, blank=True)
    core = models.BooleanField(_("asked of everybody"), default=False)

    class Meta:
        ordering = ["-core", "name"]
        verbose_name_plural = "competencies"

    def __str__(self) -> str:
        return self.name


class CompetencyLevel(models.Model):
    """A level of a competency, told by what one sees a person do."""

    competency = models.ForeignKey(Competency, models.CASCADE, related_name="levels")
    level = models.PositiveSmallIntegerField(_("level"))
    name = models.CharField(_("name"), max_length=80)
    anchor = models.TextField(_("what one sees"), max_length=2000)

    class Meta:
        ordering = ["level"]
        constraints = [
            models.UniqueConstraint(
                fields=["competency", "level"], name="people_competencylevel_stands_once"
            ),
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=9), name="people_competencylevel_is_1_to_9"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.name}"


class Requirement(Dated):
    """The level of a competency that a job, and so each of its positions, asks for."""

    job = models.ForeignKey(Job, models.PROTECT, related_name="requirements")
    competency = models.ForeignKey(Competency, models.PROTECT, related_name="requirements")
    level = models.PositiveSmallIntegerField(_("level"))

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["competency__name"]
        constraints = [*Dated.Meta.constraints]

    def __str__(self) -> str:
        return f"{self.competency_id} at {self.level}"
