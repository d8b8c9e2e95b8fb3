"""Files in and out: bring one, put it right, import it, take it back; take one away."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.errors import Refused
from sightline.foundation.exchange.models import Import
from sightline.foundation.jobs.queries import progress_of
from sightline.foundation.ui import acting
from sightline.people.exchange import shown, steps
from sightline.people.exchange.columns import EVERYTHING, PEOPLE, label
from sightline.people.exchange.export import CSV, XLSX, export
from sightline.people.exchange.template_files import template_file
from sightline.people.forms.imports import ColumnsForm, ImportForm
from sightline.people.policies.imports import may_exchange, may_undo
from sightline.people.viewer import ViewerRequest

State = Import.State
TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def imports(request: ViewerRequest) -> HttpResponse:
    """Bring a file; templates, exports, and what was brought before."""
    require(may_exchange(request.viewer))
    kinds = shown.kinds_open_to(request.viewer)
    form = ImportForm(
        request.POST or None,
        request.FILES or None,
        kinds=kinds,
        today=request.viewer.today,
        initial={"kind": PEOPLE},
    )
    brought: list[Import] = []

    def bring() -> None:
        file = form.cleaned_data["file"]
        days = form.days()
        brought.append(
            steps.bring(
                by=request.viewer,
                kind=form.cleaned_data["kind"],
                file_name=file.name,
                data=file.read(),
                **days,
            )
        )

    if form.is_bound and acting.carried_out(form, bring):
        return redirect("people:import", brought[0].pk)
    context = {"kinds": kinds, "imports": shown.imports_seen_by(request.viewer)[:20]}
    return acting.answer(request, "people/imports.html", form, context)


@require_GET
def one_import(request: ViewerRequest, import_id: int) -> HttpResponse:
    """One import: on its way, its dry run, or what it did."""
    imported = _found(request, import_id)
    if imported.is_working:
        return render(request, "people/import_progress.html", _working(imported))
    context = {
        "imported": imported,
        "what": label(imported.kind),
        "figures": shown.figures(imported),
        "errors": shown.errors_seen(imported),
        "changes": shown.changes(
            imported, act=request.GET.get("act", ""), page=_number(request.GET.get("page", ""))
        ),
        "would_change": shown.would_change(imported),
        "submit": shown.rows_in_words(imported),
        "may_undo": may_undo(request.viewer, imported),
        "is_mine": imported.by_id == request.user.pk,
    }
    return render(request, "people/import.html", context)


def _found(request: ViewerRequest, import_id: int) -> Import:
    require(may_exchange(request.viewer))
    return found_or_404(shown.import_seen_by(request.viewer, import_id))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else 1


def _working(imported: Import) -> dict[str, object]:
    progress = progress_of(imported.job)
    failed = progress is None or progress.has_failed
    return {
        "imported": imported,
        "what": label(imported.kind),
        "progress": progress,
        "state": "failed" if failed else "running",
    }


@require_GET
def import_progress(request: ViewerRequest, import_id: int) -> HttpResponse:
    """How far the work is, asked every second by the page."""
    imported = _found(request, import_id)
    return render(request, "people/import_progress.html#bar", _working(imported))


def import_columns(request: ViewerRequest, import_id: int) -> HttpResponse:
    """Put right how a file is read: letters, dates, days, and which column is which."""
    imported = _found(request, import_id)
    tables = shown.tables_of(imported)
    form = ColumnsForm(
        request.POST or None,
        initial=shown.days_of(imported),
        found=imported.headers,
        columns={kind.name: kind.columns for kind in tables},
        alone=imported.kind != EVERYTHING,
    )

    def read_again() -> None:
        choices = steps.days_chosen(**form.days()) | form.chosen()
        steps.read_again(by=request.viewer, imported=imported, choices=choices)

    if form.is_bound and acting.carried_out(form, read_again):
        return redirect("people:import", imported.pk)
    context = {
        "imported": imported,
        "tables": [(kind.label.capitalize(), form.of_kind(kind.name)) for kind in tables],
    }
    return acting.answer(request, "people/import_columns.html", form, context)


@require_POST
def import_mends(request: ViewerRequest, import_id: int) -> HttpResponse:
    """Write cells anew and read the file again."""
    imported = _found(request, import_id)
    cells = shown.cells_mended(imported, request.POST.dict())
    if not cells:
        messages.info(request, _("No cell was written anew."))
        return redirect("people:import", imported.pk)
    return _step(
        request, imported, lambda: steps.mend(by=request.viewer, imported=imported, cells=cells)
    )


@require_POST
def import_completion(request: ViewerRequest, import_id: int) -> HttpResponse:
    """Import what the dry run shows."""
    imported = _found(request, import_id)
    return _step(request, imported, lambda: steps.ask_import(by=request.viewer, imported=imported))


@require_POST
def import_undoing(request: ViewerRequest, import_id: int) -> HttpResponse:
    """Take an import back."""
    imported = _found(request, import_id)
    return _step(request, imported, lambda: steps.ask_undo(by=request.viewer, imported=imported))


def _step(request: ViewerRequest, imported: Import, step: Callable[[], None]) -> HttpResponse:
    """Take a step and go back to the page; what is refused is said there."""
    try:
        step()
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("people:import", imported.pk)


@require_GET
def import_template(request: ViewerRequest, kind: str, file_format: str) -> HttpResponse:
    """A file to fill in."""
    _check_kind(request, kind, file_format)
    return _file(template_file(kind, file_format), f"{kind}-template.{file_format}", file_format)


@require_POST
def export_file(request: ViewerRequest, kind: str, file_format: str) -> HttpResponse:
    """The organisation as a file, as far as the viewer looks after it. Leaves a record."""
    _check_kind(request, kind, file_format)
    day = request.viewer.today
    data = export(by=request.viewer, kind=kind, file_format=file_format, day=day)
    return _file(data, f"{kind}-{day}.{file_format}", file_format)


def _check_kind(request: ViewerRequest, kind: str, file_format: str) -> None:
    require(may_exchange(request.viewer))
    known = kind in dict(shown.kinds_open_to(request.viewer)) and file_format in TYPES
    if not known or (kind == EVERYTHING and file_format == CSV):
        raise Http404


def _file(data: bytes, name: str, file_format: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=TYPES[file_format])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
