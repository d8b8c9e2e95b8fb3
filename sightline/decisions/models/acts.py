"""What people did about a decision: each act is a row with who, when and why."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sightline.decisions.models.decisions import Decision, Proposal
from sightline.people.models import Assignment, Employee, Pay


class Sealed(models.Model):
    """An act of which the ledger holds a digest of what was said, and never the words.

    The salt is part of the digest: of a stance without words it could be found out otherwise.
    """

    salt = models.CharField(max_length=32, blank=True)

    class Meta:
        abstract = True


class Checking(models.Model):
    """HR has read the proposal and stands for its checks; the decision is carried out for it."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="checking")
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    words = models.TextField(max_length=2000, blank=True)

    def __str__(self) -> str:
        return f"{self.proposal_id} checked by {self.by_id}"


class Passing(models.Model):
    """The proposal was passed to the person, who has until a day to reply."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="passing")
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until_on = models.DateField()
    """The first day on which the decision need not wait for the reply any more."""

    def __str__(self) -> str:
        return f"{self.proposal_id} passed on {self.at:%Y-%m-%d}"


class Reply(Sealed):
    """What the person says to a proposal. Once given it stands."""

    class Stance(models.TextChoices):
        AGREES = "agrees", _("I agree")
        NOTES = "notes", _("I take note")
        OBJECTS = "objects", _("I object")

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="reply")
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    stance = models.CharField(max_length=10, choices=Stance)
    words = models.TextField(max_length=8000, blank=True)

    class Meta:
        verbose_name_plural = "replies"
        constraints = [
            models.CheckConstraint(
                condition=~Q(stance="objects") | ~Q(words=""),
                name="decisions_reply_that_objects_says_why",
            )
        ]

    def __str__(self) -> str:
        return f"{self.by_id} {self.stance} to {self.proposal_id}"


class Opening(models.Model):
    """Somebody opened the evidence of a proposal; nobody approves what he has not opened."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="openings")
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "by"], name="decisions_opening_is_noted_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.by_id} opened {self.proposal_id}"


class Verdict(Sealed):
    """What the second person said to a proposal, or HR when it sends back what cannot stand."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", _("Approved")
        SENT_BACK = "sent_back", _("Sent back")
        REJECTED = "rejected", _("Rejected")

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="verdict")
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.TextField(max_length=4000)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""), name="decisions_verdict_says_its_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.outcome} by {self.by_id}"


class Withdrawal(Sealed):
    """The decision was taken back before it was carried out."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="withdrawal")
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(max_length=2000)

    def __str__(self) -> str:
        return f"{self.decision_id} withdrawn by {self.by_id}"


class Execution(models.Model):
    """The decision was carried out: what came of it."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="execution")
    at = models.DateTimeField()
    on_behalf_of = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    assignment = models.ForeignKey(Assignment, models.SET_NULL, null=True, related_name="+")
    pay = models.ForeignKey(Pay, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.decision_id} carried out"


class Award(models.Model):
    """Money given once, by a bonus that was carried out."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="award")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="awards")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    on = models.DateField()

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["employee", "-on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="decisions_award_is_more_than_nothing"
            )
        ]

    def __str__(self) -> str:
        return f"award to {self.employee_id}"


class Hindrance(models.Model):
    """Why an approved decision could not be carried out on its day; tried again each day."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="hindrances")
    at = models.DateTimeField()
    sentence = models.CharField(max_length=500)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.sentence
