"""What people were typing when they last paused."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from sightline.foundation.drafts.rules import Mark


class Text(models.Model):
    """What stood in a form on a page: its fields by name, and where the page was."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="%(class)ss"
    )
    key = models.CharField(max_length=200)
    fields = models.JSONField(default=dict)
    title = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=500, blank=True)
    page = models.CharField(max_length=40, blank=True)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.key}, version {self.version}"

    @property
    def texts(self) -> list[str]:
        """What was typed, longest first, without the empty parts."""
        values = [value for values in self.fields.values() for value in values]
        return sorted((value for value in values if value.strip()), key=len, reverse=True)


class Draft(Text):
    """The text of one form of one account that has not been sent yet.

    When the form is sent the text goes and the row stays, empty, with the next version: a page
    left open elsewhere then learns that the text it started from is no more.
    """

    turn = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "key"], name="drafts_draft_is_one_a_key")
        ]
        indexes = [models.Index(fields=["saved_at"], name="drafts_draft_by_age")]

    @property
    def is_empty(self) -> bool:
        """Whether its text was sent or discarded."""
        return not self.fields

    @property
    def mark(self) -> Mark:
        """Which text this is."""
        return Mark(version=self.version, page=self.page, turn=self.turn)


class SetAside(Text):
    """The text that lost when two pages wrote the same draft: kept, never shown in the form."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "key", "page"], name="drafts_setaside_is_one_a_page"
            )
        ]
        indexes = [models.Index(fields=["saved_at"], name="drafts_setaside_by_age")]
