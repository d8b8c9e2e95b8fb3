"""The person page: what it tells, and the trace that reading it leaves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from sightline.foundation.ledger.record import record
from sightline.people.actions.assignments import change_share
from sightline.people.actions.employments import Details, hire
from sightline.people.actions.posts import open_position
from sightline.people.actions.roles import grant_role
from sightline.people.events import DottedLineDrawn
from sightline.people.models import Role
from sightline.people.policies import may_read_file
from sightline.reviews.events import PeerFormKept, RatingMadeFinal
from sightline.reviews.tests.making import calibrated, open_cycle, review_of, submitted
from sightline.site.queries import records_known_to
from sightline.site.views.person import PAGE

pytestmark = pytest.mark.django_db


def readings_told(company, key):
    """What somebody is told of who read the own file: by whom, and which part."""
    known = company.client(key).get("/me/data/file/").json()
    return [
        (one["by"], one["what"].removeprefix("file read: "))
        for one in reversed(known["records"])
        if one["what"].startswith("file read")
    ]


@pytest.mark.parametrize("key", ["ana", "ingrid"])
@pytest.mark.parametrize(
    ("page", "part"), [("", "levels of competencies"), ("lately/", "ratings, plan and decisions")]
)
def test_who_reads_what_is_not_open_to_all_is_told_to_the_person(company, key, page, part):
    client = company.client(key)
    for _again in range(2):
        assert client.get(f"/people/{company.tomas.pk}/{page}").status_code == 200
    assert readings_told(company, "tomas") == [(company.people[key].name, part)]


def test_an_executive_outside_the_line_who_reads_ratings_is_told_to_the_person(company):
    cycle = open_cycle(company)
    submitted(company, cycle, "tomas", "manager", 3)
    calibrated(company, cycle)
    hr, yusuf = company.viewer("ingrid"), company.yusuf
    grant_role(by=hr, employee=yusuf, role=Role.EXECUTIVE, on=company.today)
    assert not may_read_file(company.viewer("yusuf"), company.tomas)
    page = company.client("yusuf").get(f"/people/{company.tomas.pk}/lately/")
    assert page.context["ratings"]
    assert readings_told(company, "tomas") == [(yusuf.name, "ratings, plan and decisions")]


def test_what_others_record_of_a_person_does_not_show_in_the_forms_about_him(company):
    """HR would learn from it that he wrote as a peer, and be refused for nothing."""
    tomas, hr, ingrid = company.tomas, company.viewer("ingrid"), company.client("ingrid")
    address = reverse("people:share", args=[tomas.pk])
    drawn = ingrid.get(address).context["form"].now
    record(PeerFormKept(tomas.pk, "Mid-year review"), by=company.viewer("tomas"))
    assert ingrid.get(address).context["form"].now == drawn
    change_share(by=hr, employee=tomas, share_percent=80, on=company.today)
    assert ingrid.get(address).context["form"].now != drawn


def test_what_may_not_be_known_yet_leaves_no_gap_on_a_page_of_records(company):
    cycle, hr, tomas = open_cycle(company), company.viewer("ingrid"), company.tomas
    outcome = RatingMadeFinal(tomas.pk, review_of(cycle, tomas).pk, cycle.name, 3)
    for number in range(PAGE):
        record(outcome, by=hr)
        record(DottedLineDrawn(tomas.pk, "Mei", f"{number}", "2026-01-01"), by=hr)
    client, address = company.client("tomas"), f"/people/{tomas.pk}/records/"
    shown, page = [], client.get(address)
    assert len(page.context["entries"]) == PAGE
    while page.context["next"]:
        shown += [entry.record.pk for entry in page.context["entries"]]
        assert page.context["next"] == shown[-1]
        page = client.get(address, {"after": page.context["next"]})
    shown += [entry.record.pk for entry in page.context["entries"]]
    known = records_known_to(company.viewer("tomas"), tomas.ref, after=None, more_than=9999)
    assert shown == [entry.record.pk for entry in known]
    assert not [one for one in known if isinstance(one.event, RatingMadeFinal)]


@pytest.mark.parametrize("page", ["", "lately/"])
@pytest.mark.parametrize("key", ["tomas", "mei"])
def test_reading_ones_own_page_or_what_is_open_to_all_leaves_no_trace(company, key, page):
    assert company.client(key).get(f"/people/{company.tomas.pk}/{page}").status_code == 200
    assert readings_told(company, "tomas") == []


def test_reading_pay_is_told_also_after_something_else_was_read(company):
    client = company.client("ingrid")
    for page in ("records/", "history/", "history/"):
        client.get(f"/people/{company.tomas.pk}/{page}")
    parts = [part for _by, part in readings_told(company, "tomas")]
    assert parts == ["records", "history, leave and pay"]


@pytest.fixture
def crowd(company):
    """More people under Mei than her page has room for."""
    hr, on = company.viewer("ingrid"), company.today - timedelta(days=1)
    unit, job = company.positions["PLAT-FEED"].unit, company.positions["PLAT-FEED"].job
    for number in range(26):
        code = f"CROWD-{number}"
        position = open_position(by=hr, code=code, title="Reader", unit=unit, job=job, on=on)
        details = Details(number=code, name=f"Reader {number}")
        hire(by=hr, details=details, position=position, manager=company.mei, on=on)


def test_more_reports_than_fit_are_counted_and_lead_to_the_chart(company, crowd):
    page = company.client("mei").get(f"/people/{company.mei.pk}/")
    assert len(page.context["reports"]) == 25
    assert "All 26 reports in the chart" in page.content.decode()
    chart = company.client("mei").get(reverse("people:chart"), {"top": company.mei.pk})
    shown = chart.content.decode()
    assert all(f"Reader {number}<" in shown for number in range(26))
