"""The jobs of an import: read the file, carry the plan out, take it back. Safe to run twice."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from sightline.foundation.core.errors import Refused
from sightline.foundation.exchange import actions
from sightline.foundation.exchange.models import Import, unpacked
from sightline.foundation.jobs.progress import report
from sightline.people.actions.holding import hold_organisation
from sightline.people.actions.imports import Summary, carry_out, take_back
from sightline.people.exchange.columns import label
from sightline.people.exchange.further import FURTHER
from sightline.people.exchange.plan import CHANGED, ENDED, NEW, Plan
from sightline.people.exchange.reading import (
    Contents,
    find_parts,
    headers_of,
    make_plan,
    missing_columns,
    read_parts,
    wish_of,
)
from sightline.people.policies.imports import may_exchange
from sightline.people.viewer import Viewer, viewer_of

State = Import.State


@task
def read_file(import_id: int) -> None:
    """Read a file and work out what it would change: the dry run."""
    imported = Import.objects.select_related("by").get(pk=import_id)
    if imported.state != State.READING:
        return
    with translation.override(imported.by.language):
        found = actions.Found()
        try:
            report(5, 100, _("Reading the file"))
            parts = find_parts(imported)
            found = actions.Found(headers=headers_of(parts))
            if sentences := missing_columns(parts):
                actions.keep_dry_run(imported=imported, found=found, refused=sentences)
                return
            contents = read_parts(parts, imported.choices)
            plan = make_plan(_viewer(imported), contents, wish_of(imported.choices), report)
            actions.keep_dry_run(imported=imported, found=_found(contents, plan))
        except Refused as refusal:
            sentences = [sentence for _field, sentence in refusal.reasons]
            actions.keep_dry_run(imported=imported, found=found, refused=sentences)


@task
def carry_out_import(import_id: int) -> None:
    """Write what the dry run showed, all or nothing; show a new dry run when it no longer holds."""
    imported = Import.objects.select_related("by").get(pk=import_id)
    if imported.state != State.IMPORTING:
        return
    with translation.override(imported.by.language):
        try:
            report(2, 100, _("Reading the file"))
            contents = read_parts(find_parts(imported), imported.choices)
            _carry_out(imported, contents)
        except Refused as refusal:
            sentences = [sentence for _field, sentence in refusal.reasons]
            actions.keep_dry_run(imported=imported, found=actions.Found(), refused=sentences)


@transaction.atomic
def _carry_out(imported: Import, contents: Contents) -> None:
    """Plan anew inside the transaction, while nobody else writes, and compare before writing."""
    kept = Import.objects.select_for_update(no_key=True).get(pk=imported.pk)
    if kept.state != State.IMPORTING:
        return
    hold_organisation()
    viewer = _viewer(imported)
    plan = make_plan(viewer, contents, wish_of(kept.choices), report)
    if plan.errors or plan.digest() != kept.plan_digest:
        found = _found(contents, plan)
        found.notes.append(_("the organisation has changed since; this is what would change now"))
        actions.keep_dry_run(imported=kept, found=found)
        return
    actions.finish(imported=kept, before=_written(viewer, plan, kept))


def _written(viewer: Viewer, plan: Plan, kept: Import) -> Any:
    """Write the plan; tells what an undo needs."""
    if kept.kind in FURTHER:
        return FURTHER[kept.kind].carry_out(viewer, plan, kept.pk, report)
    counts = plan.counts()
    summary = Summary(kept.pk, label(kept.kind), counts[NEW], counts[CHANGED], counts[ENDED])
    return carry_out(by=viewer, writes=plan.writes, summary=summary, report=report)


@task
def undo_import(import_id: int) -> None:
    """Take back what an import did, precisely, or say why it cannot be."""
    imported = Import.objects.select_related("by").get(pk=import_id)
    if imported.state != State.UNDOING:
        return
    with translation.override(imported.by.language):
        try:
            _undo(imported)
        except Refused as refusal:
            notes = [_("It cannot be undone: %(why)s") % {"why": refusal}]
            actions.keep_as_imported(imported=imported, notes=notes)


@transaction.atomic
def _undo(imported: Import) -> None:
    kept = Import.objects.select_for_update(no_key=True).get(pk=imported.pk)
    if kept.state != State.UNDOING:
        return
    viewer, before = _viewer(imported), unpacked(kept.before)
    if kept.kind in FURTHER:
        FURTHER[kept.kind].take_back(viewer, before, kept.pk, report)
    else:
        summary = Summary(kept.pk, label(kept.kind), 0, 0, 0)
        take_back(by=viewer, before=before, summary=summary, report=report)
    actions.finish_undo(imported=kept)


def _viewer(imported: Import) -> Viewer:
    """The person who imports, as things stand now; refused when the right is gone since."""
    viewer = viewer_of(imported.by)
    further = FURTHER.get(imported.kind)
    if viewer is None or not may_exchange(viewer) or (further and not further.may(viewer)):
        raise Refused(_("The account that brought this file may no longer import."))
    return viewer


def _found(contents: Contents, plan: Plan) -> actions.Found:
    return actions.Found(
        headers=contents.headers,
        notes=contents.notes,
        counts=plan.counts(),
        errors=plan.errors,
        plan=plan.kept(),
        digest=plan.digest(),
    )
