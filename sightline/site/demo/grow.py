"""Adds everybody beyond the cast: the rest of the company of the book, and further houses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sightline.foundation.core.spans import Span
from sightline.people.actions.bulk.arrivals import hire_with_histories
from sightline.people.actions.bulk.structure import open_positions, open_units
from sightline.people.actions.histories import History
from sightline.people.viewer import Viewer
from sightline.site.demo.book import Book, read_book
from sightline.site.demo.calendar import Calendar
from sightline.site.demo.careers import Careers, Leads
from sightline.site.demo.cast import UNITS, Member
from sightline.site.demo.names import Namer
from sightline.site.demo.seating import Person, Seating
from sightline.site.demo.structure import Part, Seat, Team, parts_of

VACANT = 0.035
"""The part of posts that stand empty."""

AT_ONCE = 900
"""How many people are written together: few statements, little memory."""


@dataclass(slots=True)
class Growth:
    """What is known of the company while it grows."""

    by: Viewer
    book: Book
    calendar: Calendar
    wanted: int
    leads: Leads = field(default_factory=Leads)
    namer: Namer = field(default_factory=Namer)
    teams: list[Team] = field(default_factory=list)
    histories: list[History] = field(default_factory=list)
    made: int = 0

    def rounds(self, part: Part) -> list[date]:
        """The days of the yearly pay rounds that are kept: two, or one in further houses."""
        april = date(self.calendar.today.year, 4, 1)
        last = april if april <= self.calendar.today else april.replace(year=april.year - 1)
        return [last] if part.prefix else [last.replace(year=last.year - 1), last]


def grow(by: Viewer, cast: Iterable[Member], size: int, seed: int, calendar: Calendar) -> int:
    """Bring the company to so many people at work today; tells how many people were added."""
    growth = Growth(by=by, book=read_book(), calendar=calendar, wanted=size)
    _learn_of(growth, cast)
    for part in parts_of(size, seed, growth.book, calendar):
        if growth.wanted > 0:
            _add(growth, part)
        if len(growth.histories) >= AT_ONCE:
            _write(growth)
    _write(growth)
    return growth.made


def _learn_of(growth: Growth, cast: Iterable[Member]) -> None:
    """Who of the cast leads what, works here today, and has which e-mail."""
    posts = growth.book.posts
    for code in UNITS:
        growth.leads.parents[code] = growth.book.units[code].parent
    for member in cast:
        history = member.history
        growth.namer.taken.add(history.details.email)
        for stay in history.stays:
            growth.wanted -= growth.calendar.today in stay.span
            ends = [*(post.on for post in stay.posts[1:]), stay.until_on]
            for post, end in zip(stay.posts, ends, strict=True):
                if posts[post.position].leads:
                    unit = posts[post.position].unit
                    growth.leads.note(unit, Span(post.on, end), history.number)


def _add(growth: Growth, part: Part) -> None:
    """Play out a part of the company, up to as many people as are still wanted."""
    empty = _empty_seats(part)
    seated: list[tuple[Team, list[Person]]] = []
    for team in part.teams:
        team.seats = _cut(growth, team.seats, empty)
        if not team.seats and not team.stands:
            continue
        growth.leads.parents[team.unit.code] = team.unit.parent
        vacant = [seat for seat in team.seats if seat.code in empty]
        seated.append((team, Seating(growth.calendar, part.dice).fill(team.seats, vacant)))
    growth.teams += [team for team, _people in seated]
    _tell(growth, part, seated)


def _empty_seats(part: Part) -> set[str]:
    """The seats that stand empty: those of the book, and a few by chance."""
    seats = [seat for team in part.teams for seat in team.seats]
    meant = {seat.code for seat in seats if seat.post.vacant}
    others = [seat.code for seat in seats if not seat.post.leads and seat.code not in meant]
    return meant | set(part.dice.sample(others, round(len(others) * VACANT)))


def _cut(growth: Growth, seats: list[Seat], empty: set[str]) -> list[Seat]:
    """As many of the seats as there are people to come, and the empty ones before the last."""
    taken = []
    for seat in seats:
        if growth.wanted <= 0:
            break
        taken.append(seat)
        growth.wanted -= seat.code not in empty
    return taken


def _tell(growth: Growth, part: Part, seated: list[tuple[Team, list[Person]]]) -> None:
    """Numbers by the day of starting, then histories: leads first, so that managers are known."""
    everybody = sorted(
        (person for _team, people in seated for person in people),
        key=lambda person: (person.starts_on, person.last.seat.code, person.last.span),
    )
    numbered = [(str(part.first_number + count), person) for count, person in enumerate(everybody)]
    for number, person in numbered:
        for sitting in person.sittings:
            if sitting.seat.post.leads:
                growth.leads.note(sitting.seat.unit, sitting.span, number)
    careers = Careers(
        calendar=growth.calendar,
        dice=part.dice,
        leads=growth.leads,
        jobs=growth.book.jobs,
        namer=growth.namer,
        rounds=growth.rounds(part),
    )
    units = {team.unit.code for team, _people in seated}
    growth.histories += [careers.history(person, number, units) for number, person in numbered]


def _write(growth: Growth) -> None:
    """Write the units, posts and people gathered so far."""
    new = [team.unit for team in growth.teams if not team.stands]
    seats = [seat for team in growth.teams for seat in team.seats if not seat.stands]
    open_units(by=growth.by, new=new)
    open_positions(by=growth.by, new=[seat.as_position() for seat in seats])
    hire_with_histories(by=growth.by, histories=growth.histories)
    growth.made += len(growth.histories)
    growth.teams, growth.histories = [], []
