"""The X-matrix as a file, sheet by sheet."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sightline.foundation.exchange.tables import Table, write_xlsx
from sightline.strategy import wording
from sightline.strategy.queries.matrix import Matrix, RowOfMatrix
from sightline.strategy.templatetags.strategy import status_word

Cells = list[str | int | float]


def matrix_file(matrix: Matrix) -> bytes:
    """An XLSX file: objectives by unit, measures with their owners, units, and the checks."""
    return write_xlsx(_objectives(matrix), _measures(matrix), _units(matrix), _checks(matrix))


def _objectives(matrix: Matrix) -> Table:
    units = [_("%s, %%") % one.unit.name for one in matrix.charters]
    headers = [_("Code"), _("Objective"), _("Perspective"), _("Owner"), *units]
    return Table(_("Objectives"), headers, [_objective(matrix, row) for row in matrix.rows])


def _objective(matrix: Matrix, row: RowOfMatrix) -> Cells:
    shares = {one.commitment.unit_id: one.commitment.agreed_percent for one in row.commitments}
    cells = [shares.get(one.unit.pk) for one in matrix.charters]
    return [
        row.objective.code,
        row.objective.title,
        row.objective.perspective.name,
        row.owner.name if row.owner else "",
        *("" if share is None else float(share) for share in cells),
    ]


def _measures(matrix: Matrix) -> Table:
    headers = [_("Objective"), _("Measure"), _("Owner"), _("Status")]
    rows: list[Cells] = [
        [
            row.objective.code,
            one.measure.name,
            row.owner.name if row.owner else "",
            str(status_word(one.standing.status)),
        ]
        for row, one in matrix.measures
    ]
    return Table(_("Measures"), headers, rows)


def _units(matrix: Matrix) -> Table:
    headers = [_("Unit"), _("Taken on, %"), _("Standing part, %")]
    rows: list[Cells] = [
        [one.unit.name, float(one.claimed_percent), float(one.left_percent)]
        for one in matrix.charters
    ]
    return Table(_("Units"), headers, rows)


def _checks(matrix: Matrix) -> Table:
    headers = [_("Check"), _("Fails for")]
    rows: list[Cells] = [
        [wording.check_sentence(one.finding), ", ".join(map(wording.failing_name, one.failing))]
        for one in matrix.checks
    ]
    return Table(_("Checks"), headers, rows)
