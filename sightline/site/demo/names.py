"""Names of people who do not exist, of many cultures, by where they work."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Any

from sightline.people.rules.names import folded
from sightline.site.demo.book import DOMAIN, toml

OWN_SCRIPT = 0.3
"""How many of those whose name has a script of its own write it so."""


@dataclass(frozen=True, slots=True)
class Name:
    """A whole name, the family name where it must be said, and the name in Latin letters."""

    whole: str
    called: str
    family: str
    latin: str


@dataclass(slots=True)
class Namer:
    """Gives names, and an e-mail to each that nobody else has."""

    taken: set[str] = field(default_factory=set)

    def email(self, name: Name) -> str:
        """An address made of the name."""
        local = ".".join(_plain(name.latin).split())
        address, again = f"{local}@{DOMAIN}", 1
        while address in self.taken:
            again += 1
            address = f"{local}{again}@{DOMAIN}"
        self.taken.add(address)
        return address


def name_of(culture: str, dice: Random) -> Name:
    """A name of a culture."""
    book = names_book()[culture]
    given, family = dice.choice(book["given"]), dice.choice(book["family"])
    if book.get("two_families") and dice.random() < 0.4:
        family = f"{family} {dice.choice(book['family'])}"
    family_first = book.get("family_first", False)
    latin = _put_together(given, family, 0, family_first)
    if "|" not in given or "|" not in family or dice.random() > OWN_SCRIPT:
        called = given.partition("|")[0] if family_first else ""
        return Name(latin, called, family.partition("|")[0], _ordered(given, family))
    own = _put_together(given, family, 2, family_first)
    return Name(own, given.partition("|")[2], family.partition("|")[2], _ordered(given, family))


def _put_together(given: str, family: str, part: int, family_first: bool) -> str:
    words = [given.partition("|")[part], family.partition("|")[part]]
    if family_first:
        words.reverse()
    return ("" if family_first and part else " ").join(words)


def _ordered(given: str, family: str) -> str:
    """Given name and last family name, in Latin letters, as an e-mail has them."""
    return f"{given.partition('|')[0]} {family.partition('|')[0].split()[-1]}"


def _plain(latin: str) -> str:
    plain = folded(latin).replace("ß", "ss").replace("ð", "d")
    letters = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return "".join(sign for sign in letters if sign.isalpha() or sign == " ")


@cache
def names_book() -> dict[str, Any]:
    """Given and family names by culture."""
    return toml("names")


@dataclass(frozen=True, slots=True)
class Place:
    """Where people work: the time zone, and of which cultures they are, in parts."""

    name: str
    zone: str
    cultures: tuple[str, ...]
    parts: tuple[int, ...]

    def culture(self, dice: Random) -> str:
        """The culture of somebody who works here."""
        return dice.choices(self.cultures, self.parts)[0]


@cache
def places() -> dict[str, Place]:
    """The places of the company as it is."""
    return {
        name: Place(name, row["zone"], tuple(row["people"]), tuple(row["people"].values()))
        for name, row in toml("places")["place"].items()
    }


@dataclass(frozen=True, slots=True)
class Country:
    """Where a larger company has houses."""

    name: str
    culture: str
    zone: str
    cities: tuple[str, ...]

    def city(self, number: int) -> Place:
        """A place for a house; when all cities have one, they are counted."""
        again, index = divmod(number, len(self.cities))
        name = self.cities[index] + (f" {again + 1}" if again else "")
        others = [culture for culture in names_book() if culture != self.culture]
        return Place(name, self.zone, (self.culture, *others), (70, *[2] * len(others)))


@cache
def countries() -> list[Country]:
    """The countries of a larger company, in the order in which it goes there."""
    return [
        Country(row["region"], culture, row["zone"], tuple(row["places"]))
        for culture, row in toml("places")["house"].items()
    ]
