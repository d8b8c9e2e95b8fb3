from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sightline.goals.models.goals import Goal
from sightline.people.models import Employee, Responsibility
from sightline.strategy.models import Objective


class Contribution(models.Model):
    """A goal serves another goal, a strategic objective or a responsibility with a share of itself.

    What all shares of a goal leave over is local: it serves nothing above. `parent_version` is
    that of the goal served when the share was set or last confirmed.
    """

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="contributions")
    parent = models.ForeignKey(
        Goal, models.PROTECT, null=True, blank=True, related_name="served_by"
    )
    objective = models.ForeignKey(
        Objective, models.PROTECT, null=True, blank=True, related_name="served_by"
    )
    responsibility = models.ForeignKey(
        Responsibility, models.PROTECT, null=True, blank=True, related_name="served_by"
    )
    share_percent = models.DecimalField(_("share, %"), max_digits=5, decimal_places=2)
    parent_version = models.PositiveIntegerField(null=True, blank=True)
    confirmed_by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    confirmed_on = models.DateField()

    class Meta:
        ordering = ["-share_percent", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=False, objective=None, responsibility=None)
                | Q(parent=None, objective__isnull=False, responsibility=None)
                | Q(parent=None, objective=None, responsibility__isnull=False),
                name="goals_contribution_serves_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("goal")),
                name="goals_contribution_does_not_serve_itself",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) ^ Q(parent_version__isnull=False),
                name="goals_contribution_knows_the_version_it_serves",
            ),
            models.CheckConstraint(
                condition=Q(share_percent__gt=0, share_percent__lte=100),
                name="goals_contribution_share_is_a_percentage",
            ),
            models.UniqueConstraint(fields=["goal", "parent"], name="goals_contribution_goal_once"),
            models.UniqueConstraint(
                fields=["goal", "objective"], name="goals_contribution_objective_once"
            ),
            models.UniqueConstraint(
                fields=["goal", "responsibility"], name="goals_contribution_responsibility_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.goal_id} serves with {self.share_percent}%"

    @property
    def target(self) -> Goal | Objective | Responsibility:
        """What is served."""
        parts = [self.parent, self.objective, self.responsibility]
        return next(part for part in parts if part is not None)
