"""Pages of long lists by key, not by number: page 200 costs what page 1 does."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import FieldError, ValidationError
from django.db.models import Model, Q, QuerySet

_Row = TypeVar("_Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[_Row]):
    """Some rows, and the token under which the next ones are found ("" when there are none)."""

    rows: list[_Row]
    next: str


def page_after(
    rows: QuerySet[_Row], token: str, *, by: Sequence[str], size: int = 50
) -> Page[_Row]:
    """The rows that follow a token, in the order of the fields `by`.

    A field with a leading "-" runs downwards; the last one must be unique. A token that is not
    ours, or has aged, starts from the top: nothing is worth an error page here.
    """
    rows = rows.order_by(*by)
    names = [field.removeprefix("-") for field in by]
    try:
        found = list(_beyond(rows, by, _read(token, len(by)))[: size + 1])
    except (ValueError, TypeError, ValidationError, FieldError, OverflowError):
        found = list(rows[: size + 1])
    if len(found) <= size:
        return Page(found, "")
    return Page(found[:size], _written([_value(found[size - 1], name) for name in names]))


def _beyond(rows: QuerySet[_Row], by: Sequence[str], values: list[Any] | None) -> QuerySet[_Row]:
    if values is None:
        return rows
    beyond, same = Q(), Q()
    for field, value in zip(by, values, strict=True):
        name = field.removeprefix("-")
        step = "lt" if field.startswith("-") else "gt"
        beyond |= same & Q(**{f"{name}__{step}": value})
        same &= Q(**{name: value})
    return rows.filter(beyond)


def _value(row: Model, path: str) -> Any:
    value: Any = row
    for name in path.split("__"):
        value = getattr(value, name)
    value = value.pk if isinstance(value, Model) else value
    return value.isoformat() if isinstance(value, date | datetime) else value


def _written(values: list[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _read(token: str, count: int) -> list[Any] | None:
    if not token:
        return None
    values = json.loads(base64.urlsafe_b64decode(token[:2000] + "=" * (-len(token) % 4)))
    if not isinstance(values, list) or len(values) != count:
        raise ValueError("not a token of this list")
    if any(isinstance(value, int) and abs(value) >= 2**63 for value in values):
        raise ValueError("no database counts so far")
    return values
