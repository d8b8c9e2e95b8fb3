"""What a person was told, how he wants to be told, and the mail that tells him."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sightline.foundation.identity.models import Account
from sightline.foundation.notices.kinds import Choice


class Notice(models.Model):
    """Something that an account's holder should know; told once for each key."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=100)
    subject = models.CharField(max_length=200)
    sentence = models.CharField(max_length=1000)
    url = models.CharField(max_length=500, blank=True)
    key = models.CharField(max_length=200)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mail = models.CharField(max_length=10, choices=Choice.choices)
    """When it goes out by mail, as the person had chosen when it was written."""
    letter = models.ForeignKey("Letter", models.SET_NULL, null=True, related_name="notices")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "key"], name="notices_notice_is_written_once"
            )
        ]
        indexes = [
            models.Index(fields=["account", "-id"], name="notices_of_account"),
            models.Index(
                fields=["account", "-id"],
                condition=Q(read_at__isnull=True),
                name="notices_unread",
            ),
            models.Index(
                fields=["account", "at"],
                condition=Q(letter__isnull=True, read_at__isnull=True),
                name="notices_untold",
            ),
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def is_read(self) -> bool:
        """Whether the person has seen it."""
        return self.read_at is not None


class Preference(models.Model):
    """An account's choice for a kind of notice. No row: the kind's default."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="notice_preferences")
    kind = models.CharField(max_length=100)
    choice = models.CharField(max_length=10, choices=Choice.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "kind"], name="notices_preference_is_one_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(choice__in=Choice.values),
                name="notices_preference_choice_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.choice}"


class Letter(models.Model):
    """The outbox: all mail but that about accounts leaves from here, each letter of a key once.

    Sending and noting that it was sent cannot be one act. A worker killed between the two sends
    again; both carry the same Message-ID, by which mail systems know them for one.
    """

    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="letters")
    email = models.EmailField(max_length=254)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    key = models.CharField(max_length=200, unique=True)
    written_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    """The account was closed before the letter left."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="notices_letter_is_sent_or_withdrawn",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.email}"

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is to be done about it."""
        return self.sent_at is not None or self.withdrawn_at is not None
