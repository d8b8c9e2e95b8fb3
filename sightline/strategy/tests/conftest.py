"""The strategy of the cast's company, and a draft of the next one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sightline.foundation.ledger.models import Record
from sightline.foundation.ledger.queries import event_of
from sightline.strategy.actions import objectives, strategies
from sightline.strategy.models import Objective, Strategy


@pytest.fixture
def head(company):
    """Nkechi, chief executive."""
    return company.viewer("nkechi")


@pytest.fixture
def strategy(company):
    """The strategy in force."""
    return Strategy.objects.get(stage="in_force")


@pytest.fixture
def objective(strategy):
    """ "No lost order, no wait at the till": Leo's."""
    return Objective.objects.get(strategy=strategy, title__startswith="No lost order")


@pytest.fixture
def draft(company, head):
    """The next strategy: two perspectives, two objectives, half of the effort each."""
    year = company.today.year
    one = strategies.draft_strategy(
        by=head, name="The next one", from_on=date(year, 1, 1), until_on=date(year + 3, 1, 1)
    )
    made = []
    for hue, name in enumerate(("Shops", "Us"), start=1):
        view = objectives.add_perspective(by=head, strategy=one, name=name, hue=hue)
        made.append(
            objectives.add_objective(
                by=head, perspective=view, title=f"For {name}", description="", owner=company.leo
            )
        )
    halves = dict.fromkeys(made, Decimal(50))
    objectives.set_shares(by=head, strategy=one, shares=halves)
    return one


@pytest.fixture
def pair(draft):
    """The two objectives of the draft, the upper one first."""
    return list(Objective.objects.filter(strategy=draft))


@pytest.fixture
def last_sentence(db):
    """What the ledger says happened last."""

    def told():
        event = event_of(Record.objects.latest("pk"))
        assert event is not None
        return event.sentence()

    return told
