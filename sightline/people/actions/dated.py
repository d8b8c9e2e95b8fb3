"""Changing what holds for days: a change lasts until the next one, planned or made already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from django.db import models
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from sightline.foundation.core.errors import Refused
from sightline.foundation.core.models import Dated, DatedQuerySet
from sightline.foundation.core.spans import Span

_Row = TypeVar("_Row", bound=models.Model)
_Dated = TypeVar("_Dated", bound=Dated)


def copy_of(row: _Row, **values: Any) -> _Row:
    """A row not yet stored, the same but for these values."""
    kept = {f.name: getattr(row, f.name) for f in row._meta.concrete_fields if not f.primary_key}
    return type(row)(**kept | values)


def until_next_change(rows: DatedQuerySet[Any], on: date, end: date) -> date:
    """The first day after `on` on which a row begins or ends, at most `end`."""
    spans = rows.filter(until_on__gt=on).values_list("from_on", "until_on")
    days: list[date] = [day for span in spans for day in span if day > on]
    return min([end, *days])


def take_out(row: Dated, span: Span) -> None:
    """Let a stored row no longer hold in a span: it is cut, split or deleted."""
    pieces = row.span.minus(span)
    if not pieces:
        delete(row)
        return
    later = [copy_of(row, from_on=piece.start, until_on=piece.end) for piece in pieces[1:]]
    row.from_on, row.until_on = pieces[0].start, pieces[0].end
    row.save()
    for piece in later:
        piece.save()


def delete(*rows: models.Model) -> None:
    """Delete stored rows; refused when something leans on one."""
    for row in rows:
        try:
            row.delete()
        except ProtectedError as error:
            words = _("“%s” is in use from that day on. Keep it, or choose a later day.")
            raise Refused(words % row, field="on") from error


def put_in_place(
    stored: DatedQuerySet[_Dated],
    wanted: Iterable[_Dated],
    *,
    span: Span,
    name: str,
    says: Sequence[str],
    order: str = "",
) -> None:
    """Let the wanted rows, and no others, hold in a span, up to the next change.

    Rows are the same by the field `name`; one that says what is wanted stays as it is, for other
    things may lean on it.
    """
    fresh = {getattr(row, name): row for row in wanted}
    for row in stored.on(span.start):
        anew = fresh.get(getattr(row, name))
        if anew and all(getattr(row, field) == getattr(anew, field) for field in says):
            del fresh[getattr(row, name)]
            if order:
                stored.filter(pk=row.pk).update(**{order: getattr(anew, order)})
        elif anew and row.span == span:
            stored.filter(pk=row.pk).update(
                **{field: getattr(anew, field) for field in (*says, order) if field}
            )
            del fresh[getattr(row, name)]
        else:
            take_out(row, span)
    for row in fresh.values():
        row.from_on, row.until_on = span.start, span.end
    stored.bulk_create(fresh.values())
