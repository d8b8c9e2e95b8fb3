"""What was recorded, and the log that proves it. Rows are written once and never changed.

A record's metadata stands in `Record`; what it says is sealed in `Payload` under its subject's
key, so that it can be destroyed while the log still verifies. The log itself is `Leaf` (a record's
place), `Subtree` (roots of complete subtrees, so that proofs are quick) and `Head` (signed).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NoReturn

from django.db import models

from sightline.foundation.ledger import rules


class LedgerIsAppendOnly(Exception):  # noqa: N818 - says what the ledger is, not what went wrong
    """Somebody tried to change or delete what was recorded."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows that can be read and added."""

    def update(self, **fields: Any) -> NoReturn:
        """Refused."""
        raise LedgerIsAppendOnly(f"Rows of {self.model.__name__} cannot be changed.")

    def bulk_update(self, objs: Iterable[Any], fields: Any, batch_size: Any = None) -> NoReturn:
        """Refused."""
        raise LedgerIsAppendOnly(f"Rows of {self.model.__name__} cannot be changed.")

    def delete(self) -> NoReturn:
        """Refused."""
        raise LedgerIsAppendOnly(f"Rows of {self.model.__name__} cannot be deleted.")

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Add rows; never over rows that are there."""
        if kwargs.get("update_conflicts"):
            raise LedgerIsAppendOnly(f"Rows of {self.model.__name__} cannot be changed.")
        return super().bulk_create(objs, *args, **kwargs)


class AppendOnly(models.Model):
    """A row that is written once."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new row; a row that is there stays as it is."""
        if not self._state.adding:
            raise LedgerIsAppendOnly(f"{type(self).__name__} {self.pk} cannot be changed.")
        super().save(*args, **(kwargs | {"force_insert": True}))

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise LedgerIsAppendOnly(f"{type(self).__name__} {self.pk} cannot be deleted.")


class Record(AppendOnly):
    """One thing that happened: when, by whom, about whom, and a commitment to what it says."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    on_behalf_of = models.CharField(max_length=64, blank=True)
    subject = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=100)
    commitment = models.BinaryField(max_length=32, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="ledger_record_by_date"),
            models.Index(fields=["subject", "at"], name="ledger_record_by_subject"),
            models.Index(fields=["actor", "at"], name="ledger_record_by_actor"),
            models.Index(fields=["kind", "at"], name="ledger_record_by_kind"),
        ]

    def __str__(self) -> str:
        return f"record {self.pk}: {self.kind}"

    def described(self) -> dict[str, Any]:
        """Its metadata as the log writes it."""
        return rules.metadata(
            at=self.at,
            actor=self.actor,
            on_behalf_of=self.on_behalf_of,
            subject=self.subject,
            kind=self.kind,
            commitment=bytes(self.commitment),
        )


class SubjectKey(models.Model):
    """The key that seals what is said about one subject, itself wrapped under the house's secret.

    Deleting the row is what makes the subject's payloads unreadable.
    """

    subject = models.CharField(max_length=64, unique=True)
    wrapped = models.BinaryField()

    def __str__(self) -> str:
        return f"key of {self.subject or 'the house'}"


class Payload(models.Model):
    """What a record says: salt and canonical JSON, sealed. Deleted when the subject is shredded."""

    record = models.OneToOneField(
        Record, on_delete=models.PROTECT, primary_key=True, related_name="payload"
    )
    key = models.ForeignKey(SubjectKey, on_delete=models.PROTECT, related_name="payloads")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"payload of record {self.pk}"


class Waiting(models.Model):
    """A record that has no place in the log yet.

    A trigger adds the row with the record, whoever writes it; the sequencer takes it away.
    """

    record = models.OneToOneField(
        Record,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="waiting",
        db_constraint=False,  # the trigger is the only writer; checking again costs each change
    )

    def __str__(self) -> str:
        return f"record {self.pk} waits"


class Leaf(AppendOnly):
    """A record's place in the log and the hash that stands there."""

    position = models.BigIntegerField(primary_key=True)
    record = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="leaf")
    hash = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"leaf {self.pk}"


class Subtree(AppendOnly):
    """The root over 2^level leaves from `index` · 2^level on, kept for every eighth level."""

    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    root = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["level", "index"], name="ledger_subtree_is_one")
        ]

    def __str__(self) -> str:
        return f"subtree {self.level}:{self.index}"


class Head(AppendOnly):
    """The root of the log at a size, signed. `frontier` lets the log grow without reading it."""

    tree_size = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    root = models.BinaryField(max_length=32)
    frontier = models.BinaryField()
    key_id = models.CharField(max_length=16)
    signature = models.BinaryField(max_length=64)

    def __str__(self) -> str:
        return f"head at {self.tree_size}"
