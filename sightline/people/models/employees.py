from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sightline.foundation.core.models import Dated, DatedQuerySet
from sightline.foundation.core.spans import FOREVER
from sightline.people.models.posts import Position
from sightline.people.rules.names import search_key, sort_key


class Employee(models.Model):
    """A person of the organisation: now, once, or from a day to come."""

    number = models.CharField(_("number"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200, help_text=_("As the person writes it."))
    known_as = models.CharField(_("called"), max_length=80, blank=True)
    family_name = models.CharField(
        _("family name"), max_length=120, blank=True, help_text=_("Used to sort by name.")
    )
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    location = models.CharField(_("place of work"), max_length=120, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="employee"
    )
    search_key = models.CharField(max_length=900, editable=False)
    sort_key = models.CharField(max_length=330, editable=False)

    class Meta:
        ordering = ["sort_key", "pk"]
        indexes = [models.Index(fields=["sort_key", "id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["email"], condition=~Q(email=""), name="people_employee_email_is_unique"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the keys for search and order in step with the name."""
        self.set_keys()
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature

    def set_keys(self) -> None:
        """Work out the keys; bulk writes call this themselves."""
        self.search_key = search_key(self.name, self.known_as, self.email, self.number)
        self.sort_key = sort_key(self.name, self.family_name)

    @property
    def ref(self) -> str:
        """How the ledger names this person."""
        return f"employee:{self.pk}"

    @property
    def first_name(self) -> str:
        """What one calls this person."""
        return self.known_as or self.name


class Employment(Dated):
    """A time during which a person works here. A rehire is a second one."""

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="employments")
    end_reason = models.CharField(max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["from_on"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["employee"],
                condition=Q(until_on=FOREVER),
                name="people_employment_is_open_once",
            ),
        ]
        indexes = [models.Index(fields=["employee", "until_on", "from_on"])]

    def __str__(self) -> str:
        return f"{self.employee_id} from {self.from_on}"


class Assignment(Dated):
    """An employee in a position under a manager. On any day a person has one at most."""

    class Cause(models.TextChoices):
        HIRED = "hired", _("Hired")
        REHIRED = "rehired", _("Came back")
        MOVED = "moved", _("Moved")
        MANAGER = "manager", _("New manager")
        SHARE = "share", _("Other working time")

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="assignments")
    position = models.ForeignKey(Position, models.PROTECT, related_name="assignments")
    manager = models.ForeignKey(
        Employee, models.PROTECT, null=True, blank=True, related_name="report_assignments"
    )
    share_percent = models.PositiveSmallIntegerField(_("share of full time, %"), default=100)
    cause = models.CharField(max_length=20, choices=Cause, default=Cause.HIRED)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["from_on"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(share_percent__gte=1, share_percent__lte=100),
                name="people_assignment_share_is_a_percentage",
            ),
            models.CheckConstraint(
                condition=Q(manager__isnull=True) | ~Q(manager=F("employee")),
                name="people_assignment_is_not_under_itself",
            ),
            models.UniqueConstraint(
                fields=["employee"],
                condition=Q(until_on=FOREVER),
                name="people_assignment_is_open_once",
            ),
        ]
        indexes = [
            models.Index(fields=["employee", "until_on", "from_on"]),
            models.Index(fields=["manager", "until_on", "from_on"]),
            models.Index(fields=["position", "until_on", "from_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} in {self.position_id} from {self.from_on}"


class DottedLine(Dated):
    """A second person to answer to, beside the manager; says for what."""

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="dotted_lines")
    manager = models.ForeignKey(Employee, models.PROTECT, related_name="dotted_reports")
    purpose = models.CharField(_("for what"), max_length=200)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(manager=F("employee")), name="people_dottedline_is_not_under_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} to {self.manager_id} for {self.purpose}"


class Leave(Dated):
    """A time away with the post kept. That somebody is away is known to all; why, to few."""

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="leaves")
    kind = models.CharField(_("kind of leave"), max_length=80)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["from_on"]
        constraints = [*Dated.Meta.constraints]
        indexes = [models.Index(fields=["employee", "until_on", "from_on"])]

    def __str__(self) -> str:
        return f"{self.employee_id} away from {self.from_on}"


class Pay(Dated):
    """What a person is paid for a year of full time. Read by few; see policies.pay."""

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="pays")
    amount = models.DecimalField(_("a year, full time"), max_digits=14, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["from_on"]
        verbose_name_plural = "pay"
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(amount__gte=0), name="people_pay_is_not_negative"),
            models.UniqueConstraint(
                fields=["employee"], condition=Q(until_on=FOREVER), name="people_pay_is_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} from {self.from_on}"


class ReportingLine(Dated):
    """Everybody above an employee, directly (depth 1) or through others. Kept by actions.lines."""

    manager = models.ForeignKey(Employee, models.CASCADE, related_name="+", db_index=False)
    employee = models.ForeignKey(Employee, models.CASCADE, related_name="lines_up", db_index=False)
    depth = models.PositiveSmallIntegerField()

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [*Dated.Meta.constraints]
        indexes = [
            models.Index(fields=["manager", "until_on", "from_on", "employee", "depth"]),
            models.Index(fields=["employee", "until_on", "from_on", "manager", "depth"]),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} under {self.manager_id} at {self.depth}"
