"""The columns of a table of goals."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sightline.foundation.exchange.columns import Column
from sightline.goals.models import Goal
from sightline.people.exchange.columns import Kind

GOALS = "goals"

FIELD_OF = {
    "title": "title",
    "why": "why",
    "measured_by": "measured_by",
    "unit_of_number": "value_unit",
    "start": "start_value",
    "target": "target_value",
    "weight": "weight_percent",
    "from": "from_on",
    "due": "due_on",
}
"""The field of a goal's text that a column holds."""

COLUMN_OF = {name: key for key, name in FIELD_OF.items()}


def kinds_of_measure() -> dict[str, str]:
    """The kinds of measures by the word that stands in files."""
    return {_("number"): "number", _("done or not"): "yes_no", _("goals below"): "children"}


def visibilities() -> dict[str, str]:
    """Who may see a goal, by the word that stands in files. What is private is not imported."""
    shown = Goal.Visibility
    return {_("everyone"): shown.EVERYONE, _("unit"): shown.UNIT, _("line"): shown.LINE}


def kind() -> Kind:
    """A goal a row, of a person or of a unit."""
    columns = (*_whose(), *_said(), *_numbers(), *_around())
    return Kind(GOALS, _("goals"), columns, ("title", "number", "unit"))


def _whose() -> tuple[Column, ...]:
    return (
        Column(
            "number",
            _("Employee number"),
            ("number", "personnel number", "employee id", "staff number", "employee", "owner"),
            help=_("Whose goal it is; empty for a goal of a unit."),
            example="10443",
        ),
        Column(
            "unit",
            _("Unit"),
            ("unit code", "department code", "team code"),
            help=_("The unit’s code, for a goal of a unit; empty for a person’s."),
        ),
        Column(
            "period",
            _("Period"),
            ("quarter", "cycle", "time frame"),
            required=True,
            help=_("The name of a period that is open."),
            example="H2 2026",
        ),
    )


def _said() -> tuple[Column, ...]:
    words = ", ".join(kinds_of_measure())
    return (
        Column(
            "title",
            _("Goal"),
            ("title", "objective name", "what is to be achieved", "name"),
            required=True,
            help=_("With owner and period it names a goal: what is there already stays as it is."),
            example=_("Cut checkout errors"),
        ),
        Column("why", _("Why it matters"), ("description", "why", "reason")),
        Column("kind", _("Kind of measure"), ("measure kind", "type"), help=words),
        Column("measured_by", _("Measured by"), ("measure", "metric", "kpi")),
    )


def _numbers() -> tuple[Column, ...]:
    return (
        Column("start", _("Stands at"), ("start", "baseline", "from value"), kind="number"),
        Column("target", _("Target"), ("target value", "to value"), kind="number"),
        Column("unit_of_number", _("Unit of the number"), ("measure unit", "uom"), example="%"),
        Column(
            "weight",
            _("Weight %"),
            ("weight",),
            kind="number",
            help=_("A whole number from 0 to 100; 20 when empty."),
            example="20",
        ),
    )


def _around() -> tuple[Column, ...]:
    return (
        Column("from", _("Starts on"), ("start date", "from"), kind="day", help=_when()),
        Column("due", _("Due on"), ("due date", "due", "end date"), kind="day", help=_when()),
        Column(
            "visibility",
            _("Who may see it"),
            ("visibility",),
            help=_("%s; everyone when empty.") % ", ".join(visibilities()),
        ),
        Column(
            "serves",
            _("Serves"),
            ("parent", "parent goal", "aligned to", "contributes to"),
            help=_("The title of an objective in force, or of a goal of the same period."),
        ),
        Column(
            "share",
            _("Share %"),
            ("share", "contribution"),
            kind="number",
            help=_("With which share of itself it serves that; 100 when empty."),
        ),
    )


def _when() -> str:
    return _("The period’s when empty.")
