"""What must hold once all rows of people are taken together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import takewhile
from typing import Protocol

from django.utils.translation import gettext as _

from sightline.foundation.core.spans import FOREVER, Span
from sightline.people.exchange.plan import Fields, Plan
from sightline.people.exchange.rows import Line
from sightline.people.models import Assignment, Employee
from sightline.people.policies import may_take_own_post
from sightline.people.rules.lines import Circle, Edge, edges_upwards, lines_above
from sightline.people.rules.posts import fullest_day_percent


class Drafted(Protocol):
    """What a row would do to a person: see `plan_people.Draft`."""

    line: Line
    person: Employee
    fields: Fields
    assignment: Assignment | None


def check_people(plan: Plan, drafts: Sequence[Drafted]) -> None:
    """All rules that no row can break or keep by itself."""
    _refuse_own_row(plan, drafts)
    _refuse_doubled_emails(plan, drafts)
    moved = [draft for draft in drafts if draft.assignment]
    _refuse_leaving_managers(plan, drafts)
    _refuse_absent_managers(plan, moved)
    _refuse_full_posts(plan, moved)
    _refuse_circles(plan, moved)


def _refuse_own_row(plan: Plan, drafts: Sequence[Drafted]) -> None:
    own = [draft for draft in drafts if draft.person.pk == plan.viewer.employee.pk]
    founds = bool(own and may_take_own_post(plan.viewer))
    for draft in own:
        if draft.fields and not (founds and draft.assignment):
            words = _("Nobody changes their own file. Ask a colleague in HR.")
            plan.wrong(draft.line, draft.fields[0][0], words)


def _refuse_doubled_emails(plan: Plan, drafts: Sequence[Drafted]) -> None:
    owners: dict[str, list[Employee]] = defaultdict(list)
    for person in plan.snapshot.people.values():
        if person.email:
            owners[person.email.casefold()].append(person)
    for draft in drafts:
        email = draft.line.text("email").casefold()
        others = [person for person in owners.get(email, ()) if person is not draft.person]
        if email and others:
            words = _("%(email)s is the e-mail of %(name)s.")
            facts = {"email": draft.line.text("email"), "name": plan.snapshot.name_of(others[0])}
            plan.wrong(draft.line, "email", words % facts)


def _refuse_leaving_managers(plan: Plan, drafts: Sequence[Drafted]) -> None:
    """A file that leaves somebody out does not name him as a manager."""
    for draft in drafts:
        number = draft.line.text("manager")
        if number in plan.leaving:
            words = _("%(name)s is missing from the file and would leave on %(day)s.")
            facts = {"name": plan.snapshot.people[number].name, "day": plan.leaving[number]}
            plan.wrong(draft.line, "manager", words % facts)


def _refuse_absent_managers(plan: Plan, moved: Sequence[Drafted]) -> None:
    """A manager works here for as long as somebody is to report to him."""
    for draft in moved:
        row = draft.assignment
        if row is None or row.manager is None or row.manager.number in plan.leaving:
            continue
        employments = plan.snapshot.employments.get(row.manager.number, [])
        works = next((one for one in employments if row.from_on in one.span), None)
        until_on = max(one.until_on for one in _going_on(plan, row))
        if works is None:
            words = _("%(name)s does not work here on %(day)s.")
            facts = {"name": row.manager.name, "day": row.from_on}
            plan.wrong(draft.line, "manager", words % facts)
        elif works.until_on < until_on:
            words = _("%(name)s leaves on %(day)s. Name somebody who stays.")
            facts = {"name": row.manager.name, "day": works.until_on}
            plan.wrong(draft.line, "manager", words % facts)


def _going_on(plan: Plan, row: Assignment) -> list[Assignment]:
    """A row and those after it under the same manager."""
    rows = plan.snapshot.assignments[row.employee.number]
    return list(takewhile(lambda one: one.manager is row.manager, rows[rows.index(row) :]))


def _refuse_full_posts(plan: Plan, moved: Sequence[Drafted]) -> None:
    """A post holds one full time on any day."""
    touched = {id(draft.assignment.position) for draft in moved if draft.assignment}
    holders: dict[int, list[Assignment]] = defaultdict(list)
    for rows in plan.snapshot.assignments.values():
        for row in rows:
            if id(row.position) in touched:
                holders[id(row.position)].append(row)
    for draft in moved:
        mine = draft.assignment
        if mine is None:
            continue
        meeting = [row for row in holders[id(mine.position)] if row.span & mine.span]
        held = [(row.span, row.share_percent) for row in meeting]
        if fullest_day_percent(held, mine.span) > 100:
            plan.wrong(draft.line, "position", _full_sentence(mine, meeting))


def _full_sentence(mine: Assignment, meeting: list[Assignment]) -> str:
    names = sorted({row.employee.name for row in meeting})
    facts = {
        "count": len(names),
        "post": f"{mine.position.title}, {mine.position.unit.name}",
        "names": ", ".join(names),
    }
    if len(names) == 2:
        return _("Two people would hold “%(post)s” at once: %(names)s.") % facts
    return _("%(count)s people would hold “%(post)s” at once: %(names)s.") % facts


def _refuse_circles(plan: Plan, moved: Sequence[Drafted]) -> None:
    """Nobody may report to himself through others; each circle is told once."""
    people = list(plan.snapshot.people.values())
    numbers = {person.number: index for index, person in enumerate(people)}
    upwards = edges_upwards(
        Edge(numbers[row.employee.number], numbers[row.manager.number], row.span)
        for rows in plan.snapshot.assignments.values()
        for row in rows
        if row.manager
    )
    told: set[frozenset[int]] = set()
    for draft in moved:
        try:
            lines_above(numbers[draft.person.number], upwards, Span(plan.day, FOREVER))
        except Circle as circle:
            if frozenset(circle.path) not in told:
                told.add(frozenset(circle.path))
                path = " → ".join(plan.snapshot.name_of(people[index]) for index in circle.path)
                plan.wrong(draft.line, "manager", _("A circle: %(path)s.") % {"path": path})
