"""Being asked how goals stand: one letter for all of them, and one tap from it to the form."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.foundation.notices.actions import choose
from sightline.foundation.notices.models import Letter, Notice
from sightline.goals.actions.check_ins import check_in
from sightline.goals.actions.closings import close_goal
from sightline.goals.actions.goals import set_visibility
from sightline.goals.actions.reminding import remind_of_check_ins
from sightline.goals.models import CheckIn, Goal
from sightline.goals.rules.cadence import asked_on
from sightline.goals.tests.making import agreed, agreed_long_ago, fresh
from sightline.people.models import Leave

pytestmark = pytest.mark.django_db


@pytest.fixture
def goal(company, period):
    """Mei's goal, silent since the beginning of the period."""
    return agreed_long_ago(agreed(company.viewer("mei"), company.viewer("ana"), period))


def asked(company, key="mei"):
    rows = Notice.objects.filter(account=company.account(key), kind="goals.check_ins")
    return [one.sentence for one in rows.order_by("pk")]


def later(monkeypatch, company, days):
    """The same, so many days later."""
    day = company.today + timedelta(days=days)
    monkeypatch.setattr("sightline.goals.actions.reminding.today", lambda: day)


@pytest.mark.parametrize(
    ("days", "asked_after"), [(0, None), (13, None), (14, 14), (27, 14), (28, 28), (-3, None)]
)
def test_one_is_asked_when_the_cadence_has_passed_and_again_after_each(days, asked_after):
    heard = date(2026, 3, 2)
    due = None if asked_after is None else heard + timedelta(days=asked_after)
    assert asked_on(heard, 14, heard + timedelta(days=days)) == due


def test_all_goals_that_are_due_stand_in_one_notice(company, goal, period):
    mei, ana = company.viewer("mei"), company.viewer("ana")
    for number in range(4):
        agreed_long_ago(agreed(mei, ana, period, title=f"Another {number}"))
    assert remind_of_check_ins() == 1
    [sentence] = asked(company)
    assert sentence.startswith("Say how 5 goals stand: “Another 0” · ")
    assert sentence.endswith(" · 2 more")
    assert Notice.objects.get(kind="goals.check_ins").url == reverse("goals:check_ins_due")


def test_one_is_asked_once_and_again_only_after_another_cadence(company, goal, monkeypatch):
    assert [remind_of_check_ins() for _again in range(2)] == [1, 0]
    later(monkeypatch, company, goal.period.cadence_days)
    assert remind_of_check_ins() == 1
    assert asked(company) == [f"Say how 1 goal stands: “{goal.title}”"] * 2


def test_who_has_said_something_is_left_in_peace(company, goal):
    check_in(by=company.viewer("mei"), goal=goal, value=Decimal(1), confidence=Decimal("0.5"))
    assert remind_of_check_ins() == 0


def test_nobody_is_asked_about_what_is_closed_or_measured_by_others(company, goal, period):
    sums = {"kind": "children", "start_value": None, "target_value": None}
    mei, ana = company.viewer("mei"), company.viewer("ana")
    agreed_long_ago(agreed(mei, ana, period, title="Sum", **sums))
    close_goal(by=mei, goal=goal, outcome="done")
    assert remind_of_check_ins() == 0


def test_whoever_is_on_leave_is_asked_when_back(company, goal, monkeypatch):
    back = company.today + timedelta(days=3)
    Leave.objects.create(employee=company.mei, kind="Holiday", from_on=company.today, until_on=back)
    assert remind_of_check_ins() == 0
    later(monkeypatch, company, 3)
    assert remind_of_check_ins() == 1


def test_of_a_unit_its_lead_is_asked(company, period):
    ana, leo = company.viewer("ana"), company.viewer("leo")
    agreed_long_ago(agreed(ana, leo, period, unit=company.units["PLAT"], title="Two regions"))
    assert remind_of_check_ins() == 1
    assert asked(company, "ana") == ["Say how 1 goal stands: “Two regions”"]


