"""The line of sight as a file: what its page shows, sheet by sheet."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sightline.foundation.exchange.tables import Table, write_xlsx
from sightline.goals.queries.sight import ObjectiveSeen, Sight, UnitSeen
from sightline.goals.templatetags.goals import reading_word


def sight_file(sight: Sight) -> bytes:
    """An XLSX file of objectives and units, shares in percent. Nobody is named in it."""
    return write_xlsx(_objectives(sight), _units(sight))


def _objectives(sight: Sight) -> Table:
    headers = [
        _("Code"), _("Objective"), _("Perspective"), _("Intended, %"), _("Actual, %"),
        _("Difference, %"), _("People"), _("Reading"),
    ]  # fmt: skip
    return Table(_("Objectives"), headers, [_objective(one) for one in sight.objectives])


def _objective(one: ObjectiveSeen) -> list[str | int | float]:
    told = one.compared
    return [
        one.objective.code,
        one.objective.title,
        one.objective.perspective.name,
        _percent(told.intended),
        _percent(told.actual),
        _percent(told.gap),
        one.people,
        str(reading_word(told.reading)),
    ]


def _units(sight: Sight) -> Table:
    codes = [_("%s, %%") % one.objective.code for one in sight.objectives]
    headers = [_("Unit"), _("People"), _("Unity, %"), *codes, _("No objective, %")]
    return Table(_("Units"), headers, [_unit(one, sight) for one in sight.shown])


def _unit(unit: UnitSeen, sight: Sight) -> list[str | int | float]:
    shares = [_percent(unit.share_of(one.objective.pk)) for one in sight.objectives]
    unity = unit.unity
    return [
        unit.unit.name,
        unit.effort.people,
        _percent(unity.unity),
        *shares,
        _percent(unity.local),
    ]


def _percent(share: float) -> float:
    return round(100 * share, 2)
