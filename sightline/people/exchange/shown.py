"""An import as its page shows it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sightline.foundation.exchange.errors import CellError
from sightline.foundation.exchange.models import Import, unpacked
from sightline.people.exchange.columns import EVERYTHING, JOBS, ORDER, PEOPLE, Kind, kind, label
from sightline.people.exchange.further import FURTHER
from sightline.people.exchange.plan import CHANGED, ENDED, NEW, SAME, Entry
from sightline.people.policies.imports import imports_visible_to, may_exchange_jobs
from sightline.people.viewer import Viewer

PAGE = 100
MOST_ERRORS = 200


@dataclass(frozen=True, slots=True)
class ErrorSeen:
    """A cell that is wrong: `field` names its input, "" when no cell of the file is meant."""

    error: CellError
    column: str
    field: str


@dataclass(frozen=True, slots=True)
class EntrySeen:
    """A change, its columns in words."""

    entry: Entry
    kind: str
    fields: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Changes:
    """One page of what would change, or did."""

    entries: list[EntrySeen]
    tabs: list[dict[str, Any]]
    act: str
    page: int
    first: int
    last: int
    total: int

    @property
    def previous_url(self) -> str:
        """Where the page before is; "" when this is the first."""
        return f"?act={self.act}&page={self.page - 1}" if self.page > 1 else ""

    @property
    def next_url(self) -> str:
        """Where the page after is; "" when this is the last."""
        return f"?act={self.act}&page={self.page + 1}" if self.last < self.total else ""


def imports_seen_by(viewer: Viewer) -> Any:
    """The imports that the viewer knows of, the newest first."""
    rows = Import.objects.filter(imports_visible_to(viewer)).select_related("by")
    return rows.defer("file", "plan", "before", "errors")


def import_seen_by(viewer: Viewer, import_id: int) -> Import | None:
    """One import; None when there is none for the viewer."""
    rows = Import.objects.filter(imports_visible_to(viewer)).select_related("by")
    return rows.defer("file").filter(pk=import_id).first()


def kinds_open_to(viewer: Viewer) -> list[tuple[str, str]]:
    """The kinds of files that the viewer may bring and take, with what they are called."""
    names = [EVERYTHING, *ORDER] if may_exchange_jobs(viewer) else [k for k in ORDER if k != JOBS]
    names += [one.name for one in FURTHER.values() if one.may(viewer)]
    words = {EVERYTHING: _("Everything, a sheet each")}
    return [(name, words.get(name) or label(name).capitalize()) for name in names]


def figures(imported: Import) -> list[dict[str, Any]]:
    """New, changed, ended, same, wrong."""
    counts = imported.counts
    wrong = counts.get("wrong", 0) or (1 if imported.errors else 0)
    return [
        {"label": _("New"), "value": counts.get(NEW, 0), "note": _of_kinds(counts)},
        {"label": _("Changed"), "value": counts.get(CHANGED, 0), "note": _of_columns(counts)},
        {
            "label": _("Ended"),
            "value": counts.get(ENDED, 0),
            "note": _("no longer in the file") if counts.get(ENDED) else "",
        },
        {"label": _("Same"), "value": counts.get("same", 0)},
        {
            "label": _("Wrong"),
            "value": wrong,
            "note": _("must be mended first") if wrong else "",
            "kind": "bad" if wrong else "",
        },
    ]


def _of_kinds(counts: dict[str, Any]) -> str:
    kinds = counts.get("kinds", {})
    if len(kinds) == 1:
        return label(next(iter(kinds)))
    return ", ".join(f"{label(name)} {number}" for name, number in kinds.items())


def _of_columns(counts: dict[str, Any]) -> str:
    columns = sorted(counts.get("columns", {}).items(), key=lambda item: -item[1])
    return ", ".join(f"{column_label(name)} {number}" for name, number in columns[:4])


def column_label(name: str) -> str:
    """What the column "people.manager" is called."""
    table, _point, key = name.partition(".")
    if key == "place":
        return _("Order")
    return next((c.label for c in kind(table).columns if c.key == key), key)


def errors_seen(imported: Import) -> list[ErrorSeen]:
    """The first cells that are wrong, each with the name of its input."""
    seen = []
    for error in imported.cell_errors[:MOST_ERRORS]:
        table, _point, key = error.column.partition(".")
        field = f"mend:{table}:{error.row}:{key}" if error.row else ""
        seen.append(ErrorSeen(error, column_label(error.column), field))
    return seen


def cells_mended(imported: Import, posted: dict[str, str]) -> dict[tuple[str, int, str], str]:
    """The cells whose inputs came back with another text than stands in the file."""
    cells = {}
    for seen in errors_seen(imported):
        text = posted.get(seen.field) if seen.field else None
        if text is not None and text.strip() != seen.error.value:
            table, _point, key = seen.error.column.partition(".")
            cells[table, seen.error.row, key] = text.strip()
    return cells


def changes(imported: Import, *, act: str, page: int) -> Changes:
    """One page of the changes, of one act or of all."""
    kept = [Entry(*row) for row in unpacked(imported.plan) or []]
    chosen = [entry for entry in kept if act in {"", entry.act}]
    page = min(max(page, 1), max(1, -(-len(chosen) // PAGE)))
    first = (page - 1) * PAGE
    shown = chosen[first : first + PAGE]
    return Changes(
        entries=[_seen(entry) for entry in shown],
        tabs=_tabs(kept, act),
        act=act,
        page=page,
        first=first + 1,
        last=first + len(shown),
        total=len(chosen),
    )


def _tabs(entries: list[Entry], chosen: str) -> list[dict[str, Any]]:
    """All changes, or those of one act, each with how many there are."""
    numbers = Counter(entry.act for entry in entries)
    words = [("", _("All")), (NEW, _("New")), (CHANGED, _("Changed")), (ENDED, _("Ended"))]
    if numbers[SAME]:
        words.append((SAME, _("There already")))
    return [
        {
            "label": word,
            "url": f"?act={act}",
            "count": numbers[act] if act else len(entries),
            "current": act == chosen,
        }
        for act, word in words
    ]


def _seen(entry: Entry) -> EntrySeen:
    fields = [
        (column_label(f"{entry.kind}.{key}"), before, after) for key, before, after in entry.fields
    ]
    return EntrySeen(entry, label(entry.kind), fields)


def would_change(imported: Import) -> bool:
    """Whether an import would make, change or end anything."""
    return any(imported.counts.get(act) for act in (NEW, CHANGED, ENDED))


def rows_in_words(imported: Import) -> str:
    """ "Import 705 rows": what the button does."""
    rows = imported.counts.get("rows", 0) - imported.counts.get("wrong", 0)
    return ngettext("Import %(count)d row", "Import %(count)d rows", rows) % {"count": rows}


def tables_of(imported: Import) -> list[Kind]:
    """The kinds of tables that the last reading found."""
    return [kind(name) for name in imported.headers]


def may_end_people(imported: Import) -> bool:
    """Whether a file of this kind can say that somebody has left."""
    return imported.kind in {PEOPLE, EVERYTHING}


def days_of(imported: Import) -> dict[str, Any]:
    """The days that were chosen, as a form shows them."""
    chosen = imported.choices
    left_on = chosen.get("left_on")
    return {
        "day": date.fromisoformat(chosen["day"]),
        "missing_left": chosen.get("missing_left", False),
        "left_on": date.fromisoformat(left_on) if left_on else None,
        "encoding": chosen.get("encoding", ""),
        "order": chosen.get("order", ""),
    }
