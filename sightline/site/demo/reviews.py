"""Two cycles of reviews: one closed a year ago, one half done. The words: `company/reviews.toml`.

Of the cast word for word; everybody else by dice, with what was said of a competency chosen by how
it was rated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sightline.people.models import Assignment, Employee, Unit
from sightline.people.viewer import Viewer
from sightline.reviews.actions.cycles import Plan
from sightline.reviews.actions.past import PastCycle, PastForm, PastReview, enter_cycle
from sightline.reviews.actions.templates import Asked, Part, Point, write_template
from sightline.reviews.models import Cycle, Form, Item, Review, TemplateVersion
from sightline.site.demo.book import toml
from sightline.site.demo.calendar import Calendar
from sightline.site.demo.talks import at

Role = Form.Role
Rated = dict[Item, tuple[int | None, str]]
LAST = {
    "nominate": (-330, -322),
    "self": (-330, -316),
    "peers": (-323, -309),
    "manager": (-316, -299),
    "calibrate": (-298, -290),
    "share": (-286, -277),
    "acknowledge": (-286, -263),
}
"""Days of the closed cycle from today, half-open."""
NOW = {
    "nominate": (-14, -6),
    "self": (-14, 1),
    "peers": (-8, 6),
    "manager": (-3, 11),
    "calibrate": (12, 17),
    "share": (21, 26),
    "acknowledge": (21, 43),
}


def review_everybody(
    by: Viewer, cast: Mapping[str, Employee], seed: int, calendar: Calendar
) -> tuple[Cycle, Cycle]:
    """The closed cycle and the one that is half done."""
    words = toml("reviews")
    version = write_the_template(by, words["template"])
    writer = Writer(words, cast, seed, calendar)
    return (
        _enter(by, writer, version, Closed(writer), calendar),
        _enter(by, writer, version, HalfDone(writer), calendar),
    )


def write_the_template(by: Viewer, words: Mapping[str, Any]) -> TemplateVersion:
    """What Larkfield asks."""
    return write_template(
        by=by,
        name=words["name"],
        note=words["note"],
        points=[
            Point(value, one["label"], one["anchor"])
            for value, one in enumerate(words["point"], start=1)
        ],
        parts=[
            Part(
                kind=one["kind"],
                title=one["title"],
                weight_percent=one["weight"],
                answered_by=one["by"],
                guidance=one.get("guidance", ""),
                questions=[Asked(text) for text in one.get("question", [])],
            )
            for one in words["part"]
        ],
    )


@dataclass(slots=True)
class Writer:
    """Writes what people say: the cast's own words, and for the others those of the crowd."""

    words: Mapping[str, Any]
    cast: Mapping[str, Employee]
    seed: int
    calendar: Calendar
    keys: dict[int, str] = field(default_factory=dict)
    written: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    teams: dict[date, dict[int, list[Employee]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.keys = {employee.pk: key for key, employee in self.cast.items()}
        self.written = {one["key"]: one for one in self.words["person"]}

    def dice(self, *about: object) -> Random:
        """The same dice for the same thing each time."""
        return Random(f"{self.seed}:reviews:{':'.join(map(str, about))}")  # noqa: S311 - a demo

    def of(self, review: Review, cycle: str) -> Mapping[str, Any] | None:
        """What is written of one of the cast in a cycle."""
        key = self.keys.get(review.employee_id, "")
        found: Mapping[str, Any] | None = self.written.get(key, {}).get(cycle)
        return found

    def rated(self, items: Sequence[Item], said: Mapping[str, Any], value: int) -> Rated:
        """What one of the cast rated, with words; the rest near the value, without."""
        dice = self.dice("cast", items[0].review_id if items else 0, value)
        found: Rated = {}
        for item in items:
            code = item.competency.code if item.competency else ""
            own, comment = said.get(code, (near(dice, value), ""))
            found[item] = (own, comment)
        return found

    def seen(self, dice: Random, item: Item, value: int) -> str:
        """What somebody of the crowd saw of a competency, here and there."""
        pools = self.words["crowd"]["seen"].get(item.competency.code if item.competency else "")
        if pools is None or dice.random() > 0.45:
            return ""
        return str(dice.choice(pools[band(value)]))

    def rated_in_the_crowd(self, dice: Random, items: Sequence[Item], value: int) -> Rated:
        """What somebody of the crowd rated; one item in thirty is left out."""
        found: Rated = {}
        for item in items:
            own = near(dice, value)
            left_out = dice.random() < 0.03
            found[item] = (
                None if left_out else own,
                "" if left_out else self.seen(dice, item, own),
            )
        return found

    def team_of(self, post: Assignment, on: date) -> list[Employee]:
        """The colleagues under the same manager on a day, in the first house."""
        if on not in self.teams:
            self.teams[on] = {}
            rows = Assignment.objects.on(on).filter(manager__isnull=False)
            rows = rows.exclude(position__code__regex=r"^H\d").select_related("employee")
            for row in rows.order_by("employee__number"):
                self.teams[on].setdefault(row.manager_id or 0, []).append(row.employee)
        team = self.teams[on].get(post.manager_id or 0, [])
        return [one for one in team if one.pk != post.employee_id]

    def peers_in_the_crowd(
        self, dice: Random, post: Assignment, items: Sequence[Item], on: date, answered: float
    ) -> list[PastForm]:
        """Three or four colleagues of half of all; each has answered, or not yet."""
        team = self.team_of(post, on)
        if len(team) < 4 or dice.random() > 0.55:
            return []
        crowd = self.words["crowd"]
        forms = []
        for peer in dice.sample(team, dice.choice((3, 4))):
            rated = self.rated_in_the_crowd(dice, behaviour(items), dice.choice((3, 3, 4)))
            words = (dice.choice(crowd["praise"]), dice.choice(crowd["wish"]))
            if dice.random() < answered:
                forms.append(PastForm(Role.PEER, peer, rated, words, None, at(on, None)))
            else:
                forms.append(PastForm(Role.PEER, peer))
        return forms


def near(dice: Random, value: int) -> int:
    """A rating near another one."""
    return min(5, max(1, value + dice.choices((-1, 0, 1), (2, 6, 2))[0]))


def band(value: int) -> str:
    """Which words fit a rating."""
    return "low" if value <= 2 else "middle" if value == 3 else "high"


def behaviour(items: Sequence[Item]) -> list[Item]:
    """What peers are asked about."""
    return [item for item in items if item.competency_id]


@dataclass(slots=True)
class Closed:
    """The cycle of a year ago: written, calibrated, shared, answered."""

    writer: Writer
    key = "last"
    stage = Cycle.Stage.CLOSED
    days = LAST
    looks_back = (-23, -11)

    def tell(self, review: Review, post: Assignment, items: Sequence[Item]) -> PastReview:
        """What was said in one review, and what became of it."""
        said = self.writer.of(review, self.key)
        if post.manager is None:
            return PastReview()
        if said is None:
            return self._of_the_crowd(review, post, post.manager, items)
        return self._of_the_cast(review, post.manager, items, said)

    def _of_the_cast(
        self, review: Review, manager: Employee, items: Sequence[Item], said: Mapping[str, Any]
    ) -> PastReview:
        writer, value = self.writer, said["value"]
        words = said["words"]
        forms = [
            PastForm(
                Role.SELF,
                review.employee,
                writer.rated(items, said["self"], said["own"]),
                words["self"],
                said["own"],
                self._at(-319),
            ),
            PastForm(
                Role.MANAGER,
                manager,
                writer.rated(items, said["manager"], value),
                words["manager"],
                value,
                self._at(-303),
            ),
            *self._peers(items, said.get("peers", {})),
        ]
        change = words.get("changed")
        return PastReview(
            forms=forms,
            changed=(change[0], change[2], writer.cast[change[1]], self._at(-293))
            if change
            else None,
            shared=(words["shared"], manager, self._at(-282)),
            acknowledged=(words["reply"], self._at(-279)),
        )

    def _peers(self, items: Sequence[Item], said: Mapping[str, Any]) -> Iterator[PastForm]:
        for key, (value, keep, change) in said.items():
            rated = self.writer.rated(behaviour(items), {}, value)
            yield PastForm(
                Role.PEER, self.writer.cast[key], rated, (keep, change), None, self._at(-312)
            )

    def _of_the_crowd(
        self, review: Review, post: Assignment, manager: Employee, items: Sequence[Item]
    ) -> PastReview:
        writer = self.writer
        dice = writer.dice("last", post.employee.number)
        value = dice.choices((1, 2, 3, 4, 5), (2, 10, 55, 27, 6))[0]
        crowd, fits = writer.words["crowd"], band(value)
        own = near(dice, value)
        change = None
        if dice.random() < 0.06 and value > 1:
            reason = (
                "Compared with what others reached in the same post, one point is less than shown."
            )
            head = writer.cast["leo" if dice.random() < 0.5 else "nora"]
            if head.pk != review.employee_id:
                change = (value - 1, reason, head, self._at(-293))
        replied = dice.random() < 0.93
        return PastReview(
            forms=[
                self._self(dice, review, items, own),
                PastForm(
                    Role.MANAGER,
                    manager,
                    writer.rated_in_the_crowd(dice, items, value),
                    (dice.choice(crowd["praise"]), dice.choice(crowd["wish"])),
                    value,
                    self._at(dice.randint(-315, -300)),
                ),
                *writer.peers_in_the_crowd(dice, post, items, self._at(-330).date(), 0.92),
            ],
            changed=change,
            shared=(dice.choice(crowd["shared"][fits]), manager, self._at(-282)),
            acknowledged=(
                (dice.choice(crowd["reply"][fits]), self._at(dice.randint(-281, -264)))
                if replied
                else None
            ),
        )

    def _self(self, dice: Random, review: Review, items: Sequence[Item], own: int) -> PastForm:
        crowd = self.writer.words["crowd"]
        return PastForm(
            Role.SELF,
            review.employee,
            {item: (near(dice, own), "") for item in items},
            (dice.choice(crowd["keep"]), dice.choice(crowd["change"])),
            own,
            self._at(dice.randint(-329, -317)),
        )

    def _at(self, days: int) -> datetime:
        return at(self.writer.calendar.days(days), None)


@dataclass(slots=True)
class HalfDone:
    """The cycle of these weeks: most self reviews are in, a third of the managers' forms."""

    writer: Writer
    key = "now"
    stage = Cycle.Stage.OPEN
    days = NOW
    looks_back = (-5, 1)

    def tell(self, review: Review, post: Assignment, items: Sequence[Item]) -> PastReview:
        """How far one review is."""
        said = self.writer.of(review, self.key)
        if said is None:
            return self._of_the_crowd(review, post, items)
        return self._of_the_cast(review, post, items, said)

    def _of_the_cast(
        self, review: Review, post: Assignment, items: Sequence[Item], said: Mapping[str, Any]
    ) -> PastReview:
        writer = self.writer
        rated = writer.rated(items, said["self"], said["own"])
        words = said["words"]["self"]
        sent = self._at(-3)
        forms = [PastForm(Role.SELF, review.employee, rated, words, said["own"], sent)]
        if post.manager and "draft" in said:
            begun = {
                item: said["draft"][item.competency.code]
                for item in items
                if item.competency and item.competency.code in said["draft"]
            }
            forms.append(PastForm(Role.MANAGER, post.manager, begun))
        if post.manager and "manager" in said:
            value = said["manager"]["value"]
            rated = writer.rated(items, said["manager"], value)
            words = said["manager_words"]["words"]
            forms.append(PastForm(Role.MANAGER, post.manager, rated, words, value, self._at(-1)))
        forms += list(self._peers(items, said.get("peers", {})))
        silent = said.get("silent", {}).get("peers", [])
        forms += [PastForm(Role.PEER, writer.cast[key]) for key in silent]
        return PastReview(forms=forms)

    def _peers(self, items: Sequence[Item], said: Mapping[str, Any]) -> Iterator[PastForm]:
        for key, (value, keep, change) in said.items():
            rated = self.writer.rated(behaviour(items), {}, value)
            peer = self.writer.cast[key]
            yield PastForm(Role.PEER, peer, rated, (keep, change), None, self._at(-2))

    def _of_the_crowd(self, review: Review, post: Assignment, items: Sequence[Item]) -> PastReview:
        if self.writer.keys.get(review.employee_id):
            return PastReview()
        writer = self.writer
        dice = writer.dice("now", post.employee.number)
        crowd, chance = writer.words["crowd"], dice.random()
        own = dice.choices((2, 3, 4, 5), (12, 50, 30, 8))[0]
        forms = []
        if chance < 0.88:
            forms.append(
                PastForm(
                    Role.SELF,
                    review.employee,
                    {item: (near(dice, own), "") for item in items},
                    (dice.choice(crowd["keep"]), dice.choice(crowd["change"])),
                    own,
                    self._at(dice.randint(-13, -1)) if chance < 0.8 else None,
                )
            )
        if post.manager and dice.random() < 0.34 and chance < 0.8:
            value = near(dice, own)
            forms.append(
                PastForm(
                    Role.MANAGER,
                    post.manager,
                    writer.rated_in_the_crowd(dice, items, value),
                    (dice.choice(crowd["praise"]), dice.choice(crowd["wish"])),
                    value,
                    self._at(-1),
                )
            )
        forms += writer.peers_in_the_crowd(dice, post, items, self._at(-14).date(), 0.6)
        return PastReview(forms=forms)

    def _at(self, days: int) -> datetime:
        return at(self.writer.calendar.days(days), None)


def _enter(
    by: Viewer,
    writer: Writer,
    version: TemplateVersion,
    telling: Closed | HalfDone,
    calendar: Calendar,
) -> Cycle:
    opened_on = calendar.days(min(first for first, _last in telling.days.values()))
    first, until = (calendar.month(months) for months in telling.looks_back)
    past = PastCycle(
        plan=Plan(
            name=_name(telling, first, until - timedelta(days=1)),
            version=version,
            period_from_on=first,
            period_until_on=until,
            days={
                kind: (calendar.days(opens), calendar.days(closes))
                for kind, (opens, closes) in telling.days.items()
            },
        ),
        opened_on=opened_on,
        stage=telling.stage,
        gathered=telling.stage == Cycle.Stage.CLOSED,
        calibrators=[
            (unit, writer.cast[key])
            for code, key in (("TECH", "leo"), ("CUST", "nora"))
            for unit in Unit.objects.filter(code=code)
        ],
    )
    shuffle = writer.dice("order", telling.key).shuffle
    return enter_cycle(by=by, past=past, tell=telling.tell, shuffle=shuffle)


def _name(telling: Closed | HalfDone, first: date, last: date) -> str:
    """What a cycle is called after the days that it looks back on."""
    if telling.key == "now":
        return f"Half-year review {last:%m/%Y}"
    years = {f"{first:%Y}", f"{last:%Y}"}
    return f"Year review {first:%Y}" if len(years) == 1 else f"Year review {first:%Y}/{last:%y}"
