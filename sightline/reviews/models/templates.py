from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sightline.people.models import Employee


class Template(models.Model):
    """What a review asks. Its wording stands in versions, so that a running cycle keeps its own."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    is_offered = models.BooleanField(_("offered for new cycles"), default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class TemplateVersion(models.Model):
    """How a template read from a moment on. Never changed: a change is the next version."""

    template = models.ForeignKey(Template, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    written_by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    note = models.CharField(_("what is new"), max_length=300, blank=True)

    class Meta:
        ordering = ["template", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "number"], name="reviews_templateversion_is_numbered_once"
            )
        ]

    def __str__(self) -> str:
        words = gettext("%(template)s, version %(number)d")
        return words % {"template": self.template, "number": self.number}


class ScalePoint(models.Model):
    """A point of the scale, told by what one sees a person do."""

    version = models.ForeignKey(TemplateVersion, models.PROTECT, related_name="points")
    value = models.PositiveSmallIntegerField(_("value"))
    label = models.CharField(_("word"), max_length=60)
    anchor = models.CharField(_("what one sees"), max_length=500)

    class Meta:
        ordering = ["value"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "value"], name="reviews_scalepoint_stands_once"
            ),
            models.CheckConstraint(
                condition=Q(value__gte=1, value__lte=9), name="reviews_scalepoint_is_1_to_9"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value} {self.label}"


class SectionQuerySet(models.QuerySet["Section"]):
    """Sections, narrowed."""

    def asked_of(self, role: str) -> SectionQuerySet:
        """Those that a role answers."""
        return self.filter(answered_by__icontains=f'"{role}"')


class Section(models.Model):
    """A part of a template: what is rated or written there, how much it counts, who answers."""

    class Kind(models.TextChoices):
        GOALS = "goals", _("Goals")
        RESPONSIBILITIES = "responsibilities", _("Responsibilities")
        COMPETENCIES = "competencies", _("Competencies")
        WRITTEN = "written", _("Written questions")

    version = models.ForeignKey(TemplateVersion, models.PROTECT, related_name="sections")
    kind = models.CharField(_("what it asks about"), max_length=20, choices=Kind)
    title = models.CharField(_("title"), max_length=120)
    guidance = models.CharField(_("guidance"), max_length=500, blank=True)
    weight_percent = models.PositiveSmallIntegerField(_("weight, %"), default=0)
    answered_by = models.JSONField(_("who answers"), default=list)
    """Roles of forms, such as ["self", "manager"]."""
    place = models.PositiveSmallIntegerField(default=0)

    objects = SectionQuerySet.as_manager()

    class Meta:
        ordering = ["place", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weight_percent__lte=100), name="reviews_section_weight_is_a_percentage"
            ),
            models.CheckConstraint(
                condition=~Q(kind="written") | Q(weight_percent=0),
                name="reviews_section_of_words_has_no_weight",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_rated(self) -> bool:
        """Whether its items are rated on the scale."""
        return self.kind != self.Kind.WRITTEN


class Question(models.Model):
    """Something to be answered in words."""

    section = models.ForeignKey(Section, models.PROTECT, related_name="questions")
    text = models.CharField(_("question"), max_length=300)
    guidance = models.CharField(_("guidance"), max_length=500, blank=True)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return self.text
