"""Rows of the organisation in bulk: stored, removed, kept as JSON and made again."""

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
_BATCH = 2_000


def by_model(rows: Iterable[models.Model]) -> dict[type[models.Model], list[Any]]:
    groups: dict[type[models.Model], list[Any]] = {}
    for row in rows:
        groups.setdefault(type(row), []).append(row)
    return groups


def add(model: type[models.Model], rows: list[Any]) -> None:
    _set_keys(rows)
    model._default_manager.bulk_create(rows, batch_size=_BATCH)


def put(model: type[models.Model], rows: list[Any]) -> None:
    """Store rows that are there already: one statement for many, where updates take each alone."""
    _set_keys(rows)
    fields = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    model._default_manager.bulk_create(
        rows,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=fields,
    )


def _set_keys(rows: Iterable[Any]) -> None:
    for row in rows:
        if isinstance(row, Employee):
            row.set_keys()


def free_emails(rows: Iterable[models.Model]) -> None:
    """Let go of e-mails that may pass to somebody else: they are unique at every moment."""
    for chunk in chunks([row.pk for row in rows if isinstance(row, Employee)]):
        Employee.objects.filter(pk__in=chunk).update(email="")


def remove(rows: Iterable[models.Model]) -> None:
    groups = by_model(rows)
    for model in reversed(WRITTEN):
        for chunk in chunks([row.pk for row in groups.get(model, ())]):
            model._default_manager.filter(pk__in=chunk).delete()


def chunks(keys: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(keys), _BATCH):
        yield keys[start : start + _BATCH]


def label(row: models.Model) -> str:
    return row._meta.object_name or ""


def model_of(label: str) -> type[models.Model]:
    return apps.get_model("people", label)


def _values(row: models.Model) -> dict[str, Any]:
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON keeps them."""
    kept: dict[str, Any] = json.loads(json.dumps(values, cls=DjangoJSONEncoder))
    return kept


def attname_of(row: models.Model, name: str) -> str:
    attname: str = row._meta.get_field(name).attname  # type: ignore[union-attr]  # a column
    return attname


def as_python(row: models.Model, name: str, value: Any) -> Any:
    return row._meta.get_field(name).to_python(value)  # type: ignore[union-attr]  # a column


def kept(row: models.Model) -> list[Any]:
    return [label(row), plain(_values(row))]


def digest(row: models.Model) -> str:
    """A row's values in short, to see later whether they are still the same."""
    text = json.dumps([str(value) for value in _values(row).values()])
    return hashlib.blake2s(text.encode(), digest_size=12).hexdigest()


def restored(label: str, values: Mapping[str, Any]) -> models.Model:
    model = model_of(label)
    fields = {f.attname: f for f in model._meta.concrete_fields}
    return model(**{name: fields[name].to_python(value) for name, value in values.items()})
