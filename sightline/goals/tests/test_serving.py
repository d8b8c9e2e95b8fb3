"""For a person: whom one serves, and who serves one."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sightline.goals.queries.serving import both_ways
from sightline.goals.tests.making import agreed, drafted, serves
from sightline.strategy.models import Objective

pytestmark = pytest.mark.django_db


def test_whom_one_serves_and_who_serves_one_as_far_as_one_may_see(company, period):
    mei, ana, leo = (company.viewer(key) for key in ("mei", "ana", "leo"))
    objective = Objective.objects.filter(strategy__stage="in_force")[0]
    unit = agreed(ana, leo, period, unit=company.units["PLAT"], title="Platform's")
    hidden = agreed(ana, leo, period, title="Hidden", visibility="private")
    own = agreed(mei, ana, period, title="Mei's")
    serves(mei, own, unit, 40)
    serves(ana, own, hidden, 10)
    serves(mei, own, objective, 30)
    tomas = company.viewer("tomas")
    below = agreed(tomas, ana, period, title="Below")
    serves(tomas, below, own, 50)
    draft = drafted(tomas, period, title="Not said yet")
    serves(tomas, draft, own, 50)
    both = both_ways(mei, [own])
    titles = [line.other.goal.title if line.other else None for line in both.up]
    assert titles == ["Platform's", None, None]
    assert [line.objective for line in both.up] == [None, objective, None]
    assert [line.other.goal for line in both.down] == [below]
    assert (both_ways(tomas, [own]).more, len(both_ways(tomas, [own]).down)) == (0, 1)
    address = reverse("goals:sight_of_person", args=[company.mei.pk])
    page = company.client("mei").get(address).content.decode()
    assert "a goal that is not open to you" in page
    assert "Not said yet" not in page
    assert reverse("goals:goal", args=[below.pk]) in page
    person = company.client("mei").get(reverse("person", args=[company.mei.pk])).content.decode()
    assert address in person
    assert (
        address
        not in company.client("tomas")
        .get(reverse("person", args=[company.mei.pk]))
        .content.decode()
    )
