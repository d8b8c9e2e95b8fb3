"""Rows of the organisation by the thousand: in groups, kept as JSON, made again. Writes nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from sightline.people.models import (
    Assignment,
    DottedLine,
    Employee,
    Employment,
    Job,
    Leave,
    Pay,
    Position,
    Responsibility,
    RoleGrant,
    Unit,
    UnitPlacement,
)

# In the order in which rows lean on each other: stored from the left, removed from the right.
WRITTEN: tuple[type[models.Model], ...] = (
    *(Unit, UnitPlacement, Job, Position, Responsibility, Employee, Employment, Assignment),
    *(Leave, Pay, RoleGrant, DottedLine),
)
BATCH = 2_000


def by_model(rows: Iterable[models.Model]) -> dict[type[models.Model], list[Any]]:
    """The rows, by what they are."""
    groups: dict[type[models.Model], list[Any]] = {}
    for row in rows:
        groups.setdefault(type(row), []).append(row)
    return groups


def chunks(keys: list[Any]) -> Iterator[list[Any]]:
    """Keys in portions that a database takes in one statement."""
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]


def label(row: models.Model) -> str:
    """What a row is, in a word."""
    return row._meta.object_name or ""


def model_of(label: str) -> type[models.Model]:
    """The model of a label."""
    return apps.get_model("people", label)


def _values(row: models.Model) -> dict[str, Any]:
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON keeps them."""
    kept: dict[str, Any] = json.loads(json.dumps(values, cls=DjangoJSONEncoder))
    return kept


def attname_of(row: models.Model, name: str) -> str:
    """The attribute behind a field: a foreign key's is the key."""
    attname: str = row._meta.get_field(name).attname  # type: ignore[union-attr]  # a column
    return attname


def as_python(row: models.Model, name: str, value: Any) -> Any:
    """A value as it was before JSON."""
    return row._meta.get_field(name).to_python(value)  # type: ignore[union-attr]  # a column


def kept(row: models.Model) -> list[Any]:
    """A row as JSON keeps it; `restored` makes it again."""
    return [label(row), plain(_values(row))]


def digest(row: models.Model) -> str:
    """A row's values in short, to see later whether they are still the same."""
    text = json.dumps([str(value) for value in _values(row).values()])
    return hashlib.blake2s(text.encode(), digest_size=12).hexdigest()


def restored(label: str, values: Mapping[str, Any]) -> models.Model:
    """The row that `kept` was given."""
    model = model_of(label)
    fields = {f.attname: f for f in model._meta.concrete_fields}
    return model(**{name: fields[name].to_python(value) for name, value in values.items()})
