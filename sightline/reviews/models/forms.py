from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sightline.people.models import Employee
from sightline.reviews.models.reviews import Item, Review
from sightline.reviews.models.templates import Question


class Form(models.Model):
    """One person's answers about one employee, in one role."""

    class Role(models.TextChoices):
        SELF = "self", _("Self")
        MANAGER = "manager", _("Manager")
        PEER = "peer", _("Peer")

    class State(models.TextChoices):
        NOT_STARTED = "not_started", _("Not started")
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")

    review = models.ForeignKey(Review, models.PROTECT, related_name="forms")
    role = models.CharField(max_length=20, choices=Role)
    rater = models.ForeignKey(Employee, models.PROTECT, related_name="review_forms")
    state = models.CharField(max_length=20, choices=State, default=State.NOT_STARTED)
    submitted_at = models.DateTimeField(null=True)
    """Never kept of a peer: a time would tell whose answers came when."""
    proposed_value = models.PositiveSmallIntegerField(_("overall"), null=True)
    """The rating as a whole, by self and manager."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "role", "rater"], name="reviews_form_is_one_a_rater"
            ),
            models.UniqueConstraint(
                fields=["review", "role"],
                condition=Q(role__in=["self", "manager"]),
                name="reviews_form_of_self_and_manager_is_one",
            ),
            models.CheckConstraint(
                condition=~Q(role="peer") | Q(submitted_at__isnull=True),
                name="reviews_form_of_a_peer_keeps_no_time",
            ),
        ]
        indexes = [models.Index(fields=["rater", "state"])]

    def __str__(self) -> str:
        return f"{self.role} {self.rater_id} on {self.review_id}"


class Rating(models.Model):
    """What a form says about an item: a point of the scale, or none, and why."""

    form = models.ForeignKey(Form, models.PROTECT, related_name="ratings")
    item = models.ForeignKey(Item, models.PROTECT, related_name="ratings")
    value = models.PositiveSmallIntegerField(null=True)
    """None: not rated, or nothing seen of it."""
    is_unseen = models.BooleanField(default=False)
    """Whether the writer said that nothing was seen of it."""
    comment = models.TextField(max_length=4000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "item"], name="reviews_rating_is_one_an_item"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=1, value__lte=9),
                name="reviews_rating_is_on_a_scale",
            ),
            models.CheckConstraint(
                condition=Q(is_unseen=False) | Q(value__isnull=True),
                name="reviews_rating_of_what_was_not_seen_is_none",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value} for {self.item_id}"


class Answer(models.Model):
    """What a form says to a written question."""

    form = models.ForeignKey(Form, models.PROTECT, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    text = models.TextField(max_length=8000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["form", "question"], name="reviews_answer_is_one_a_question"
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]
