"""People: who they are, in which post, under whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from sightline.foundation.core.spans import FOREVER
from sightline.people.actions.assignments import told
from sightline.people.actions.dated import copy_of
from sightline.people.events import AssignmentChanged, EmployeeCorrected, EmployeeHired
from sightline.people.exchange.plan import (
    CHANGED,
    NEW,
    Fields,
    Names,
    Plan,
    changed_texts,
    refuse_doubled,
    refuse_too_long,
    shown,
    whole_percent,
)
from sightline.people.exchange.plan_people_checks import check_people
from sightline.people.exchange.plan_people_left import plan_missing
from sightline.people.exchange.rows import Line
from sightline.people.models import Assignment, Employee, Employment, Position

_TEXTS = {
    "name": "name",
    "known_as": "known_as",
    "family_name": "family_name",
    "email": "email",
    "location": "location",
    "time_zone": "time_zone",
}
_REPORT_EVERY = 500


@dataclass(slots=True)
class Draft:
    """What a row would do to a person."""

    line: Line
    person: Employee
    is_new: bool
    fields: Fields = field(default_factory=list)
    assignment: Assignment | None = None
    """The assignment that the row makes or changes; None when it leaves it as it is."""


def plan_people(plan: Plan, lines: list[Line]) -> None:
    """What the rows of people would do."""
    positions = Names(plan.snapshot.positions, lambda rows: rows[0].title)
    seen = {n: one for n, one in plan.snapshot.people.items() if plan.snapshot.sees(one)}
    people = Names(seen, str)
    unpadded = {n.lstrip("0"): n for n in seen if n.startswith("0")}
    drafts = []
    for line in refuse_doubled(plan, lines, "number"):
        if draft := _person(plan, line, unpadded):
            drafts.append(draft)
    for count, draft in enumerate(drafts):
        _post(plan, draft, positions, people)
        if count % _REPORT_EVERY == 0:
            plan.report(count, len(drafts), _("Comparing people"))
    plan_missing(plan, {line.text("number") for line in lines})
    check_people(plan, drafts)
    for draft in drafts:
        act = NEW if draft.is_new else CHANGED
        plan.note(draft.line, act, draft.person.number, draft.person.name, draft.fields)


# ── Who it is ────────────────────────────────────────────────────────────────────────────────


def _person(plan: Plan, line: Line, unpadded: dict[str, str]) -> Draft | None:
    """The person of a row with the new details; None when the row cannot be gone on with."""
    refuse_too_long(plan, line, Employee, {"number": "number", **_TEXTS})
    _check_details(plan, line)
    number = line.text("number")
    person = plan.snapshot.people.get(number)
    if person is None and number in unpadded:
        known = plan.snapshot.people[unpadded[number]]
        words = _("No one has number %(number)s. %(person)s has. Were zeros lost at its start?")
        plan.wrong(line, "number", words % {"number": number, "person": shown(known)})
        return None
    if person is None:
        return _added(plan, line)
    if not plan.snapshot.sees(person):
        words = _("%(number)s is the number of %(name)s.")
        facts = {"number": number, "name": plan.snapshot.name_of(person)}
        plan.wrong(line, "number", words % facts)
        return None
    draft = Draft(line, person, is_new=False)
    after = changed_texts(line, person, _TEXTS)
    if after and not plan.snapshot.keeps(person):
        plan.wrong(line, next(iter(after)), _("Not in your units."))
    elif after:
        before = {key: str(getattr(person, key)) for key in after}
        draft.fields = [(key, before[key], after[key]) for key in after]
        plan.writes.change(person, **after)
        plan.writes.events.append(lambda: EmployeeCorrected(person.pk, before, after))
    return draft


def _added(plan: Plan, line: Line) -> Draft:
    person = Employee(number=line.text("number"), **{key: line.text(key) for key in _TEXTS})
    plan.writes.create(person)
    plan.snapshot.people[person.number] = person
    fields = [(key, "", line.text(key)) for key in _TEXTS if key != "name" and line.text(key)]
    return Draft(line, person, is_new=True, fields=fields)


@cache
def _time_zones() -> set[str]:
    return available_timezones()


def _check_details(plan: Plan, line: Line) -> None:
    if email := line.text("email"):
        try:
            validate_email(email)
        except ValidationError:
            plan.wrong(line, "email", _("This is no e-mail address."))
    zone = line.text("time_zone")
    if zone and zone not in _time_zones():
        plan.wrong(line, "time_zone", _("There is no such time zone. Write one as Europe/Lisbon."))


# ── In which post, under whom ────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Post:
    """What a row says of a post; None and False for what it does not say."""

    position: Position | None
    manager: Employee | None
    says_manager: bool
    share_percent: int | None


def _post(plan: Plan, draft: Draft, positions: Names, people: Names) -> None:
    """Plan the employment and the assignment of a row."""
    employment = plan.snapshot.employment(draft.person)
    current = plan.snapshot.assignment(draft.person)
    starts_on = draft.line.day("starts_on")
    if employment is None:
        begins = _first_day(plan, draft)
        if begins is None:
            return
        held_from = max(begins, plan.day)
    else:
        if starts_on and starts_on != employment.from_on:
            words = _("%(name)s works here from %(day)s; an import does not change that.")
            told = {"name": draft.person.name, "day": employment.from_on}
            plan.wrong(draft.line, "starts_on", words % told)
        begins = None
        held_from = max(plan.day, current.from_on if current else employment.from_on)
    known = current.manager if current else None
    post = _wanted(plan, draft, held_from, known, positions, people)
    if current is None and post.position is None:
        works_anew = employment is None and (draft.is_new or starts_on is not None)
        if works_anew and not plan.is_wrong(draft.line):
            plan.wrong(draft.line, "position", _("Empty."))
        return
    worked_before = draft.person.number in plan.snapshot.employments
    if begins:
        _employed(plan, draft, begins)
    if current is None:
        until_on = employment.until_on if employment else FOREVER
        _placed(plan, draft, post, held_from, until_on, again=worked_before)
    else:
        _moved(plan, draft, post, current)
    if draft.assignment:
        _go_along_with_the_post(plan, draft.line, draft.assignment)


def _first_day(plan: Plan, draft: Draft) -> date | None:
    """The first day of somebody who does not work here; None when that is refused."""
    starts_on = draft.line.day("starts_on")
    before = plan.snapshot.employments.get(draft.person.number, [])
    if before and before[-1].until_on > plan.viewer.today and not plan.snapshot.keeps(draft.person):
        plan.wrong(draft.line, "number", _("Not in your units."))
        return None
    if before and (starts_on is None or starts_on < before[-1].until_on):
        words = _(
            "%(name)s left on %(day)s. Take the row out, or give the first day of coming back."
        )
        told = {"name": draft.person.name, "day": before[-1].until_on}
        plan.wrong(draft.line, "starts_on", words % told)
        return None
    return starts_on or plan.day


def _wanted(
    plan: Plan,
    draft: Draft,
    day: date,
    known: Employee | None,
    positions: Names,
    people: Names,
) -> _Post:
    """What a row says of a post; `known` is the manager so far, whom the file may name."""
    line = draft.line
    manager = None
    number = line.text("manager")
    if number:
        manager = plan.snapshot.people.get(number)
        if manager is None or not (manager is known or plan.snapshot.sees(manager)):
            manager = None
            words = _("No one has number %(number)s.") % {"number": number}
            plan.wrong(line, "manager", words + people.hint(number))
        elif manager is draft.person:
            plan.wrong(line, "manager", _("Nobody reports to themselves."))
            manager = None
    says_manager = line.has("manager") and (manager is not None or not number)
    return _Post(
        _position(plan, line, day, positions),
        manager,
        says_manager,
        whole_percent(plan, line, "share") or (100 if line.has("share") else None),
    )


def _position(plan: Plan, line: Line, day: date, names: Names) -> Position | None:
    code = line.text("position")
    if not code:
        return None
    rows = plan.snapshot.positions.get(code, [])
    if not rows:
        words = _("There is no position %(code)s.") % {"code": code}
        plan.wrong(line, "position", words + names.hint(code))
        return None
    position = next((row for row in rows if day in row.span), None)
    if position is None:
        words = _("The position %(code)s stands from %(day)s only.")
        plan.wrong(line, "position", words % {"code": code, "day": rows[0].from_on})
        return None
    if not plan.snapshot.in_scope(position.unit):
        plan.wrong(line, "position", _("Not in your units."))
        return None
    return position


def _employed(plan: Plan, draft: Draft, begins: date) -> None:
    employment = Employment(employee=draft.person, from_on=begins)
    plan.writes.create(employment)
    plan.snapshot.employments.setdefault(draft.person.number, []).append(employment)
    draft.fields.append(("starts_on", "", str(begins)))


def _placed(
    plan: Plan, draft: Draft, post: _Post, from_on: date, until_on: date, *, again: bool
) -> None:
    """Put somebody who holds no post into one."""
    if post.position is None:
        return
    person, position = draft.person, post.position
    cause = Assignment.Cause.REHIRED if again else Assignment.Cause.HIRED
    assignment = Assignment(
        employee=person,
        position=position,
        manager=post.manager,
        share_percent=post.share_percent or 100,
        cause=cause,
        from_on=from_on,
        until_on=until_on,
    )
    plan.writes.create(assignment)
    plan.snapshot.assignments.setdefault(person.number, []).append(assignment)
    draft.assignment = assignment
    draft.fields.append(("position", "", shown(position)))
    if post.manager:
        draft.fields.append(("manager", "", shown(post.manager)))
    if assignment.share_percent != 100:
        draft.fields.append(("share", "", str(assignment.share_percent)))
    facts = (person.name, position.title, position.unit.name, str(from_on), again)
    plan.writes.events.append(lambda: EmployeeHired(person.pk, *facts))


def _go_along_with_the_post(plan: Plan, line: Line, held: Assignment) -> None:
    """Cut an assignment where its post moves on, the rest in the post's next row."""
    while held.until_on > held.position.until_on:
        moves_on = held.position.until_on
        rows = plan.snapshot.positions[held.position.code]
        after = next((row for row in rows if row.from_on == moves_on), None)
        if after is None:
            words = _("The position %(title)s closes on %(day)s.")
            plan.wrong(line, "position", words % {"title": held.position.title, "day": moves_on})
            return
        rest = copy_of(held, position=after, from_on=moves_on)
        plan.writes.change(held, until_on=moves_on)
        plan.writes.create(rest)
        of_person = plan.snapshot.assignments[held.employee.number]
        of_person.insert(of_person.index(held) + 1, rest)
        held = rest


