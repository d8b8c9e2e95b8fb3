"""DOMAIN, rule 9: each thing the product knows about a person, that person can read and export."""

import json

import pytest

from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.goals.actions.catchball import revise
from sightline.goals.actions.help import ask_for_help
from sightline.goals.queries.goals import goal_seen_by
from sightline.goals.tests.making import a_period, a_text, agreed, fresh, proposed
from sightline.people.actions.assignments import change_manager
from sightline.site.own_data import known_about
from sightline.site.views.own_data import LABELS

pytestmark = pytest.mark.django_db


def test_the_file_holds_every_kind_of_thing_that_is_known(company):
    answer = company.client("tomas").get("/me/data/file/")
    known = json.loads(answer.content)
    assert answer["Content-Disposition"].startswith("attachment")
    assert known["person"]["name"] == "Tomás Silva"
    assert [post["position"] for post in known["posts"]][-1] == "Engineer III"
    assert known["pay"]
    assert any(record["what"].startswith("hired") for record in known["records"])


def test_reasons_that_were_given_are_in_it(company):
    known = json.loads(company.client("tomas").get("/me/data/file/").content)
    assert any(post["reason"] for post in known["posts"])


def test_nobody_elses_person_is_in_it(company):
    text = company.client("tomas").get("/me/data/file/").content.decode()
    assert "Yusuf Demir" not in text
    assert company.mei.email not in text


@pytest.mark.parametrize("key", ["tomas", "ana", "ingrid"])
def test_the_page_has_a_row_for_each_list_in_the_file_with_its_length(company, key):
    known = known_about(company.viewer(key))
    account = known["account"]
    lists = {name: rows for name, rows in {**account, **known}.items() if isinstance(rows, list)}
    lengths = {LABELS[name]: len(rows) for name, rows in lists.items()}
    lengths[LABELS["records"]] += len(account["records"])
    page = company.client(key).get("/me/data/")
    assert dict(page.context["sections"]) == lengths
    assert set(LABELS) == set(lists), "labels for what there is, and for nothing else"


def test_a_request_for_help_is_in_the_file_of_both(company):
    mei = company.viewer("mei")
    goal = agreed(mei, company.viewer("ana"), a_period(company), visibility="private")
    ask_for_help(by=mei, goal=goal, asked=company.tomas, words="A morning of yours")
    for key in ("mei", "tomas"):
        [told] = known_about(company.viewer(key))["help with goals"]
        assert (told["words"], told["asked by"]) == ("A morning of yours", "Chen Mei")
    assert known_about(company.viewer("ana"))["help with goals"] == []


def test_who_opened_the_file_is_told(company):
    company.client("ingrid").get(f"/people/{company.tomas.pk}/history/")
    known = json.loads(company.client("tomas").get("/me/data/file/").content)
    assert any(
        record["what"].startswith("file read") and record["by"] == "Ingrid Berg"
        for record in known["records"]
    )


def test_whoever_handed_a_side_over_reads_no_new_title_in_the_own_data(company):
    period = a_period(company)
    goal = proposed(company.viewer("mei"), period, visibility="private")
    change_manager(
        by=company.viewer("ingrid"), employee=company.mei, manager=company.leo, on=company.today
    )
    run_waiting_jobs()
    text = a_text(period, title="Back from rehab")
    revise(by=company.viewer("mei"), goal=fresh(goal), text=text, reason="More to say.")
    assert goal_seen_by(company.viewer("ana"), goal.pk) is None
    kept = known_about(company.viewer("ana"))
    assert "Back from rehab" not in str(kept)
    assert str(goal.pk) in str(kept)
