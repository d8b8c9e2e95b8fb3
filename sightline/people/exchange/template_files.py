"""Files to fill in: the columns with an example row, and a sheet that explains them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sightline.foundation.exchange.tables import Table, write_csv, write_xlsx
from sightline.people.exchange.columns import Kind, kinds
from sightline.people.exchange.export import CSV


def template_file(kind: str, file_format: str) -> bytes:
    """The template of a kind of file. CSV holds one table and no explanations."""
    tables = kinds(kind)
    if file_format == CSV and len(tables) == 1:
        return write_csv(_headers(tables[0]), [_example(tables[0])])
    sheets = [Table(one.label.capitalize(), _headers(one), [_example(one)]) for one in tables]
    return write_xlsx(*sheets, _explanations(tables))


def _headers(kind: Kind) -> list[str]:
    return [column.label for column in kind.columns]


def _example(kind: Kind) -> list[str]:
    return [column.example for column in kind.columns]


def _explanations(tables: list[Kind]) -> Table:
    headers = [_("Sheet"), _("Column"), _("Needed"), _("What it holds"), _("Also read under")]
    rows = [
        [
            kind.label.capitalize(),
            column.label,
            _("yes") if column.required else _("no"),
            column.help,
            ", ".join(column.synonyms),
        ]
        for kind in tables
        for column in kind.columns
    ]
    return Table(_("Explanations"), headers, rows, widths=(18, 30, 10, 48, 40))