def _moved(plan: Plan, draft: Draft, post: _Post, current: Assignment) -> None:
    """What a row changes of the post that somebody holds."""
    values: dict[str, object] = {}
    if draft.line.has("position") and not draft.line.text("position"):
        plan.wrong(draft.line, "position", _("Empty."))
    if post.position and post.position is not current.position:
        values["position"] = post.position
        draft.fields.append(("position", shown(current.position), shown(post.position)))
    if post.says_manager and post.manager is not current.manager:
        values["manager"] = post.manager
        draft.fields.append(("manager", shown(current.manager), shown(post.manager)))
    if post.share_percent and post.share_percent != current.share_percent:
        values["share_percent"] = post.share_percent
        draft.fields.append(("share", str(current.share_percent), str(post.share_percent)))
    if values and not plan.snapshot.keeps(draft.person):
        plan.wrong(draft.line, "number", _("Not in your units."))
    elif values:
        draft.assignment = _change(plan, draft.person, current, values)


def _change(
    plan: Plan, person: Employee, current: Assignment, values: dict[str, object]
) -> Assignment:
    """End what holds on the day and start its changed copy, which lasts as long as it had to."""
    cause = Assignment.Cause.SHARE
    if "position" in values:
        cause = Assignment.Cause.MOVED
    elif "manager" in values:
        cause = Assignment.Cause.MANAGER
    before = told(current)
    if current.from_on >= plan.day:
        plan.writes.change(current, cause=cause, reason="", **values)
        changed = current
    else:
        changed = copy_of(current, from_on=plan.day, cause=cause, reason="", **values)
        plan.writes.change(current, until_on=plan.day)
        plan.writes.create(changed)
        rows = plan.snapshot.assignments[person.number]
        rows.insert(rows.index(current) + 1, changed)
    after, on = told(changed), str(changed.from_on)
    plan.writes.events.append(lambda: AssignmentChanged(person.pk, cause, on, before, after))
    return changed
