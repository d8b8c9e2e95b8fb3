from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sightline.conversations import rules
from sightline.people.models import Competency, Employee, Unit


class FeedbackRequest(models.Model):
    """Somebody is asked for feedback. Answered by feedback, or declined."""

    asker = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    asked = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    about = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    question = models.TextField(_("question"), max_length=1000)
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(asked=models.F("about")) & ~Q(asked=models.F("asker")),
                name="conversations_feedbackrequest_asks_somebody_else",
            )
        ]

    def __str__(self) -> str:
        return f"{self.asker_id} asks {self.asked_id} about {self.about_id}"


class Decline(models.Model):
    """Who was asked will not answer; no reason is owed."""

    request = models.OneToOneField(FeedbackRequest, models.PROTECT, related_name="decline")
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.request_id} declined"


class Feedback(models.Model):
    """What one person told another. Its words stand in versions; who reads it is fixed."""

    class Kind(models.TextChoices):
        PRAISE = "praise", _("Praise")
        GUIDANCE = "guidance", _("Guidance")
        BOTH = "both", _("Praise and guidance")

    class Readers(models.TextChoices):
        SUBJECT = rules.SUBJECT, _("The person")
        MANAGER = rules.MANAGER, _("The person and the manager")
        UNIT = rules.UNIT, _("The unit")
        EVERYONE = rules.EVERYONE, _("Everybody who works here")

    author = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    subject = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    competency = models.ForeignKey(
        Competency, models.PROTECT, null=True, blank=True, related_name="+"
    )
    topic = models.CharField(max_length=40, blank=True)
    """What else it is about, as a reference: "goal:12"."""
    topic_title = models.CharField(max_length=200, blank=True)
    """How that was called on the day."""
    readers = models.CharField(max_length=10, choices=Readers)
    manager = models.ForeignKey(Employee, models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    answers = models.OneToOneField(
        FeedbackRequest, models.PROTECT, null=True, blank=True, related_name="answer"
    )
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["-given_at", "-pk"]
        verbose_name_plural = "feedback"
        constraints = [
            models.CheckConstraint(
                condition=~Q(author=models.F("subject")),
                name="conversations_feedback_is_about_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(kind="praise") | ~Q(readers__in=["unit", "everyone"]),
                name="conversations_feedback_before_others_is_praise",
            ),
            models.CheckConstraint(
                condition=Q(readers="manager", manager__isnull=False)
                | (~Q(readers="manager") & Q(manager__isnull=True)),
                name="conversations_feedback_names_the_manager_who_reads",
            ),
            models.CheckConstraint(
                condition=Q(readers="unit", unit__isnull=False)
                | (~Q(readers="unit") & Q(unit__isnull=True)),
                name="conversations_feedback_names_the_unit_that_reads",
            ),
        ]
        indexes = [
            models.Index(fields=["subject", "-given_at"]),
            models.Index(fields=["author", "-given_at"]),
            models.Index(fields=["readers", "-given_at"]),
            models.Index(fields=["-given_at"]),
            models.Index(fields=["topic"], condition=~Q(topic=""), name="conversations_by_topic"),
        ]

    def __str__(self) -> str:
        return f"{self.author_id} to {self.subject_id}"


class FeedbackVersion(models.Model):
    """The words of feedback, as they stood from a moment on. Nothing said is unsaid."""

    feedback = models.ForeignKey(Feedback, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    situation = models.TextField(_("situation"), max_length=2000)
    behaviour = models.TextField(_("behaviour"), max_length=2000)
    impact = models.TextField(_("impact"), max_length=2000)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["feedback", "number"], name="conversations_feedbackversion_stands_once"
            )
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.feedback_id}"


class Reading(models.Model):
    """Somebody other than the author saw a version."""

    version = models.ForeignKey(FeedbackVersion, models.PROTECT, related_name="readings")
    reader = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "reader"], name="conversations_reading_is_first_sight"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reader_id} read {self.version_id}"
