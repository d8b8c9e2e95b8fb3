"""The list of how an organisation begins: computed from what is there, never a trap."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from sightline.foundation.ledger.models import Record
from sightline.people.actions.beginnings import bring_in
from sightline.people.rules.beginnings import Typed
from sightline.people.tests.importing import found, seen, settle
from sightline.site.getting_started import STEPS, beginning_of
from sightline.site.models import StepSetAside

KEYS = [step.key for step in STEPS]


@pytest.fixture
def founder(db):
    return found()


@pytest.fixture
def client(founder):
    client = Client()
    client.force_login(founder.account)
    return client


def open_steps(viewer) -> list[str]:
    return [one.step.key for one in beginning_of(viewer).steps if one.is_open]


def test_at_first_everything_is_open(founder):
    assert open_steps(founder) == KEYS
    assert beginning_of(founder).percent == 0


def test_people_and_posts_that_are_there_are_done_however_they_came(founder):
    settle(founder)
    assert not {"people", "structure"} & set(open_steps(founder))


def test_a_founder_who_is_alone_has_brought_nobody_in(founder):
    mine = Typed("Hanna Rolf", "Director", email="hr@example.org")
    bring_in(by=founder, organisation="Linden", rows=[mine], on=founder.today)
    assert "people" in open_steps(seen(founder.account))


def test_every_way_leads_to_a_page_that_the_viewer_may_open(client):
    for step in STEPS:
        for way in step.ways:
            assert client.get(reverse(way.url_name), follow=True).status_code == 200, way


def test_home_shows_the_list_until_it_is_put_away(client, founder):
    assert "Getting started" in client.get("/").content.decode()
    client.post("/getting-started/away/")
    assert "Getting started" not in client.get("/").content.decode().split("<main")[1]
    assert "Take up again" in client.get("/getting-started/").content.decode()
    assert StepSetAside.objects.count() == len(KEYS)


def test_a_step_is_set_aside_and_taken_up_again_as_often_as_one_likes(client, founder):
    for _ in range(2):
        client.post("/getting-started/people/aside/")
        client.post("/getting-started/people/aside/")
        assert "people" not in open_steps(founder)
        client.post("/getting-started/people/again/")
        client.post("/getting-started/people/again/")
        assert "people" in open_steps(founder)
    kept = Record.objects.filter(kind__startswith="site.Step").order_by("pk")
    assert list(kept.values_list("kind", flat=True)) == ["site.StepPutOff", "site.StepTakenUp"] * 2


def test_a_step_that_there_is_not_is_not_found(client):
    assert client.post("/getting-started/nonsense/aside/").status_code == 404


@pytest.mark.parametrize("key", ["tomas", "ana", "fatima", "ruth", "samuel"])
def test_the_list_is_for_those_who_set_the_organisation_up(company, key):
    client = company.client(key)
    assert beginning_of(company.viewer(key)).steps == []
    assert client.get("/getting-started/").status_code == 403
    assert client.post("/getting-started/people/aside/").status_code == 403
    assert client.post("/getting-started/people/again/").status_code == 403
    assert client.post("/getting-started/away/").status_code == 403


def test_the_list_costs_one_query(founder, django_assert_num_queries):
    with django_assert_num_queries(1):
        beginning_of(founder)
