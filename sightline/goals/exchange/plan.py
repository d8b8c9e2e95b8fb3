"""What the rows of a table of goals would do: every row is new, there already, or wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from sightline.goals.actions.importing import Brought
from sightline.goals.actions.texts import faults_of
from sightline.goals.exchange.columns import COLUMN_OF, FIELD_OF, kinds_of_measure, visibilities
from sightline.goals.exchange.known import Known, Owner, folded, known_to
from sightline.goals.models import Goal, Period, Wording
from sightline.goals.rules.texts import GoalText
from sightline.people.exchange.plan import NEW, SAME, Plan, refuse_too_long
from sightline.people.exchange.rows import Line
from sightline.people.models import Employee, Unit
from sightline.strategy.models import Objective
from sightline.strategy.models.measures import DECIMALS, EXACT_DIGITS

LONG = {key: FIELD_OF[key] for key in ("title", "why", "measured_by", "unit_of_number")}
LARGEST = Decimal(10) ** (EXACT_DIGITS - DECIMALS)


def plan_goals(plan: Plan, lines: list[Line]) -> None:
    """Compare the rows with the goals there are."""
    known = known_to(plan.viewer, {folded(line.text("period")) for line in lines})
    first: dict[tuple[Owner, int, str], int] = {}
    unread: dict[int, set[str]] = defaultdict(set)
    for error in plan.errors:
        unread[error.row].add(error.column)
    for line in lines:
        period, owner = _period(plan, line, known), _owner(plan, line)
        title = folded(line.text("title"))
        if period is None or owner is None or not title:
            continue
        key = (_key(owner), period.pk, title)
        if key in first:
            plan.wrong(line, "title", _("Row %(row)s has this already.") % {"row": first[key]})
        elif key in known.there:
            plan.note(line, SAME, _code(line), line.text("title"), [])
        else:
            _plan_new(plan, line, known, period, owner, unread[line.row])
        first.setdefault(key, line.row)


def _period(plan: Plan, line: Line, known: Known) -> Period | None:
    name = line.text("period")
    period = known.periods.get(folded(name))
    if name and period is None:
        plan.wrong(line, "period", _("There is no period of this name."))
    return period


def _owner(plan: Plan, line: Line) -> Employee | Unit | None:
    number, code = line.text("number"), line.text("unit")
    if bool(number) == bool(code):
        sentence = _("Give the number of a person or the code of a unit.")
        both = _("Give the number of a person or the code of a unit, not both.")
        plan.wrong(line, "number", both if number else sentence)
        return None
    if number:
        person = plan.snapshot.people.get(number)
        if person is None:
            plan.wrong(line, "number", _("There is nobody with this number."))
        return person
    unit = plan.snapshot.units.get(code)
    if unit is None:
        plan.wrong(line, "unit", _("There is no unit with this code."))
    return unit


def _key(owner: Employee | Unit) -> Owner:
    return ("person" if isinstance(owner, Employee) else "unit", owner.pk)


def _code(line: Line) -> str:
    return line.text("number") or line.text("unit")


def _plan_new(
    plan: Plan,
    line: Line,
    known: Known,
    period: Period,
    owner: Employee | Unit,
    unread: set[str],
) -> None:
    """A goal that is not there yet. Every fault of its row is told, one a cell."""
    begun = len(plan.errors)
    if not period.is_open:
        plan.wrong(line, "period", _("The period %s is closed.") % period.name)
    _refuse_absent(plan, line, known, owner)
    refuse_too_long(plan, line, Goal, LONG)
    text = _text(plan, line, period)
    visibility = _worded(plan, line, "visibility", visibilities(), Goal.Visibility.EVERYONE)
    serves, share = _serves(plan, line, known, period, text), _share(plan, line)
    told = {error.column for error in plan.errors[begun:]} | unread
    for name, sentence in faults_of(text, period):
        key = COLUMN_OF.get(name, "title")
        if f"{line.kind}.{key}" not in told:
            plan.wrong(line, key, sentence)
    if plan.is_wrong(line):
        return
    plan.further.append(Brought(owner, period, text, str(visibility), serves, share))
    plan.note(line, NEW, _code(line), text.title, _told(line, owner))


def _refuse_absent(plan: Plan, line: Line, known: Known, owner: Employee | Unit) -> None:
    """Whoever is to answer works here, and a unit has somebody who speaks for it."""
    if isinstance(owner, Unit):
        if plan.day not in owner.span:
            plan.wrong(line, "unit", _("%s does not stand on that day.") % owner.name)
        elif owner.pk not in known.led:
            plan.wrong(line, "unit", _("Nobody leads %s, so nobody could answer.") % owner.name)
        return
    employment = plan.snapshot.employment(owner)
    if employment is None or plan.day not in employment.span:
        plan.wrong(line, "number", _("%s does not work here on that day.") % owner.name)


def _text(plan: Plan, line: Line, period: Period) -> GoalText:
    start, target = _value(plan, line, "start"), _value(plan, line, "target")
    default = Wording.Kind.YES_NO if start is None and target is None else Wording.Kind.NUMBER
    kind = _worded(plan, line, "kind", kinds_of_measure(), default)
    is_number = kind == Wording.Kind.NUMBER
    return GoalText(
        title=line.text("title").strip(),
        from_on=_day(line, "from", period.from_on),
        due_on=_day(line, "due", period.span.last),
        why=line.text("why"),
        measured_by=line.text("measured_by"),
        kind=kind,
        value_unit=line.text("unit_of_number") if is_number else "",
        start_value=start if is_number else None,
        target_value=target if is_number else None,
        weight_percent=_weight(plan, line),
    )


def _day(line: Line, key: str, otherwise: date) -> date:
    return line.day(key) or otherwise


def _value(plan: Plan, line: Line, key: str) -> Decimal | None:
    number = line.number(key)
    if number is None:
        return None
    if abs(number) >= LARGEST or number != round(number, DECIMALS):
        words = _("Write a number with at most %(whole)d digits and %(parts)d decimals.")
        plan.wrong(line, key, words % {"whole": EXACT_DIGITS - DECIMALS, "parts": DECIMALS})
    return number


def _weight(plan: Plan, line: Line) -> int:
    number = line.number("weight")
    if number is None:
        return 20
    if number != number.to_integral_value() or not 0 <= number <= 100:
        plan.wrong(line, "weight", _("Write a whole number from 0 to 100."))
    return int(number)


def _share(plan: Plan, line: Line) -> Decimal:
    number = line.number("share")
    if number is None:
        return Decimal(100)
    if not 0 < number <= 100 or number != round(number, 2):
        plan.wrong(line, "share", _("A share lies above 0 and up to 100%."))
    return number


def _worded(plan: Plan, line: Line, key: str, words: Mapping[str, Any], otherwise: str) -> str:
    """A value by its word, or by the product's own name for it."""
    said = folded(line.text(key))
    if not said:
        return otherwise
    known = {folded(word): str(value) for word, value in words.items()}
    known |= {str(value): str(value) for value in words.values()}
    if said not in known:
        plan.wrong(line, key, _("Write one of these: %s.") % ", ".join(words))
    return known.get(said, otherwise)


def _serves(
    plan: Plan, line: Line, known: Known, period: Period, text: GoalText
) -> Goal | Objective | None:
    title = folded(line.text("serves"))
    if not title:
        return None
    objectives = known.objectives.get(title, [])
    goals = known.to_serve.get((period.pk, title), [])
    found: list[Goal | Objective] = [
        *objectives,
        *(goal for goal in goals if goal.due_on > text.from_on),
    ]
    if len(found) == 1:
        return found[0]
    if found:
        plan.wrong(line, "serves", _("Several are called so. Say what it serves on its page."))
    else:
        words = _("No objective in force and no goal of %s is called so.")
        plan.wrong(line, "serves", words % period.name)
    return None


def _told(line: Line, owner: Employee | Unit) -> list[tuple[str, str, str]]:
    """What stands in the row, and whose the number is."""
    whose = "number" if isinstance(owner, Employee) else "unit"
    cells = line.cells | {whose: owner.name}
    return [(key, "", cell) for key, cell in cells.items() if cell and key != "title"]
