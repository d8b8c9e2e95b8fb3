"""The few deviations that matter most, each with what would have to move."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

from sightline.goals.queries import sight
from sightline.goals.queries.deviations import deviations
from sightline.goals.queries.effort import UnitEffort
from sightline.goals.rules.unity import compared
from sightline.goals.tests.making import agreed, serves
from sightline.strategy.models import Commitment, Objective

INTENDED = {1: 40.0, 2: 30.0, 3: 20.0, 4: 10.0}
TITLES = {1: "Grow", 2: "Please", 3: "Make", 4: "Learn"}


def a_sight(made, capacity=50.0, units=(), loose=()):
    """The line of sight of so many full-time people whose effort goes where it is said."""
    unity = compared(made, INTENDED, 0.2)
    rows = [
        sight.ObjectiveSeen(SimpleNamespace(pk=key, title=TITLES[key]), one, 9)
        for key, one in zip(INTENDED, unity.objectives, strict=True)
    ]
    sums = {key: share * capacity for key, share in made.items()}
    effort = UnitEffort(capacity=capacity, people=50, goals=90, sums=sums, loose=list(loose))
    period = SimpleNamespace(pk=1)
    return sight.Sight(
        period, unity, rows, effort, list(units), frozenset(u.unit.pk for u in units)
    )


def a_unit(key, capacity, goals, loose):
    effort = UnitEffort(capacity=capacity, people=9, goals=goals, sums={}, loose=list(range(loose)))
    unity = compared({}, INTENDED, 0.2)
    return sight.UnitSeen(SimpleNamespace(pk=key, name=f"Unit {key}"), effort, unity)


def written(found, seen):
    text = render_to_string(
        "goals/deviations.html", {"deviations": found, "sight": seen, "period": seen.period}
    )
    return " ".join(text.split())


@pytest.mark.django_db
def test_what_is_starved_names_where_it_could_come_from_and_what_is_crowded_where_it_could_go(
    company,
):
    seen = a_sight({1: 0.1, 2: 0.24, 3: 0.4, 4: 0.06})
    first, second = deviations(company.viewer("nkechi"), seen, None)
    assert (first.kind, first.objective.objective.title) == ("crowded", "Make")
    assert (second.kind, round(second.people, 6)) == ("starved", 11.0)
    assert [one.objective.title for one in second.ends] == ["Make"]
    assert [one.objective.title for one in first.ends] == ["Grow", "Learn"]
    text = written([first, second], seen)
    assert "The work of about 12 full-time people would have to move." in text
    assert "What lacks most is “Grow” and “Learn”." in text
    assert "Most beyond what is meant goes to “Make”." in text


@pytest.mark.django_db
def test_effort_that_leads_nowhere_is_told_with_where_most_of_it_is(company):
    units = [a_unit(1, 10.0, 12, 3), a_unit(2, 10.0, 12, 7), a_unit(3, 10.0, 0, 9)]
    seen = a_sight({1: 0.1}, units=units, loose=range(19))
    found = deviations(company.viewer("nkechi"), seen, None, 99)
    (whole,) = (one for one in found if one.kind == "adrift")
    assert (whole.goals, [one.unit.pk for one in whole.units]) == (19, [3, 2])
    assert {one.unit.unit.pk for one in found if one.kind == "unit_adrift"} == {1, 2}
    text = written([one for one in found if "adrift" in one.kind], seen)
    assert "most of them in Unit 3 and Unit 2" in text
    assert "Much of the work of Unit 2 leads to no objective" in text
    assert len(deviations(company.viewer("nkechi"), seen, None)) == 5


@pytest.mark.django_db
def test_where_effort_lies_as_meant_nothing_is_told(company):
    seen = a_sight({1: 0.32, 2: 0.24, 3: 0.16, 4: 0.08})
    assert deviations(company.viewer("nkechi"), seen, None) == []
    tiny = a_sight({1: 0.32, 2: 0.24, 3: 0.16}, capacity=3.0)
    assert "Less than half of one person’s work" in written(
        deviations(company.viewer("nkechi"), tiny, None), tiny
    )


@pytest.mark.django_db
def test_a_unit_far_from_its_charter_is_told_with_both_numbers(company, period):
    mei, ana, head = (company.viewer(key) for key in ("mei", "ana", "nkechi"))
    objective = Objective.objects.filter(strategy__stage="in_force")[0]
    unit = company.units["PLAT"]
    facts = {"share_percent": 60, "agreed_percent": 60, "stage": "agreed"}
    row, _made = Commitment.objects.update_or_create(unit=unit, objective=objective, defaults=facts)
    serves(mei, agreed(mei, ana, period, weight_percent=100), objective)

    def told():
        seen = sight.sight_of_unit(head, unit, period)
        found = deviations(head, seen, unit, 99)
        of_this = [one for one in found if one.objective and one.objective.objective == objective]
        return [one for one in of_this if one.kind == "off_charter"], seen

    (found,), seen = told()
    made = found.unit.share_of(objective.pk)
    assert found.size == pytest.approx(0.6 - made)
    text = written([found], seen)
    assert f"puts {made:.0%} on “{objective.title}”" in text
    assert "Its charter says 60%." in text
    Commitment.objects.filter(pk=row.pk).update(agreed_percent=100 * made + 14)
    assert told()[0] == []
    Commitment.objects.filter(pk=row.pk).update(agreed_percent=None, stage="proposed")
    assert told()[0] == []
