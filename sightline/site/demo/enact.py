"""Brings a book and histories to life through the ordinary actions, one act at a time.

Acts are carried out in the order of their days, as they would have been. Ruth founds the
organisation and hires whoever looks after HR; from then on that person acts, and Ruth only where
the administrator of HR may not: on herself, and where a role is the system administrator's to give.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from sightline.foundation.core.known import known
from sightline.foundation.core.spans import FOREVER
from sightline.people.actions import (
    assignments,
    employments,
    founding,
    leaves,
    outsiders,
    pay,
    posts,
    roles,
    units,
)
from sightline.people.actions.histories import (
    AlsoUnder,
    Away,
    History,
    Holds,
    InPost,
    Paid,
    Stay,
)
from sightline.people.models import Competency, Employee, Job, Position, Role, RoleGrant, Unit
from sightline.people.viewer import Viewer, viewer_as
from sightline.site.demo.book import CURRENCY, Book, BookedPost

Act = tuple[date, int, Callable[[], object]]
"""On which day, in which order within the day, and what."""

LEAVING, STARTING, CHANGING, THE_REST = range(4)


@dataclass(slots=True)
class Company:
    """What stands so far, by the names that book and histories use."""

    founded_on: date
    founder: Viewer
    administrator: Viewer | None = None
    units: dict[str, Unit] = field(default_factory=dict)
    competencies: dict[str, Competency] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)
    positions: dict[str, Position] = field(default_factory=dict)
    people: dict[str, Employee] = field(default_factory=dict)

    def hand(self, number: str = "") -> Viewer:
        """Who acts on a person: the administrator of HR, but never on herself."""
        if self.administrator is None or self.administrator.employee.number == number:
            return self.founder
        return self.administrator


def found(founder: History, on: date) -> Company:
    """An organisation with nobody in it but its founder."""
    details = founder.details
    first = founding.found_organisation(
        number=details.number, name=details.name, email=details.email, on=on
    )
    viewer = known(viewer_as(first), "the founder holds roles")
    return Company(founded_on=on, founder=viewer, people={details.number: first})


def set_up(company: Company, book: Book) -> None:
    """Competencies and jobs: what posts are made of."""
    by = company.hand()
    for competency in book.competencies.values():
        company.competencies[competency.code] = posts.describe_competency(
            by=by,
            code=competency.code,
            name=competency.name,
            definition=competency.definition,
            levels=competency.levels,
            core=competency.core,
        )
    for job in book.jobs.values():
        low, high = job.pays
        company.jobs[job.code] = made = posts.define_job(
            by=by,
            code=job.code,
            title=job.title,
            family=job.family,
            level=job.level,
            currency=CURRENCY,
            pay_from=low,
            pay_to=high,
        )
        needs = {company.competencies[code]: level for code, level in job.needs.items()}
        posts.set_requirements(by=by, job=made, levels=needs, on=company.founded_on)


def open_units(company: Company, book: Book, codes: Iterable[str]) -> None:
    """Units of the book, each with the first seat of each of its posts."""
    for code in codes:
        unit = book.units[code]
        company.units[code] = units.open_unit(
            by=company.hand(),
            code=code,
            name=unit.name,
            kind=unit.kind,
            parent=company.units[unit.parent] if unit.parent else None,
            on=company.founded_on,
            purpose=unit.purpose,
        )
        for post in unit.posts:
            _open_seat(company, post)


def _open_seat(company: Company, post: BookedPost) -> None:
    on, by = company.founded_on, company.hand()
    company.positions[post.code] = position = posts.open_position(
        by=by,
        code=post.code,
        title=post.title,
        unit=company.units[post.unit],
        job=company.jobs[post.job],
        on=on,
        purpose=post.purpose,
    )
    posts.set_responsibilities(by=by, position=position, duties=post.duties, on=on)


def live(company: Company, histories: Iterable[History]) -> None:
    """Let everything in these histories happen, in the order of the days."""
    acts = [act for history in histories for act in _acts(company, history)]
    for _day, _order, act in sorted(acts, key=lambda act: act[:2]):
        act()


def admit(company: Company, history: History) -> None:
    """Let somebody from outside in, with the roles that the founder gives."""
    outsider = outsiders.admit_outsider(by=company.founder, details=history.details)
    company.people[history.number] = outsider
    for held in history.roles:
        _grant(company, outsider, held)


def hand_over(company: Company, on: date) -> None:
    """The founder keeps the system and gives HR into the hands of its administrator."""
    founder = company.founder.employee
    for grant in RoleGrant.objects.filter(employee=founder, role=Role.HR_ADMINISTRATOR):
        roles.end_role(by=company.hand(founder.number), grant=grant, on=on)


def _acts(company: Company, history: History) -> Iterator[Act]:
    number = history.number
    for stay in history.stays:
        yield from _acts_of_stay(company, history, stay)
    for paid in history.pays:
        yield paid.on, THE_REST, partial(_pay, company, number, paid)
    for held in history.roles:
        yield held.on, THE_REST, partial(_hold, company, number, held)
    for away in history.leaves:
        yield away.from_on, THE_REST, partial(_go_away, company, number, away)
    for line in history.also_under:
        yield line.on, THE_REST, partial(_answer, company, number, line)


def _acts_of_stay(company: Company, history: History, stay: Stay) -> Iterator[Act]:
    first, *later = stay.posts
    yield first.on, STARTING, partial(_start, company, history, first)
    for post in later:
        yield post.on, CHANGING, partial(_change, company, history.number, post)
    if stay.until_on != FOREVER:
        yield stay.until_on, LEAVING, partial(_leave, company, history.number, stay)


def _start(company: Company, history: History, post: InPost) -> None:
    by, known = company.hand(history.number), company.people.get(history.number)
    position, manager = company.positions[post.position], company.people.get(post.manager)
    if known is None:
        company.people[history.number] = employments.hire(
            by=by,
            details=history.details,
            position=position,
            manager=manager,
            on=post.on,
            share_percent=post.share_percent,
            reason=post.reason,
        )
        return
    if known.location != history.details.location:  # the founder, of whom only the name was known
        employments.correct_details(by=by, employee=known, details=history.details)
    employments.rehire(
        by=by,
        employee=known,
        position=position,
        manager=manager,
        on=post.on,
        share_percent=post.share_percent,
        reason=post.reason,
    )


def _change(company: Company, number: str, post: InPost) -> None:
    by, employee = company.hand(number), company.people[number]
    current = employee.assignments.on(post.on).select_related("position").get()
    manager = company.people.get(post.manager)
    if current.position.code != post.position:
        assignments.move(
            by=by,
            employee=employee,
            position=company.positions[post.position],
            manager=manager,
            on=post.on,
            share_percent=post.share_percent,
            reason=post.reason,
        )
    elif current.manager != manager:
        assignments.change_manager(
            by=by, employee=employee, manager=manager, on=post.on, reason=post.reason
        )
    else:
        assignments.change_share(
            by=by,
            employee=employee,
            share_percent=post.share_percent,
            on=post.on,
            reason=post.reason,
        )


def _leave(company: Company, number: str, stay: Stay) -> None:
    employments.end_employment(
        by=company.hand(number),
        employee=company.people[number],
        on=stay.until_on,
        reason=stay.end_reason,
    )


def _pay(company: Company, number: str, paid: Paid) -> None:
    pay.set_pay(
        by=company.hand(number),
        employee=company.people[number],
        amount=paid.amount,
        currency=paid.currency,
        on=paid.on,
        reason=paid.reason,
    )


def _go_away(company: Company, number: str, away: Away) -> None:
    leaves.take_leave(
        by=company.hand(number),
        employee=company.people[number],
        kind=away.kind,
        from_on=away.from_on,
        until_on=away.until_on,
    )


def _answer(company: Company, number: str, line: AlsoUnder) -> None:
    assignments.draw_dotted_line(
        by=company.hand(number),
        employee=company.people[number],
        manager=company.people[line.manager],
        purpose=line.purpose,
        on=line.on,
    )


def _hold(company: Company, number: str, held: Holds) -> None:
    _grant(company, company.people[number], held)
    if held.role == Role.HR_ADMINISTRATOR:
        company.administrator = viewer_as(company.people[number])


def _grant(company: Company, employee: Employee, held: Holds) -> None:
    theirs = held.role in (Role.AUDITOR, Role.SYSTEM_ADMINISTRATOR)
    roles.grant_role(
        by=company.founder if theirs else company.hand(employee.number),
        employee=employee,
        role=held.role,
        unit=company.units[held.unit] if held.unit else None,
        on=held.on,
    )
