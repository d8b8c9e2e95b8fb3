"""Makes histories of sittings: names, managers, pay, leave, second lines and roles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from random import Random

from sightline.foundation.core.spans import FOREVER, Span
from sightline.people.actions.employments import Details
from sightline.people.actions.histories import (
    AlsoUnder,
    Away,
    History,
    Holds,
    InPost,
    Paid,
    Stay,
)
from sightline.people.models import Role
from sightline.site.demo.book import BookedJob
from sightline.site.demo.calendar import Calendar
from sightline.site.demo.names import Namer, Place, name_of
from sightline.site.demo.seating import Person, Sitting

LEAVES = ("Parental leave", "Maternity leave", "Sick leave", "Sabbatical", "Care of a relative")
PURPOSES = (
    "the move to the new payment service",
    "the yearly security audit",
    "opening the next country",
    "reviews of incidents that shops noticed",
    "the shared calendar of releases",
    "the handbook for new managers",
)
PARTNERED = {
    "PEOPLE-PTECH": ("TECH",),
    "PEOPLE-PCUST": ("CUST",),
    "PEOPLE-PREST": ("PROD", "COM", "FIN"),
}


@dataclass(slots=True)
class Leads:
    """Who has led which unit on which days, and which unit stands under which."""

    parents: dict[str, str] = field(default_factory=dict)
    spans: dict[str, list[tuple[Span, str]]] = field(default_factory=dict)

    def note(self, unit: str, span: Span, number: str) -> None:
        """Somebody, by number, leads a unit on these days."""
        self.spans.setdefault(unit, []).append((span, number))

    def boss(self, sitting: Sitting, day: date) -> str:
        """The number of whoever leads the person in a seat on a day; the next one up stands in."""
        for unit in self._above(sitting):
            for span, number in self.spans.get(unit, ()):
                if day in span:
                    return number
        return ""

    def changes(self, sitting: Sitting) -> set[date]:
        """The days within a sitting on which the boss may be another one."""
        days: set[date] = set()
        for unit in self._above(sitting):
            spans = [span for span, _number in self.spans.get(unit, ())]
            days.update(day for span in spans for day in (span.start, span.end))
            if any(span & sitting.span == sitting.span for span in spans):
                break
        return {day for day in days if day in sitting.span}

    def _above(self, sitting: Sitting) -> Iterable[str]:
        unit = sitting.seat.unit
        if sitting.seat.post.leads:
            unit = self.parents.get(unit, "")
        while unit:
            yield unit
            unit = self.parents.get(unit, "")


@dataclass(slots=True)
class Careers:
    """Turns people with seats into histories, by dice of its own."""

    calendar: Calendar
    dice: Random
    leads: Leads
    jobs: dict[str, BookedJob]
    namer: Namer
    rounds: Sequence[date]

    def history(self, person: Person, number: str, units: set[str]) -> History:
        """All that happened to a person."""
        place = self.dice.choice(person.last.seat.places)
        parts = list(self._stays_of(person))
        return History(
            details=self._details(number, place),
            stays=tuple(self._stay(person, part) for part in parts),
            pays=tuple(pay for part in parts for pay in self._pays(part)),
            leaves=tuple(self._leaves(parts[-1])),
            also_under=tuple(self._second_line(parts[-1], number, units)),
            roles=tuple(self._roles(person, units)),
        )

    def _details(self, number: str, place: Place) -> Details:
        name = name_of(place.culture(self.dice), self.dice)
        return Details(
            number=number,
            name=name.whole,
            known_as=name.called,
            family_name=name.family,
            email=self.namer.email(name),
            location=place.name,
            time_zone=place.zone,
        )

    def _stays_of(self, person: Person) -> Iterable[list[Sitting]]:
        """The sittings, cut where there is a gap between two."""
        part: list[Sitting] = []
        for sitting in person.sittings:
            if part and part[-1].span.end != sitting.span.start:
                yield part
                part = []
            part.append(sitting)
        yield part

    def _stay(self, person: Person, part: list[Sitting]) -> Stay:
        posts: list[InPost] = []
        shares = self._shares(part)
        for sitting in part:
            days = {sitting.span.start} | self.leads.changes(sitting)
            days |= {day for day in shares if day in sitting.span}
            for day in sorted(days):
                share = shares[max(known for known in shares if known <= day)]
                boss = self.leads.boss(sitting, day)
                reason = sitting.reason if day == sitting.span.start else ""
                post = InPost(day, sitting.seat.code, boss, share, reason)
                if not posts or _differs(post, posts[-1]):
                    posts.append(post)
        end = part[-1].span.end
        return Stay(tuple(posts), end, person.end_reason if end != FOREVER else "")

    def _shares(self, part: list[Sitting]) -> dict[date, int]:
        """The share of full time, in percent, from each day on which it changed."""
        start, chance = part[0].span.start, self.dice.random()
        if chance > 0.08:
            return {start: 100}
        less, since = self.dice.choice((50, 60, 75, 80, 80)), self.calendar.month(-7)
        if chance < 0.04 and start < since < part[-1].span.end:
            return {start: 100, since: less}
        return {start: less}

    def _pays(self, part: list[Sitting]) -> Iterable[Paid]:
        where_in_range = Decimal(self.dice.randint(10, 70))
        paid, start, end = Decimal(0), part[0].span.start, part[-1].span.end
        days = {sitting.span.start: sitting for sitting in part}
        rounds = [day for day in self.rounds if (day - start).days > 120 and day < end]
        for day in sorted({*days, *rounds}):
            sitting = max((one for one in part if one.span.start <= day), key=_start_of)
            low, high = self.jobs[sitting.seat.post.job].pays
            if day in days:
                fair = low + (high - low) * where_in_range / 100
                amount, reason = max(fair, paid * Decimal("1.04")), "Promotion" if paid else ""
            else:
                raised = Decimal(self.dice.randint(15, 45)) / 1000
                amount, reason = paid * (1 + raised), "Yearly round"
            paid = (min(amount, high) / 100).to_integral_value() * 100
            yield Paid(day, paid, reason=reason)

    def _leaves(self, part: list[Sitting]) -> Iterable[Away]:
        """Away today, once before, or soon; most people not at all."""
        chance, days = self.dice.random(), self.calendar.days
        kind = self.dice.choice(LEAVES)
        if chance < 0.03:
            span = Span(days(-self.dice.randint(8, 90)), days(self.dice.randint(12, 120)))
        elif chance < 0.08:
            start = self.dice.randint(150, 640)
            span = Span(days(-start), days(-start + self.dice.randint(20, 140)))
        elif chance < 0.1:
            start = self.dice.randint(9, 60)
            span = Span(days(start), days(start + self.dice.randint(28, 150)))
        else:
            return
        employed = Span(part[0].span.start, part[-1].span.end)
        if span & employed == span:
            yield Away(kind, span.start, span.end)

    def _second_line(
        self, part: list[Sitting], number: str, units: set[str]
    ) -> Iterable[AlsoUnder]:
        """A dotted line to the lead of another unit of the same part of the company."""
        start, end = part[-1].span.start, part[-1].span.end
        others = sorted(units - {part[-1].seat.unit})
        if end != FOREVER or not others or self.dice.random() > 0.03:
            return
        on = max(start, self.calendar.month(-self.dice.randint(1, 9)))
        for span, lead in self.leads.spans.get(self.dice.choice(others), ()):
            if on in span and span.end == FOREVER and on <= self.calendar.today and lead != number:
                yield AlsoUnder(lead, self.dice.choice(PURPOSES), on)

    def _roles(self, person: Person, units: set[str]) -> Iterable[Holds]:
        last = person.last
        if last.seat.post.leads:
            yield Holds(Role.UNIT_LEAD, last.span.start, last.seat.unit)
        prefix = last.seat.unit.removesuffix(last.seat.post.unit)
        for unit in PARTNERED.get(last.seat.post.code, ()):
            if prefix + unit in units:
                yield Holds(Role.PEOPLE_PARTNER, last.span.start, prefix + unit)


def _start_of(sitting: Sitting) -> date:
    return sitting.span.start


def _differs(one: InPost, other: InPost) -> bool:
    return (one.position, one.manager, one.share_percent) != (
        other.position,
        other.manager,
        other.share_percent,
    )
