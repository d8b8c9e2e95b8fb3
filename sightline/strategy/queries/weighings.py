"""What people say of the shares of objectives, and what it comes to together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from sightline.people.queries.people import employees_seen_by
from sightline.people.viewer import Viewer
from sightline.strategy import policies
from sightline.strategy.models import Strategy, Weighing, WeighingAnswer
from sightline.strategy.rules import pairwise
from sightline.strategy.rules.pairwise import Matrix, Triad, Weighed
from sightline.strategy.rules.proportions import shared_out
from sightline.strategy.rules.shares import WHOLE

DECIMALS = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """An objective as people were asked about it."""

    key: int
    code: str
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class RowOfOutcome:
    """What an objective gets by what was said; all in percent."""

    asked: Asked
    share_percent: Decimal
    least: float
    most: float

    @property
    def differs(self) -> bool:
        """Whether people said something else."""
        return self.most - self.least > 0.05


@dataclass(frozen=True, slots=True)
class Outcome:
    """What all who answered come to together."""

    rows: list[RowOfOutcome] = field(default_factory=list)
    answered: int = 0
    number_asked: int = 0
    weighed: Weighed | None = None
    """Of pairs: the weights with their consistency."""

    triad: Triad | None = None
    """Of pairs that do not go together: the worst three, by their places."""

    steps: Mapping[tuple[int, int], float] = field(default_factory=dict)
    """Of the worst three: the ratio of each two, by their places."""

    @property
    def contradicts(self) -> bool:
        """Whether the judgements go together less well than is accepted."""
        return self.weighed is not None and not self.weighed.is_consistent


def asked_in(weighing: Weighing) -> list[Asked]:
    """What people are asked about, in the order of the map."""
    return [
        Asked(one["id"], one["code"], one["title"], one["description"]) for one in weighing.asked
    ]


def weighings_seen_by(viewer: Viewer) -> QuerySet[Weighing]:
    """The questions about shares that exist for the viewer."""
    rows = Weighing.objects.filter(policies.weighings_visible_to(viewer))
    return rows.select_related("strategy", "by")


def weighing_seen_by(viewer: Viewer, weighing_id: int) -> Weighing | None:
    """One of them."""
    return weighings_seen_by(viewer).filter(pk=weighing_id).first()


def weighings_of(viewer: Viewer, strategy: Strategy) -> list[Any]:
    """Those about a strategy, the newest first, with `number_asked` and `answered`."""
    rows = weighings_seen_by(viewer).filter(strategy=strategy)
    counted = {"number_asked": Count("answers"), "answered": Count("answers__sent_at")}
    return list(rows.annotate(**counted))


def answers_of(viewer: Viewer, weighing: Weighing) -> list[Any]:
    """Who is asked, and since when who has answered; `seen` tells whether he may be named."""
    seen = employees_seen_by(viewer).filter(pk=OuterRef("employee"))
    rows = WeighingAnswer.objects.filter(weighing=weighing).select_related("employee")
    return list(rows.annotate(seen=Exists(seen)).defer("said"))


def own_answer(viewer: Viewer, weighing: Weighing) -> WeighingAnswer | None:
    """What the viewer said himself, where he is asked."""
    return WeighingAnswer.objects.filter(weighing=weighing, employee=viewer.employee).first()


def waiting_for(viewer: Viewer) -> QuerySet[WeighingAnswer]:
    """Where the viewer is asked and has not answered."""
    rows = WeighingAnswer.objects.filter(employee=viewer.employee, sent_at=None)
    return rows.filter(weighing__stage=Weighing.Stage.OPEN, weighing__strategy__stage="draft")


def outcome_of(weighing: Weighing) -> Outcome:
    """What all who answered come to. Who is asked for may read it: `policies.may_read_outcome`."""
    answers = list(WeighingAnswer.objects.filter(weighing=weighing))
    return _outcome(weighing, [one.said for one in answers if one.said is not None], len(answers))


def own_outcome(weighing: Weighing, answer: WeighingAnswer) -> Outcome:
    """What one answer comes to alone."""
    return _outcome(weighing, [answer.said] if answer.said is not None else [], 1)


def _outcome(weighing: Weighing, said: Sequence[dict[str, Any]], number: int) -> Outcome:
    if not said:
        return Outcome(number_asked=number)
    if weighing.way == Weighing.Way.POINTS:
        given = [[float(one[str(key)]) for key in weighing.keys] for one in said]
        means = [pairwise.spread(column).mean for column in zip(*given, strict=True)]
        return Outcome(_rows(weighing, means, given), len(said), number)
    tables = [_table(weighing.keys, one) for one in said]
    joined = pairwise.joined(tables)
    weighed = pairwise.weighed(joined)
    given = [[100 * weight for weight in pairwise.weighed(table).weights] for table in tables]
    triad = None if weighed.is_consistent else pairwise.worst_triad(joined)
    rows = _rows(weighing, weighed.weights, given)
    return Outcome(rows, len(said), number, weighed, triad, _steps(joined, triad))


def _table(keys: list[int], said: dict[str, Any]) -> Matrix:
    places = {(i, j): int(said[f"{keys[i]}-{keys[j]}"]) for i, j in pairwise.pairs(len(keys))}
    return pairwise.matrix_of(len(keys), places)


def _steps(table: Matrix, triad: Triad | None) -> dict[tuple[int, int], float]:
    if triad is None:
        return {}
    i, j, k = triad.places
    return {(one, other): table[one][other] for one, other in ((i, j), (j, k), (i, k))}


def _rows(
    weighing: Weighing, weights: Sequence[float], given: Sequence[Sequence[float]]
) -> list[RowOfOutcome]:
    shares = shared_out(WHOLE, [Decimal(str(one)) for one in weights], DECIMALS)
    spreads = [pairwise.spread(column) for column in zip(*given, strict=True)]
    return [
        RowOfOutcome(asked, share, spread.least, spread.most)
        for asked, share, spread in zip(asked_in(weighing), shares, spreads, strict=True)
    ]
