from __future__ import annotations

from django.db import models

from sightline.people.models import Employee
from sightline.reviews.models.reviews import Review


class Nomination(models.Model):
    """A colleague whom the employee, or the manager, wants to be asked.

    Of several about the same colleague the last one counts: after a refusal the manager may think
    again.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="nominations")
    peer = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["peer__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "peer", "by"], name="reviews_nomination_is_one_by_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.peer_id} for {self.review_id}"

    @property
    def stands(self) -> bool:
        """Whether the colleague is asked, or may still be."""
        answer = getattr(self, "answer", None)
        return answer is None or answer.accepted


class NominationAnswer(models.Model):
    """The manager's word on a nomination: the colleague is asked, or not and why."""

    nomination = models.OneToOneField(Nomination, models.PROTECT, related_name="answer")
    accepted = models.BooleanField()
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.accepted} for {self.nomination_id}"


class PeerSummary(models.Model):
    """What all peers of a review said together. Made once, from all at once, and never again:
    two that differ by one answer would give that answer away."""

    review = models.OneToOneField(Review, models.PROTECT, related_name="peer_summary")
    gathered_at = models.DateTimeField()
    told = models.JSONField()
    """{"items": {item: {half_points, end}}, "comments": {section: [texts]}, "answers":
    {question: [texts]}}, the texts shuffled; see rules/peers."""

    def __str__(self) -> str:
        return f"peers on {self.review_id}"
