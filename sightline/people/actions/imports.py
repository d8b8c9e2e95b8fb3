"""Writing a whole import at once, and taking it back.

A plan (see `exchange`) works on its own copies of the rows and notes in `Writes` what it made and
what it changed. `carry_out` stores that in bulk; `take_back` restores exactly what was before, or
refuses when anything has changed since.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.events import Event
from sightline.foundation.ledger.record import record, record_all
from sightline.people.actions import import_rows as stored
from sightline.people.actions.holding import hold_organisation
from sightline.people.actions.lines import redraw_reporting_lines, redraw_unit_lines
from sightline.people.events import ImportedChangeUndone, ImportUndone, PeopleImported
from sightline.people.models import (
    Assignment,
    DottedLine,
    Employee,
    Employment,
    Leave,
    Pay,
    Responsibility,
    RoleGrant,
    Unit,
    UnitPlacement,
)
from sightline.people.viewer import Viewer

Report = Callable[[int, int, str], None]


@dataclass(slots=True)
class Writes:
    """What a plan wants stored. Rows are unsaved copies; nothing here touches the database."""

    created: list[models.Model] = field(default_factory=list)
    removed: list[models.Model] = field(default_factory=list)
    events: list[Callable[[], Event]] = field(default_factory=list)
    _before: dict[models.Model, dict[str, Any]] = field(default_factory=dict)
    _fresh: set[int] = field(default_factory=set)

    def create(self, row: models.Model) -> None:
        """A row to be added."""
        self.created.append(row)
        self._fresh.add(id(row))

    def change(self, row: models.Model, **values: Any) -> None:
        """New values for a row, stored or about to be added."""
        if id(row) not in self._fresh:
            before = self._before.setdefault(row, {})
            for name in values:
                attname = stored.attname_of(row, name)
                before.setdefault(attname, getattr(row, attname))
        for name, value in values.items():
            setattr(row, name, value)

    def remove(self, row: models.Model) -> None:
        """A row to be deleted; one that is not stored yet is simply not added."""
        if id(row) in self._fresh:
            self._fresh.discard(id(row))
            self.created = [other for other in self.created if other is not row]
            return
        for attname, value in self._before.pop(row, {}).items():
            setattr(row, attname, value)
        self.removed.append(row)

    def is_new(self, row: models.Model) -> bool:
        """Whether the row is about to be added."""
        return id(row) in self._fresh

    @property
    def changed(self) -> Mapping[models.Model, dict[str, Any]]:
        """The stored rows that change, each with the values before."""
        return self._before


@dataclass(frozen=True, slots=True)
class Summary:
    """What an import is called and how much it did."""

    import_id: int
    what: str
    created: int
    changed: int
    ended: int


@transaction.atomic
def carry_out(*, by: Viewer, writes: Writes, summary: Summary, report: Report) -> Any:
    """Store all that a plan wants, or nothing. Tells what `take_back` needs.

    The plan has checked every row against the policies on behalf of `by`.
    """
    removed = [stored.kept(row) for row in writes.removed]
    _remove(writes.removed)
    report(50, 100, _("Writing"))
    _free_emails(row for row, before in writes.changed.items() if "email" in before)
    changed, created = stored.by_model(writes.changed), stored.by_model(writes.created)
    for model in stored.WRITTEN:
        _put(model, changed.get(model, []))
        _add(model, created.get(model, []))
    report(65, 100, _("Drawing the lines"))
    _redraw({*writes.created, *writes.changed, *writes.removed})
    report(80, 100, _("Recording"))
    record_all((event() for event in writes.events), by=by)
    record(
        PeopleImported(
            summary.import_id, summary.what, summary.created, summary.changed, summary.ended
        ),
        by=by,
    )
    return {
        "created": [[stored.label(row), row.pk, stored.digest(row)] for row in writes.created],
        "changed": [
            [stored.label(row), row.pk, stored.plain(before), stored.digest(row)]
            for row, before in writes.changed.items()
        ],
        "removed": removed,
    }


@transaction.atomic
def take_back(*, by: Viewer, before: Any, summary: Summary, report: Report) -> None:
    """Undo an import precisely. Refused when anything it wrote has changed since."""
    hold_organisation()
    created = _found_unchanged([(label, pk, digest) for label, pk, digest in before["created"]])
    changed = _found_unchanged([(label, pk, digest) for label, pk, _b, digest in before["changed"]])
    _refuse_leaning(created, changed)
    report(40, 100, _("Restoring"))
    people = _people_of([*created, *changed])
    values = {(label, pk): old for label, pk, old, _digest in before["changed"]}
    _free_emails(row for row in changed if "email" in values[stored.label(row), row.pk])
    for row in changed:
        for name, value in values[stored.label(row), row.pk].items():
            setattr(row, name, stored.as_python(row, name, value))
    olds, news = stored.by_model(changed), stored.by_model(created)
    for model in reversed(stored.WRITTEN):
        _remove(news.get(model, []))
        _put(model, olds.get(model, []))
    restored = [stored.restored(label, kept) for label, kept in before["removed"]]
    for model, rows in stored.by_model(restored).items():
        _add(model, rows)
    report(70, 100, _("Drawing the lines"))
    _redraw({*created, *changed, *restored})
    record_all((ImportedChangeUndone(pk, summary.import_id) for pk in sorted(people)), by=by)
    record(ImportUndone(summary.import_id, summary.what), by=by)


# ── Storing ──────────────────────────────────────────────────────────────────────────────────────


def _add(model: type[models.Model], rows: list[Any]) -> None:
    _set_keys(rows)
    model._default_manager.bulk_create(rows, batch_size=stored.BATCH)


def _put(model: type[models.Model], rows: list[Any]) -> None:
    """Store rows that are there already: one statement for many, where updates take each alone."""
    _set_keys(rows)
    fields = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    model._default_manager.bulk_create(
        rows,
        batch_size=stored.BATCH,
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=fields,
    )


def _set_keys(rows: Iterable[Any]) -> None:
    for row in rows:
        if isinstance(row, Employee):
            row.set_keys()


def _free_emails(rows: Iterable[models.Model]) -> None:
    """Let go of e-mails that may pass to somebody else: they are unique at every moment."""
    for chunk in stored.chunks([row.pk for row in rows if isinstance(row, Employee)]):
        Employee.objects.filter(pk__in=chunk).update(email="")


def _remove(rows: Iterable[models.Model]) -> None:
    groups = stored.by_model(rows)
    for model in reversed(stored.WRITTEN):
        for chunk in stored.chunks([row.pk for row in groups.get(model, ())]):
            try:
                model._default_manager.filter(pk__in=chunk).delete()
            except ProtectedError as error:
                leaning = sorted(error.protected_objects, key=str)
                raise Refused(_in_use(model, set(chunk), leaning)) from error


def _in_use(model: type[models.Model], keys: set[int], leaning: list[Any]) -> str:
    """Which of these rows cannot go, since something outside the import leans on it."""
    links = [link for link in model._meta.related_objects if link.on_delete is models.PROTECT]
    used = {
        getattr(row, link.field.attname)
        for link in links
        for row in leaning
        if isinstance(row, link.related_model)
    }
    names = [_told(row) for row in model._default_manager.filter(pk__in=used & keys)]
    words = _("%(what)s is in use and would end before it began. Choose a later day.")
    return words % {"what": ", ".join(sorted(set(names)))}


# ── Comparing ────────────────────────────────────────────────────────────────────────────────


def _redraw(rows: set[models.Model]) -> None:
    """Bring the lines in step with the assignments and units that were written."""
    people = {row.employee_id for row in rows if isinstance(row, Assignment)}
    units = {row.unit_id for row in rows if isinstance(row, UnitPlacement)}
    units |= {row.pk for row in rows if isinstance(row, Unit)}
    if units:
        redraw_unit_lines(set(Unit.objects.filter(pk__in=units).values_list("pk", flat=True)))
    if people:
        redraw_reporting_lines(people)


def _found_unchanged(expected: list[tuple[str, int, str]]) -> list[models.Model]:
    """The rows as they stand; refuses when one is gone or is no longer what the import wrote."""
    digests = {(label, pk): digest for label, pk, digest in expected}
    found: list[models.Model] = []
    for label in {label for label, _pk, _digest in expected}:
        keys = [pk for other, pk, _digest in expected if other == label]
        for chunk in stored.chunks(keys):
            found += stored.model_of(label)._default_manager.filter(pk__in=chunk)
    changed = [row for row in found if digests[stored.label(row), row.pk] != stored.digest(row)]
    if changed or len(found) < len(expected):
        raise Refused(_changed_sentence(changed, len(expected) - len(found)))
    return found


def _changed_sentence(changed: list[models.Model], gone: int) -> str:
    if not changed:
        return _("%(count)d of the imported rows are no longer there.") % {"count": gone}
    return _("%(what)s has been changed since the import.") % {"what": _told(changed[0])}


def _told(row: Any) -> str:
    """A row as a person knows it."""
    if isinstance(row, Employment | Assignment | Leave | Pay | RoleGrant | DottedLine):
        return str(row.employee)
    if isinstance(row, UnitPlacement):
        return str(row.unit)
    return str(row.position) if isinstance(row, Responsibility) else str(row)


def _refuse_leaning(created: list[models.Model], changed: list[models.Model]) -> None:
    """Refuse when something that the import did not write has come to lean on what it made."""
    made = {model: {row.pk for row in rows} for model, rows in stored.by_model(created).items()}
    mine = {
        model: {row.pk for row in rows}
        for model, rows in stored.by_model([*created, *changed]).items()
    }
    for model, keys in made.items():
        for relation in model._meta.related_objects:
            leaning: Any = relation.related_model
            if leaning._meta.object_name in {"ReportingLine", "UnitLine"}:
                continue
            for chunk in stored.chunks(sorted(keys)):
                rows = leaning._default_manager.filter(**{f"{relation.field.name}__in": chunk})
                for pk, key in rows.values_list("pk", relation.field.attname):
                    if pk not in mine.get(leaning, ()):
                        raise Refused(
                            _("%(what)s is in use since the import.")
                            % {"what": _told(model._default_manager.get(pk=key))}
                        )


def _people_of(rows: Iterable[Any]) -> set[int]:
    """The employees whom the rows are about."""
    people = set()
    for row in rows:
        if isinstance(row, Employee):
            people.add(row.pk)
        elif hasattr(row, "employee_id"):
            people.add(row.employee_id)
    return people
