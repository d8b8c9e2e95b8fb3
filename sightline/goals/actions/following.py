"""Goals follow the objectives they serve into the next version of the strategy."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Case, Q, Value, When

from sightline.foundation.core.dates import today
from sightline.foundation.ledger.events import House
from sightline.foundation.ledger.record import record
from sightline.goals.events import GoalsFollowed
from sightline.goals.models import Contribution, Goal, SightAnswer, SightShare
from sightline.strategy.models import Strategy
from sightline.strategy.queries.versions import carried, compared


@transaction.atomic
def follow_objectives(*, strategy_id: int, former_id: int) -> int:
    """Let goals of running periods and drafts serve the same objectives as before, ended ones too;
    tells how many links moved. What people answered about their work in these periods follows.

    Only objectives that say the same in both versions: what changed or is gone stays where it was
    until its owner has said what becomes of it. Goals of periods that are over stay as well; they
    are read against the strategy of their time. One statement, however many goals there are.
    """
    strategy = Strategy.objects.get(pk=strategy_id)
    moves = carried(compared(Strategy.objects.get(pk=former_id), strategy))
    goals = Goal.objects.filter(Q(period__until_on__gt=today()) | Q(stage=Goal.Stage.DRAFT))
    links = Contribution.objects.filter(objective__in=moves, goal__in=goals.values("pk"))
    if not moves:
        return 0
    whens = [When(objective=old, then=Value(new)) for old, new in moves.items()]
    number = links.update(objective=Case(*whens))
    answers = SightAnswer.objects.filter(period__until_on__gt=today()).values("pk")
    said = SightShare.objects.filter(objective__in=moves, answer__in=answers)
    said.update(objective=Case(*whens))
    record(GoalsFollowed(strategy.pk, strategy.name, number), by=House())
    return number