def test_the_letter_leads_to_the_form_of_what_is_due_through_the_door(company, goal, client):
    choose(by=company.account("mei"), kind="goals.check_ins", choice="at once")
    remind_of_check_ins()
    run_waiting_jobs()
    letter = Letter.objects.get(account=company.account("mei"))
    address = reverse("goals:check_ins_due")
    assert address in letter.text
    assert address in client.get(address).url  # the way back after signing in
    text = company.client("mei").get(address).content.decode()
    assert goal.title in text


def test_the_form_opens_with_what_was_said_last_and_changes_nothing_left_alone(company, goal):
    mei = company.viewer("mei")
    check_in(by=mei, goal=goal, value=Decimal("0.9"), confidence=Decimal("0.85"))
    address = reverse("goals:check_in", args=[goal.pk])
    page = company.client("mei").get(address)
    text, form = page.content.decode(), page.context["form"]
    assert '<option value="0.85" selected>As you said last, 85%</option>' in text
    sent = {name: form[name].value() or "" for name in form.fields}
    assert sent["value"] == "0.9"
    check_in(by=mei, goal=fresh(goal), value=Decimal("0.7"), confidence=Decimal("0.65"))
    assert company.client("mei").post(address, sent | {"note": "On"}).status_code == 302
    last = CheckIn.objects.order_by("pk").last()
    assert (last.value, last.confidence, last.note) == (Decimal("0.7"), Decimal("0.65"), "On")


def test_a_choice_that_is_offered_no_more_stays_as_it_was_sent(company, goal):
    address = reverse("goals:check_in", args=[goal.pk])
    answer = company.client("mei").post(address, {"value": "x", "confidence": "0.85"})
    assert answer.status_code == 422
    assert '<option value="0.85" selected>85 %</option>' in answer.content.decode()
    for wrong in ("1.50", "nan", "-0.5", ""):
        sent = {"value": "1", "confidence": wrong}
        assert company.client("mei").post(address, sent).status_code == 422
    assert not CheckIn.objects.exists()


def test_that_nothing_has_changed_is_said_with_one_tick(company, goal, period):
    mei, ana = company.viewer("mei"), company.viewer("ana")
    other = agreed_long_ago(agreed(mei, ana, period, title="Left alone"))
    on = company.today - timedelta(days=20)
    for one in (goal, other):
        check_in(by=mei, goal=one, value=Decimal("0.9"), confidence=Decimal("0.85"), on=on)
    address = reverse("goals:check_ins_due")
    rows = company.client("mei").get(address).context["form"].forms
    sent = {row.add_prefix(name): row[name].value() or "" for row in rows for name in row.fields}
    client = company.client("mei")
    assert client.post(address, sent).status_code == 422
    sent[f"g{goal.pk}-same"] = "on"
    assert client.post(address, sent).status_code == 302
    seen = fresh(goal)
    assert (seen.value, seen.confidence) == (Decimal("0.9"), Decimal("0.85"))
    assert (seen.measured_on, fresh(other).measured_on) == (company.today, on)


def test_a_row_that_holds_only_what_it_was_drawn_with_is_not_missed(company, goal, period):
    mei, ana = company.viewer("mei"), company.viewer("ana")
    other = agreed(mei, ana, period, title="Runs")
    set_visibility(by=mei, goal=goal, visibility="line")
    close_goal(by=mei, goal=fresh(goal), outcome="done")
    key = f"g{goal.pk}"
    sent = {f"g{other.pk}-value": "1", f"g{other.pk}-confidence": "0.75"}
    left = sent | {f"{key}-value": "0.9", f"{key}-drawn_value": "0.9", f"{key}-confidence": "0.75"}
    address = reverse("goals:check_ins")
    ticked = company.client("mei").post(address, left | {f"{key}-same": "on"})
    assert "nothing has changed" in ticked.content.decode()
    assert company.client("mei").post(address, left).status_code == 302
    assert Goal.objects.get(pk=other.pk).measured_on is not None
