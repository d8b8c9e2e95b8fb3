from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sightline.people.models import Employee, Unit
from sightline.strategy.models.strategies import Objective


class Commitment(models.Model):
    """A unit takes on an objective with a share of its effort.

    While another share is proposed, the one that was agreed holds (`agreed_percent`).
    """

    class Stage(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        AGREED = "agreed", _("Agreed")
        PASSED_BACK = "passed_back", _("Passed back")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="commitments")
    objective = models.ForeignKey(Objective, models.PROTECT, related_name="commitments")
    share_percent = models.DecimalField(_("share of effort, %"), max_digits=5, decimal_places=2)
    agreed_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.PROPOSED)

    class Meta:
        ordering = ["-share_percent", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "objective"], name="strategy_commitment_stands_once"
            ),
            models.CheckConstraint(
                condition=Q(share_percent__gt=0, share_percent__lte=100),
                name="strategy_commitment_share_is_a_percentage",
            ),
            models.CheckConstraint(
                condition=~Q(stage="agreed") | Q(agreed_percent__isnull=False),
                name="strategy_commitment_knows_what_was_agreed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} takes on {self.objective_id}"

    @property
    def claimed_percent(self) -> Decimal:
        """What it claims of the unit's effort: the larger of what is proposed and what is agreed.

        What was agreed holds until less is agreed as well; what is passed back claims nothing more.
        """
        agreed = self.agreed_percent or Decimal(0)
        return agreed if self.stage == self.Stage.PASSED_BACK else max(agreed, self.share_percent)


class CommitmentStep(models.Model):
    """Somebody proposed a share, agreed to it, or passed it back."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="steps")
    act = models.CharField(max_length=20, choices=Commitment.Stage)
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    on = models.DateField()
    share_percent = models.DecimalField(max_digits=5, decimal_places=2)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["commitment", "id"])]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.act} on {self.on}"
