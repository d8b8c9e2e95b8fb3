"""Who has sat where, and when: two years of comings and goings, played out seat by seat.

A seat is held since long, or was left by somebody and filled again, or by somebody from another
seat of the team, or is new, or stands empty. Nothing here knows of managers or pay; `careers` adds
them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from random import Random

from sightline.foundation.core.spans import FOREVER, Span
from sightline.site.demo.calendar import Calendar
from sightline.site.demo.structure import Seat

LEAVING = (
    "Took a post at another company",
    "Moved abroad with the family",
    "Went back to university",
    "Retired",
    "Wanted to work nearer to home",
    "Did not pass probation",
    "Founded a company",
    "Fixed term ended",
)
PROMOTED = (
    "Promoted: did much of this work already",
    "Promoted after the autumn reviews",
    "Chosen from three applicants of the team",
)


@dataclass(slots=True)
class Sitting:
    """A time in a seat; what the move into it was for, when there was one."""

    seat: Seat
    span: Span
    reason: str = ""


@dataclass(slots=True)
class Person:
    """Somebody, by the seats held one after the other; a gap between two is a time away from us."""

    sittings: list[Sitting] = field(default_factory=list)
    end_reason: str = ""

    @property
    def last(self) -> Sitting:
        """The seat held last."""
        return self.sittings[-1]

    @property
    def starts_on(self) -> date:
        """The first day here."""
        return self.sittings[0].span.start


@dataclass(slots=True)
class Seating:
    """Fills the seats of one team."""

    calendar: Calendar
    dice: Random
    people: list[Person] = field(default_factory=list)

    def fill(self, seats: Iterable[Seat], empty: Iterable[Seat]) -> list[Person]:
        """People for all seats, past holders among them; `empty` ones stand vacant today."""
        vacant = {seat.code: seat for seat in empty}
        waiting = [seat for seat in seats if seat.code not in vacant]
        for seat in vacant.values():
            self._leave_vacant(seat)
        while waiting:
            seat = waiting.pop(0)
            junior = self._junior_to(seat, waiting)
            if junior is not None:
                waiting.remove(junior)
                self._promote(seat, junior)
            else:
                self._hold(seat)
        self._plan_a_move(vacant.values())
        return self.people

    def _hold(self, seat: Seat) -> None:
        chance = self.dice.random()
        if chance < (0.75 if seat.post.leads else 0.55):
            self._held_since_long(seat)
        elif chance < 0.85 or seat.stands or seat.post.leads:
            self._replaced(seat)
        else:
            self._newly_opened(seat)

    def _held_since_long(self, seat: Seat) -> None:
        start = self._start(seat, 14 if seat.post.leads else 4, 96)
        holder = self._sit(seat, start)
        chance = self.dice.random()
        if chance < 0.02 and start < self.calendar.days(-90):
            self._end(holder, self.calendar.days(self.dice.randint(10, 55)))
        elif chance < 0.05:
            self._was_here_before(holder, seat, start)

    def _was_here_before(self, holder: Person, seat: Seat, start: date) -> None:
        """The holder left the same seat a year or two earlier, if it stood long enough."""
        left = Calendar(start).month(-12 * self.dice.choice((1, 2)))
        earlier = Span(Calendar(left).month(-12 * self.dice.choice((1, 2))), left)
        if earlier.start > seat.opened_on:
            holder.sittings.insert(0, Sitting(seat, earlier))
            holder.end_reason = self.dice.choice(LEAVING[:3])

    def _replaced(self, seat: Seat) -> None:
        left = self._someone_left(seat, 3, 23)
        self._sit(seat, self._soon_after(left) if left else self._start(seat, 1, 23))

    def _someone_left(self, seat: Seat, soonest: int, latest: int) -> date | None:
        """The day on which an earlier holder left; None when the seat is too young for one."""
        left = self._start(seat, soonest, latest)
        start = self._before(left, seat)
        if start is None:
            return None
        self._end(self._sit(seat, start), left)
        return left

    def _newly_opened(self, seat: Seat) -> None:
        seat.opened_on = self._start(seat, 1, 23)
        self._sit(seat, seat.opened_on)

    def _leave_vacant(self, seat: Seat) -> None:
        chance = self.dice.random()
        if seat.post.leads:
            return
        if chance < 0.7:
            self._someone_left(seat, 0, 5)
        elif not seat.stands:
            seat.opened_on = self._start(seat, 0, 4)
        if chance < 0.4:
            self._sit(seat, self.calendar.days(self.dice.randint(8, 60)))

    def _junior_to(self, seat: Seat, others: Iterable[Seat]) -> Seat | None:
        """A seat of the team from which somebody was promoted into this one, now and then."""
        if self.dice.random() > 0.16 or seat.opened_on > self.calendar.month(-36):
            return None
        return next((other for other in others if _is_below(other, seat)), None)

    def _promote(self, seat: Seat, junior: Seat) -> None:
        left = self._someone_left(seat, 6, 22)
        moved_on = self._soon_after(left) if left else self._start(seat, 6, 22)
        start = self._before(moved_on, junior) or junior.opened_on
        riser = self._sit(junior, start)
        riser.last.span = Span(start, moved_on)
        reason = self.dice.choice(PROMOTED)
        riser.sittings.append(Sitting(seat, Span(moved_on), reason))
        self._sit(junior, self._soon_after(moved_on))

    def _plan_a_move(self, vacant: Iterable[Seat]) -> None:
        """Somebody changes into a vacant seat next month, in one team out of three."""
        taken = {person.last.seat.code for person in self.people if self._sits(person)}
        free = [seat for seat in vacant if seat.code not in taken]
        if not free or self.dice.random() > 0.35:
            return
        movers = [
            person
            for person in self.people
            if self._sits(person)
            and person.starts_on < self.calendar.month(-12)
            and not person.last.seat.post.leads
            and _is_below(person.last.seat, free[0])
        ]
        if movers:
            mover, on = self.dice.choice(movers), self.calendar.month(1, 15)
            mover.last.span = Span(mover.last.span.start, on)
            mover.sittings.append(Sitting(free[0], Span(on), "Asked for other work"))

    def _sits(self, person: Person) -> bool:
        return person.last.span.end == FOREVER

    def _sit(self, seat: Seat, start: date) -> Person:
        person = Person([Sitting(seat, Span(start))])
        self.people.append(person)
        return person

    def _end(self, person: Person, on: date) -> None:
        person.last.span = Span(person.last.span.start, on)
        short = person.starts_on > date(on.year - 1, on.month, 1)
        reasons = LEAVING if short else LEAVING[:5]
        person.end_reason = self.dice.choice(reasons)

    def _start(self, seat: Seat, soonest: int, latest: int) -> date:
        """A day so many months back, mostly not long ago, and not before the seat stands."""
        months = int(self.dice.triangular(soonest, latest, soonest + (latest - soonest) / 4))
        day = self.calendar.month(-months, self.dice.choice((1, 1, 1, 15)))
        return max(seat.opened_on, min(day, self.calendar.days(-2)))

    def _before(self, day: date, seat: Seat) -> date | None:
        """A day well before another on which somebody could have started in the seat."""
        months = self.dice.randint(7, 60)
        earlier = day.year * 12 + day.month - 1 - months
        start = max(seat.opened_on, date(earlier // 12, earlier % 12 + 1, 1))
        return start if (day - start).days > 60 else None

    def _soon_after(self, day: date) -> date:
        """Two to ten weeks later, but not after yesterday."""
        later = Calendar(day).days(self.dice.randint(14, 70))
        return min(later, self.calendar.days(-1))


def _is_below(seat: Seat, other: Seat) -> bool:
    """Whether a step from the one to the other would be a usual one."""
    families = {seat.post.job.partition("-")[0], other.post.job.partition("-")[0]}
    return len(families) == 1 and not seat.post.leads and seat.post.job < other.post.job
