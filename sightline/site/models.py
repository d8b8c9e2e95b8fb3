"""What the house itself keeps: how an organisation begins, and whom it has invited."""

from __future__ import annotations

from django.db import models

from sightline.people.models import Employee


class StepSetAside(models.Model):
    """A step of getting started that somebody has put off; taken up again, the row is gone."""

    step = models.CharField(max_length=40, unique=True)
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.step


class InvitationRound(models.Model):
    """Several people whom somebody asked to be invited at once; a job goes through them.

    `people` are the numbers of their rows, `left_out` those whom nothing was sent to, each with
    the sentence that says why; `job` is the job that has the round in hand.
    """

    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    people = models.JSONField(default=list)
    left_out = models.JSONField(default=list)
    job = models.CharField(max_length=40, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{len(self.people)} invited at {self.asked_at}"
