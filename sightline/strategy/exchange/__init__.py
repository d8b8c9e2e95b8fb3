"""Values of measures as a table, in and out; and the X-matrix as a file."""

from sightline.people.exchange.further import FurtherKind
from sightline.strategy.exchange.actuals import (
    ACTUALS,
    carry_out,
    kind,
    plan_actuals,
    rows,
    take_back,
)
from sightline.strategy.policies import may_bring_actuals

KIND = FurtherKind(
    name=ACTUALS,
    kind=kind,
    may=may_bring_actuals,
    plan=plan_actuals,
    carry_out=carry_out,
    take_back=take_back,
    rows=rows,
)
