"""Taking in many people at once does what taking them in one by one does, and refuses the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction

from sightline.foundation.core.dates import today
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.models import Record
from sightline.people.actions.bulk.arrivals import hire_with_histories
from sightline.people.actions.bulk.structure import (
    NewPosition,
    NewUnit,
    open_positions,
    open_units,
)
from sightline.people.actions.employments import Details
from sightline.people.actions.histories import Away, History, Holds, InPost, Paid, Stay
from sightline.people.actions.posts import Duty
from sightline.people.models import (
    Assignment,
    DottedLine,
    Employee,
    Employment,
    Leave,
    Pay,
    ReportingLine,
    RoleGrant,
    UnitLine,
)
from sightline.site.demo import enact
from sightline.site.demo.book import read_book
from sightline.site.demo.calendar import Calendar
from sightline.site.demo.cast import FOUNDER, UNITS, the_cast

ONE_BY_ONE = {"ruth", "nkechi", "ingrid", "samuel"}
"""Those who must be there before anybody can be taken in, and who never held a post."""

KEPT = {
    Employment: ("from_on", "until_on", "end_reason"),
    Assignment: (
        "position__code",
        "manager__number",
        "share_percent",
        "cause",
        "reason",
        "from_on",
        "until_on",
    ),
    Pay: ("amount", "currency", "reason", "from_on", "until_on"),
    Leave: ("kind", "from_on", "until_on"),
    DottedLine: ("manager__number", "purpose", "from_on", "until_on"),
    RoleGrant: ("role", "unit__code", "from_on", "until_on"),
    ReportingLine: ("manager__number", "depth", "from_on", "until_on"),
}


def company_made(take_in):
    """The rows and the records of the cast, when all but a few are taken in by `take_in`."""
    cast, book = the_cast(today()), read_book()
    few = [one.history for key, one in cast.items() if key in ONE_BY_ONE and one.history.stays]
    many = [one.history for key, one in cast.items() if key not in ONE_BY_ONE]
    with transaction.atomic():
        company = enact.found(cast[FOUNDER].history, on=Calendar(today()).founding)
        enact.set_up(company, book)
        enact.open_units(company, book, UNITS)
        enact.live(company, [replace(one, stays=one.stays[:1]) for one in few[:2]])
        take_in(company, many)
        told = rows_of(many), records_of(many)
        transaction.set_rollback(True)
    return told


def rows_of(histories):
    numbers = [one.number for one in histories]
    return {
        model: sorted(
            model.objects.filter(employee__number__in=numbers).values_list(
                "employee__number", *names
            ),
            key=str,
        )
        for model, names in KEPT.items()
    }


def records_of(histories):
    people = Employee.objects.filter(number__in=[one.number for one in histories])
    names = {employee.ref: employee.number for employee in people}
    return Counter(
        (names[subject], kind)
        for subject, kind in Record.objects.filter(subject__in=names).values_list("subject", "kind")
    )


def test_many_at_once_leave_the_rows_and_records_of_one_by_one(db):
    one_by_one = company_made(lambda company, many: enact.live(company, many))
    at_once = company_made(
        lambda company, many: hire_with_histories(by=company.hand(), histories=many)
    )
    for model in KEPT:
        assert at_once[0][model] == one_by_one[0][model], model
    assert at_once[1] == one_by_one[1]


def somebody(number, company, *, position="PLAT-PM", manager=None, on=None, **more):
    """A newcomer to the cast's company."""
    on = on or company.today - timedelta(days=10)
    boss = (manager or company.ana).number
    return History(
        details=Details(number=str(number), name=f"Newcomer {number}"),
        stays=(Stay((InPost(on, position, boss),)),),
        **more,
    )


def take_in(company, *histories):
    return hire_with_histories(by=company.viewer("ingrid"), histories=histories)


def test_a_newcomer_stands_under_everybody_above_the_manager(company):
    (newcomer,) = take_in(company, somebody(1, company))
    above = newcomer.lines_up.on(company.today).order_by("depth").values_list("manager", flat=True)
    assert list(above) == [company.ana.pk, company.leo.pk, company.nkechi.pk]


def test_newcomers_may_report_to_each_other(company):
    lead = somebody(1, company, position="DATA-LEAD", manager=company.leo)
    start = lead.stays[0].posts[0].on
    under = History(
        details=Details(number="2", name="Newcomer 2"),
        stays=(Stay((InPost(start, "PLAT-PM", "1"),)),),
    )
    leader, follower = take_in(company, lead, under)
    assert follower.lines_up.get(depth=1).manager == leader


