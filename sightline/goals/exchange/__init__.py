"""Goals as a table: in, as proposals that both sides answer, and out."""

from sightline.goals.exchange.columns import GOALS
from sightline.goals.exchange.columns import kind as _kind
from sightline.goals.exchange.export import rows
from sightline.goals.exchange.plan import plan_goals
from sightline.goals.exchange.writing import carry_out, take_back
from sightline.goals.policies import may_bring_goals
from sightline.people.exchange.further import FurtherKind

KIND = FurtherKind(
    name=GOALS,
    kind=_kind,
    may=may_bring_goals,
    plan=plan_goals,
    carry_out=carry_out,
    take_back=take_back,
    rows=rows,
)
