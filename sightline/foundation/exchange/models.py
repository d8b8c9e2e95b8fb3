"""Imports: a file on its way in, what it would change, what it changed."""

from __future__ import annotations

import json
import zlib
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sightline.foundation.exchange.errors import CellError


class Import(models.Model):
    """One file that someone brought, from choosing its columns to the undoing of what it did.

    `choices` is what the person decided (sheet, encoding, columns, mended cells, the day),
    `headers` what stands on top of the columns, `plan` what would change or did, `before` what an
    undo needs, `job` the job that has it in hand. The file is kept until the import is done, or
    for 30 days.
    """

    class State(models.TextChoices):
        CHOSEN = "chosen", _("file chosen")
        READING = "reading", _("being read")
        DRY_RUN = "dry run", _("dry run")
        IMPORTING = "importing", _("being imported")
        IMPORTED = "imported", _("imported")
        UNDOING = "undoing", _("being undone")
        UNDONE = "undone", _("undone")
        REFUSED = "refused", _("refused")

    WORKING = (State.READING, State.IMPORTING, State.UNDOING)

    kind = models.CharField(max_length=40)
    file_name = models.CharField(max_length=255)
    file = models.BinaryField(null=True, editable=False)
    state = models.CharField(max_length=12, choices=State, default=State.CHOSEN)
    choices = models.JSONField(default=dict, blank=True)
    headers = models.JSONField(default=dict, blank=True)
    notes = models.JSONField(default=list, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    errors = models.JSONField(default=list, blank=True)
    plan = models.BinaryField(null=True, editable=False)
    plan_digest = models.CharField(max_length=64, blank=True)
    before = models.BinaryField(null=True, editable=False)
    job = models.CharField(max_length=40, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="imports")
    started_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["imported", "undone"]) | Q(done_at__isnull=False),
                name="exchange_import_done_has_its_time",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "state", "-done_at"], name="exchange_import_by_kind")
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_working(self) -> bool:
        """Whether a job has it in hand."""
        return self.state in self.WORKING

    @property
    def cell_errors(self) -> list[CellError]:
        """What must be mended, in the order of the file."""
        return [CellError.from_json(kept) for kept in self.errors]


def packed(value: Any) -> bytes:
    """A JSON value, small, for a binary field."""
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def unpacked(kept: bytes | memoryview | None) -> Any:
    """What `packed` was given; None for None."""
    return None if kept is None else json.loads(zlib.decompress(bytes(kept)))