def test_those_who_may_not_change_the_organisation_may_not_take_people_in(company):
    with pytest.raises(Exception, match="Only HR administrators"):
        hire_with_histories(by=company.viewer("ana"), histories=[somebody(1, company)])


def test_a_role_that_is_not_hers_to_give_is_not_given_in_bulk_either(company):
    held = Holds("system_administrator", company.today)
    with pytest.raises(Exception, match="do not hand out"):
        take_in(company, somebody(1, company, roles=(held,)))


def refusals(company):
    """What is refused, and by which words."""
    day, ago = company.today, company.today - timedelta(days=10)
    other = replace(somebody(1, company).details, number="2", email="tomas@larkfield.example")
    twice = replace(somebody(1, company), leaves=(Away("Sabbatical", day), Away("Care", day)))
    circle = [
        History(Details("1", "One"), (Stay((InPost(ago, "PLAT-PM", "2"),)),)),
        History(Details("2", "Two"), (Stay((InPost(ago, "DATA-LEAD", "1"),)),)),
    ]
    return [
        ([somebody(company.tomas.number, company)], "belongs to two people"),
        ([replace(somebody(1, company), details=other)], "belongs to two people"),
        ([somebody(1, company), somebody(1, company)], "belongs to two people"),
        ([somebody(1, company, position="PLAT-IMPORT")], "More than one full time"),
        ([somebody(1, company), somebody(2, company)], "More than one full time"),
        ([somebody(1, company, position="NOWHERE")], "called NOWHERE"),
        ([somebody(1, company, on=date(2001, 1, 1))], "does not stand on"),
        ([somebody(1, company, manager=company.priya)], "does not work here on"),
        ([somebody(1, company, manager=company.rui)], "does not work here on"),
        ([twice], "contradict each other"),
        ([somebody(1, company, pays=(Paid(date(2001, 1, 1), 1),))], "contradict each other"),
        ([somebody(1, company, roles=(Holds("unit_lead", day, "PLAT"),))], "two leads"),
        (circle, "circle: (One → Two → One|Two → One → Two)"),
    ]


def test_what_is_refused_one_by_one_is_refused_at_once_and_leaves_nothing(company):
    people, records = Employee.objects.count(), Record.objects.count()
    for histories, words in refusals(company):
        with pytest.raises(Refused, match=words), transaction.atomic():
            take_in(company, *histories)
    assert (Employee.objects.count(), Record.objects.count()) == (people, records)


def unit(code, parent="PLAT", on=date(2024, 1, 1)):
    return NewUnit(code, f"Unit {code}", "team", parent, "", on)


def position(code, *weights, unit="PLAT", job="ENG-2", on=date(2024, 1, 1)):
    duties = tuple(Duty(f"Duty {weight}", "Done well.", weight) for weight in weights)
    return NewPosition(code, f"Post {code}", unit, job, "", duties, on)


def test_units_opened_together_stand_under_each_other(company):
    units = open_units(by=company.viewer("ingrid"), new=[unit("A"), unit("B", parent="A")])
    above = UnitLine.objects.filter(unit=units["B"]).order_by("depth")
    assert list(above.values_list("above__code", flat=True)) == ["B", "A", "PLAT", "TECH", "LARK"]


def test_positions_opened_together_have_their_responsibilities(company):
    made = open_positions(by=company.viewer("ingrid"), new=[position("P1", 60, 40), position("P2")])
    assert [duty.weight_percent for duty in made["P1"].responsibilities.all()] == [60, 40]
    assert not made["P2"].responsibilities.exists()


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ([unit("PLAT")], "PLAT is taken"),
        ([unit("A"), unit("A")], "A is taken"),
        ([unit("A", parent="NOWHERE")], "has the code NOWHERE"),
        ([unit("A", on=date(2001, 1, 1))], "does not stand on that day"),
    ],
)
def test_units_that_cannot_stand_are_refused(company, new, words):
    with pytest.raises(Refused, match=words):
        open_units(by=company.viewer("ingrid"), new=new)


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ([position("PLAT-PM")], "PLAT-PM is taken"),
        ([position("P", 60, 60)], "add up to 120%"),
        ([position("P", job="NONE")], "has the code NONE"),
        ([position("P", on=date(2001, 1, 1))], "does not stand on that day"),
    ],
)
def test_positions_that_cannot_stand_are_refused(company, new, words):
    with pytest.raises(Refused, match=words):
        open_positions(by=company.viewer("ingrid"), new=new)
