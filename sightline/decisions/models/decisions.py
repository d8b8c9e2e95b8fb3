from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sightline.decisions.rules import stages
from sightline.foundation.core.models import Dated, DatedQuerySet
from sightline.foundation.core.spans import FOREVER
from sightline.foundation.ledger.models import Record
from sightline.people.models import Employee, Position


class Kind(models.TextChoices):
    """What can be decided about a person. Which of them are open: rules.kinds."""

    PROMOTION = "promotion", _("Promotion")
    BONUS = "bonus", _("Bonus")
    SALARY = "salary", _("Salary change")
    REWARD = "reward", _("Reward")
    TRANSFER = "transfer", _("Transfer")
    DEMOTION = "demotion", _("Demotion")
    WARNING = "warning", _("Warning")
    IMPROVEMENT_PLAN = "improvement_plan", _("Improvement plan")
    DISMISSAL = "dismissal", _("Dismissal")
    TRAINING = "training", _("Training")


class Policy(Dated):
    """What a kind of decision needs, from a day on. A change is a new version, never an edit."""

    class Approvers(models.TextChoices):
        LINE = "line", _("A manager above the direct one")
        HR = "hr", _("HR of the unit")
        EITHER = "either", _("A manager above the direct one, or HR of the unit")

    kind = models.CharField(_("kind of decision"), max_length=30, choices=Kind)
    version = models.PositiveSmallIntegerField()
    approvers = models.CharField(
        _("who approves"), max_length=10, choices=Approvers, default=Approvers.EITHER
    )
    evidence_least = models.PositiveSmallIntegerField(_("records of evidence, at least"))
    months_in_post_least = models.PositiveSmallIntegerField(_("months in the post, at least"))
    rating_least = models.DecimalField(
        _("last final rating, at least"), max_digits=3, decimal_places=1
    )
    leeway_percent = models.PositiveSmallIntegerField(
        _("how far pay may lie outside the range with a warning, %")
    )
    award_most_percent = models.PositiveSmallIntegerField(_("award of a year’s pay, at most, %"))
    reply_days = models.PositiveSmallIntegerField(_("days to reply"))
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "-version"]
        verbose_name_plural = "policies"
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["kind", "version"], name="decisions_policy_version_is_one"
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(until_on=FOREVER),
                name="decisions_policy_is_open_once_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(award_most_percent__lte=100, leeway_percent__lte=100),
                name="decisions_policy_shares_are_percentages",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, version {self.version}"


class Decision(models.Model):
    """One decision about one person, from its draft to its end."""

    class Stage(models.TextChoices):
        DRAFT = stages.DRAFT, _("Draft")
        PROPOSED = stages.PROPOSED, _("Proposed")
        CHECKED = stages.CHECKED, _("Checked")
        REPLY = stages.REPLY, _("With the person")
        APPROVED = stages.APPROVED, _("Approved")
        CARRIED_OUT = stages.CARRIED_OUT, _("Carried out")
        SENT_BACK = stages.SENT_BACK, _("Sent back")
        REJECTED = stages.REJECTED, _("Rejected")
        WITHDRAWN = stages.WITHDRAWN, _("Withdrawn")

    kind = models.CharField(_("kind of decision"), max_length=30, choices=Kind)
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="decisions")
    proposer = models.ForeignKey(Employee, models.PROTECT, related_name="decisions_proposed")
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.DRAFT)
    due_on = models.DateField(_("carried out on"))
    """The day that the newest version names of those that its readers know, the person among
    them; kept here so that the daily job finds it."""
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(proposer=F("employee")),
                name="decisions_decision_is_not_about_its_proposer",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=list(stages.NEXT)), name="decisions_decision_stage_is_known"
            ),
        ]
        indexes = [
            models.Index(fields=["stage", "due_on"]),
            models.Index(fields=["employee", "-changed_at"]),
            models.Index(fields=["proposer", "-changed_at"]),
            models.Index(fields=["-changed_at", "-id"], name="decisions_by_change"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.employee_id}"


class Proposal(models.Model):
    """One version of what is proposed. Once sent it stands; a change is the next version."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="proposals")
    number = models.PositiveSmallIntegerField(default=1)
    grounds = models.TextField(_("grounds"), max_length=8000, blank=True)
    on = models.DateField(_("from"))
    position = models.ForeignKey(
        Position, models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    manager = models.ForeignKey(Employee, models.PROTECT, null=True, blank=True, related_name="+")
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    """Of a bonus: what is paid once. Of all others: the new pay for a year of full time."""
    currency = models.CharField(max_length=3, blank=True)
    policy_version = models.PositiveSmallIntegerField(default=0)
    """The policy it was checked by; 0 is what the house brings along."""
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "number"], name="decisions_proposal_number_is_one"
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0, currency__gt=""),
                name="decisions_proposal_amount_has_a_currency",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.decision_id}"


class Evidence(models.Model):
    """A record of the ledger that a proposal rests on, with what is needed to verify it later."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="evidence")
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    commitment = models.BinaryField(max_length=32)
    """What the record was bound to when it was picked."""
    leaf = models.BigIntegerField(null=True)
    """The record's place in the log, once it has one."""
    sentence = models.CharField(max_length=500)
    kind = models.CharField(max_length=40)
    """Which source it is from: see sources.py."""
    happened_on = models.DateField()
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["place", "pk"]
        verbose_name_plural = "evidence"
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "record"], name="decisions_evidence_is_picked_once"
            )
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def label(self) -> str:
        """How texts refer to it: "E4"."""
        return f"E{self.place}"


class Check(models.Model):
    """What one question of the policy gave for a proposal, with the numbers it was given."""

    class Outcome(models.TextChoices):
        PASSES = "passes", _("Passes")
        WARNS = "warns", _("Warns")
        BLOCKS = "blocks", _("Blocks")

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="checks")
    code = models.CharField(max_length=30)
    outcome = models.CharField(max_length=10, choices=Outcome)
    finding = models.CharField(max_length=30)
    """Which of its answers the check gives; wording.py says it in a sentence."""
    numbers = models.JSONField(default=dict)
    place = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "code"], name="decisions_check_is_one_of_a_code"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["passes", "warns", "blocks"]),
                name="decisions_check_outcome_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.outcome}"
