"""How a cycle goes: what has come in, by part and by unit. For HR, executives, and insight."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Count, F, Q, QuerySet

from sightline.people.models import Role, Unit
from sightline.people.queries.organisation import branches
from sightline.people.viewer import Viewer
from sightline.reviews import policies
from sightline.reviews.models import Cycle, CycleStage, Form, Review
from sightline.reviews.rules.peers import share_told

Kind = CycleStage.Kind


@dataclass(frozen=True, slots=True)
class Share:
    """How much of something has come in; `percent` is None when that may not be told."""

    done: int
    of: int
    percent: int | None


NOTHING = Share(0, 0, None)


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """A unit with all under it: its people and what has come in of their forms."""

    unit: Unit
    people: int
    nominated: Share
    self_reviews: Share
    peers: Share
    """Never a count: in tens of percent, and only of fifty forms or more."""
    managers: Share
    shared: Share
    acknowledged: Share


@dataclass(frozen=True, slots=True)
class CycleState:
    """How a cycle stands for a viewer: of all whom he looks after."""

    cycle: Cycle
    stages: list[CycleStage]
    whole: UnitProgress | None
    units: list[UnitProgress]

    @property
    def people(self) -> int:
        """How many reviews there are."""
        return self.whole.people if self.whole else 0

    @property
    def forms_percent(self) -> int:
        """How much of what self and managers write has come in. Peers are left out: see `Share`."""
        if self.whole is None:
            return 0
        written = [self.whole.self_reviews, self.whole.managers]
        return percent(sum(one.done for one in written), sum(one.of for one in written))

    def share_of(self, kind: str) -> Share:
        """What has come in of a part of the cycle."""
        if self.whole is None:
            return NOTHING
        shares = {
            Kind.NOMINATE: self.whole.nominated,
            Kind.SELF: self.whole.self_reviews,
            Kind.PEERS: self.whole.peers,
            Kind.MANAGER: self.whole.managers,
            Kind.SHARE: self.whole.shared,
            Kind.ACKNOWLEDGE: self.whole.acknowledged,
        }
        return shares.get(Kind(kind), NOTHING)

    def stage_on(self, day: date) -> CycleStage | None:
        """The part that matters most on a day: the last that has begun and not ended."""
        current = [one for one in self.stages if one.from_on <= day < one.until_on]
        return current[-1] if current else None


def percent(done: int, of: int) -> int:
    """So many of so many; 100 only when all are."""
    return int(Fraction(100 * done, of)) if of else 0


def cycles_seen_by(viewer: Viewer) -> QuerySet[Cycle]:
    """The cycles that exist for the viewer, the latest first."""
    rows = Cycle.objects.filter(policies.cycles_visible_to(viewer))
    return rows.select_related("version__template")


def running_cycles(viewer: Viewer) -> QuerySet[Cycle]:
    """Cycles on which people work, the latest first."""
    return cycles_seen_by(viewer).filter(
        stage__in=[Cycle.Stage.OPEN, Cycle.Stage.CALIBRATING, Cycle.Stage.SHARED]
    )


def made_so_far(cycle: Cycle) -> int:
    """How many reviews an opening has made."""
    return Review.objects.filter(cycle=cycle).count()


def found_cycles(viewer: Viewer, words: str, limit: int = 5) -> list[Cycle]:
    """Cycles whose name holds all the words, for those who follow how cycles go."""
    if not policies.may_follow_cycles(viewer):
        return []
    rows = cycles_seen_by(viewer)
    for word in words.split()[:6]:
        rows = rows.filter(name__icontains=word)
    return list(rows[:limit])


def followed_reviews(viewer: Viewer, cycle: Cycle) -> QuerySet[Review]:
    """The reviews of a cycle whose progress the viewer follows: an executive those of all."""
    rows = Review.objects.filter(cycle=cycle)
    if viewer.has_role(Role.HR_ADMINISTRATOR, Role.EXECUTIVE):
        return rows
    return rows.filter(policies.reviews_in_care_of(viewer))


def state_of_cycle(viewer: Viewer, cycle: Cycle) -> CycleState:
    """How a cycle stands, in six queries whatever its size."""
    reviews = followed_reviews(viewer, cycle)
    counts = _counts(reviews)
    branch = branches(viewer.today, {unit for unit, _what in counts})
    of_branch: dict[int, Counter[str]] = {}
    whole: Counter[str] = Counter()
    for (unit, what), number in counts.items():
        of_branch.setdefault(branch.get(unit, unit), Counter())[what] += number
        whole[what] += number
    units = Unit.objects.in_bulk(list(of_branch))
    rows = [_progress(units[key], told) for key, told in of_branch.items() if key in units]
    top = next(iter(units.values()), None)
    return CycleState(
        cycle=cycle,
        stages=list(cycle.stages.all()),
        whole=_progress(top, whole) if top else None,
        units=sorted(rows, key=lambda row: row.unit.name),
    )


def _counts(reviews: QuerySet[Review]) -> Counter[tuple[int, str]]:
    """By unit: reviews, shared and acknowledged ones, and forms by role, all and submitted."""
    counts: Counter[tuple[int, str]] = Counter()
    by_stage = reviews.order_by().values_list("unit", "stage").annotate(n=Count("pk"))
    for unit, stage, number in by_stage:
        counts[unit, "reviews"] += number
        if stage in {"shared", "acknowledged", "appealed", "decided"}:
            counts[unit, "shared"] += number
        if stage in {"acknowledged", "appealed", "decided"}:
            counts[unit, "acknowledged"] += number
    forms = Form.objects.filter(review__in=reviews.order_by().values("pk"))
    by_role = forms.values_list(F("review__unit"), "role").annotate(
        n=Count("pk"), done=Count("pk", filter=Q(state=Form.State.SUBMITTED))
    )
    for unit, role, number, done in by_role.order_by():
        counts[unit, role] += number
        counts[unit, f"{role} done"] += done
    with_peers = reviews.filter(forms__role=Form.Role.PEER).order_by().values_list("unit")
    for unit, number in with_peers.annotate(n=Count("pk", distinct=True)):
        counts[unit, "nominated"] += number
    return counts


def _progress(unit: Unit, told: Counter[str]) -> UnitProgress:
    people = told["reviews"]
    peers = share_told(told["peer done"], told["peer"])
    return UnitProgress(
        unit=unit,
        people=people,
        nominated=_share(told["nominated"], people),
        self_reviews=_share(told["self done"], told["self"]),
        peers=Share(0, 0, peers),
        managers=_share(told["manager done"], told["manager"]),
        shared=_share(told["shared"], people),
        acknowledged=_share(told["acknowledged"], people),
    )


def _share(done: int, of: int) -> Share:
    return Share(done, of, percent(done, of) if of else None)
