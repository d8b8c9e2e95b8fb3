"""Which units and seats a company of a size has: the company of the book, then further houses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import ceil
from random import Random

from sightline.people.actions.bulk.structure import NewPosition, NewUnit
from sightline.site.demo.book import Book, BookedPost, BookedUnit
from sightline.site.demo.calendar import Calendar
from sightline.site.demo.cast import UNITS, the_cast
from sightline.site.demo.names import Place, countries, places

FIRST_HOUSE, FURTHER_HOUSE = 200, 180
"""How many people the company of the book, and each further house, have at least."""

ONLY_HERE = {"LARK", "EUR", "SOUTH", "EAST"}
"""The units of the book that further houses do not have."""

TOGETHER = 10
"""How many houses, or regions, stand under one head."""


@dataclass(slots=True)
class Seat:
    """A position to be filled, and where; one that `stands` has been opened already."""

    code: str
    post: BookedPost
    unit: str
    opened_on: date
    places: tuple[Place, ...]
    stands: bool = False

    def as_position(self) -> NewPosition:
        """The seat as the bulk action takes it."""
        return NewPosition(
            code=self.code,
            title=self.post.title,
            unit=self.unit,
            job=self.post.job,
            purpose=self.post.purpose,
            duties=self.post.duties,
            on=self.opened_on,
        )


@dataclass(slots=True)
class Team:
    """A unit with its seats, and whether it stands already."""

    unit: NewUnit
    seats: list[Seat]
    stands: bool = False


@dataclass(slots=True)
class Part:
    """A part of the company, made at one go; its own dice keep it the same at any size."""

    prefix: str
    first_number: int
    teams: list[Team]
    dice: Random


def parts_of(size: int, seed: int, book: Book, calendar: Calendar) -> Iterator[Part]:
    """The company of the book, and after it as many houses as the size asks for."""
    yield _company(seed, book, calendar)
    houses = max(0, ceil((size - FIRST_HOUSE) / FURTHER_HOUSE))
    heads = _heads(houses, seed, book, calendar)
    if heads.teams:
        yield heads
    for number in range(houses):
        yield _house(number, houses, seed, book, calendar)


def _company(seed: int, book: Book, calendar: Calendar) -> Part:
    """The company of the book: the units of the cast stand already, with a seat of each post."""
    held = {
        post.position
        for member in the_cast(calendar.today).values()
        for stay in member.history.stays
        for post in stay.posts
    }
    rest = [code for code in book.units if code not in UNITS]
    teams = []
    for code in [*UNITS, *rest]:
        booked = book.units[code]
        team = _team(booked, "", booked.parent, _places_of(booked.places), calendar.founding)
        team.stands = code in UNITS
        team.seats = [seat for seat in team.seats if seat.code not in held]
        for seat in team.seats:
            seat.places = _places_of(seat.post.places) or seat.places
            seat.stands = team.stands and seat.code == seat.post.code
        teams.append(team)
    return Part("", 11_000, teams, Random(f"{seed}/company"))  # noqa: S311 - a play of chance


def _places_of(names: tuple[str, ...]) -> tuple[Place, ...]:
    return tuple(
        place for name in names for place in places().values() if place.name.startswith(name)
    )


def _house(number: int, houses: int, seed: int, book: Book, calendar: Calendar) -> Part:
    dice = Random(f"{seed}/house/{number}")  # noqa: S311 - a play of chance
    prefix, parent, place = f"H{number + 1:03}-", _parent_of(number, houses), _city(number, houses)
    opened_on = calendar.month(-dice.randint(16, 70))
    where, top = (place,), prefix + "HOUSE"
    teams = [
        _team(book.larger["HOUSE"], prefix, parent, where, opened_on, f"Larkfield {place.name}")
    ]
    for booked in [*book.units.values(), book.larger["SALES"]]:
        if booked.code not in ONLY_HERE:
            above = top if booked.parent == "LARK" else prefix + booked.parent
            name = f"{booked.name}, {place.name}"
            team = _team(booked, prefix, above, where, opened_on, name)
            team.seats = [seat for seat in team.seats if not seat.post.only_here]
            teams.append(team)
    return Part(prefix, 100_000 + 1_000 * number, teams, dice)


def _heads(houses: int, seed: int, book: Book, calendar: Calendar) -> Part:
    """Regions over the houses, and areas over the regions, when there are many."""
    teams: list[Team] = []
    regions = ceil(houses / TOGETHER) if houses > TOGETHER else 0
    areas = ceil(regions / TOGETHER) if regions > TOGETHER else 0
    booked, seat = book.larger["REGION"], (places()["Lisbon"],)
    for number in range(areas):
        prefix, name = f"A{number + 1}-", f"Area {number + 1}"
        teams.append(_team(booked, prefix, "LARK", seat, calendar.month(-72), name))
    for number in range(regions):
        prefix, parent = f"R{number + 1:02}-", _area_of(number, areas)
        again, index = divmod(number, len(countries()))
        name = countries()[index].name + (f" {again + 1}" if again else "")
        teams.append(_team(booked, prefix, parent, seat, calendar.month(-72), name))
    return Part("", 50_000, teams, Random(f"{seed}/heads"))  # noqa: S311 - a play of chance


def _area_of(region: int, areas: int) -> str:
    return f"A{region // TOGETHER + 1}-REGION" if areas else "LARK"


def _parent_of(house: int, houses: int) -> str:
    return f"R{house // TOGETHER + 1:02}-REGION" if houses > TOGETHER else "LARK"


def _city(house: int, houses: int) -> Place:
    """The houses of a region stand in one country; a few houses stand in as many countries."""
    region, within = divmod(house, TOGETHER)
    if houses <= TOGETHER:
        region, within = within, region
    again, country = divmod(region, len(countries()))
    return countries()[country].city(within + again * TOGETHER)


def _team(
    booked: BookedUnit,
    prefix: str,
    parent: str,
    where: tuple[Place, ...],
    on: date,
    name: str = "",
) -> Team:
    unit = NewUnit(
        code=prefix + booked.code,
        name=name or booked.name,
        kind=booked.kind,
        parent=parent,
        purpose=booked.purpose,
        on=on,
    )
    seats = [
        Seat(prefix + code, post, unit.code, on, where)
        for post in booked.posts
        for code in post.codes
    ]
    return Team(unit=unit, seats=seats)
