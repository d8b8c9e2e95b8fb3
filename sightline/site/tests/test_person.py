"""The person page: what it tells, and the trace that reading it leaves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from sightline.people.actions.employments import Details, hire
from sightline.people.actions.posts import open_position

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
