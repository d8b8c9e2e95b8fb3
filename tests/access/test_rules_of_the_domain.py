"""The rules that hold everywhere, by their number, as far as they concern what there is today.

Rule 4 (anonymous means anonymous) waits for the first answers that are anonymous. Rule 2 is proved
in the browser too (tests/browser/test_autosave.py); rule 1 for every page in test_addresses.py.
"""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from sightline.foundation.drafts.actions import Typed, save_draft
from sightline.foundation.drafts.queries import draft_of, set_aside_of
from sightline.foundation.drafts.rules import Mark
from sightline.foundation.jobs.schedule import SCHEDULES
from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.foundation.ledger.events import REGISTRY
from sightline.foundation.ledger.models import Record
from sightline.foundation.ledger.queries import records_about
from sightline.foundation.notices.models import Notice
from sightline.people import policies
from sightline.people.actions.employments import Details, correct_details
from sightline.people.actions.pay import set_pay
from sightline.people.exchange.export import CSV, export
from sightline.people.models import (
    Assignment,
    Employee,
    Employment,
    Leave,
    Pay,
    Position,
    RoleGrant,
    Unit,
)
from sightline.people.queries import organisation, people, teams
from sightline.people.viewer import viewer_as, viewer_of
from tests.access.audiences import IN, WORK_HERE

FACTS = [Assignment, Employment, Leave, Pay, RoleGrant]


# ── 1. Nobody sees what he may not ───────────────────────────────────────────────────────────


@pytest.mark.parametrize("who", IN)
def test_1_the_question_about_one_and_the_list_of_all_agree(house, who):
    company, viewer = house.company, house.company.viewer(who)
    listed = set(people.employees_seen_by(viewer))
    open_files = set(Employee.objects.filter(policies.file_open_to(viewer)))
    changed = set(Employee.objects.filter(policies.in_hands_of(viewer)))
    paid = set(Employee.objects.filter(policies.pay_visible_to(viewer)))
    for one in company.people.values():
        found = people.person_seen_by(viewer, one.pk, viewer.today)
        assert bool(found) == (one in listed)
        assert bool(policies.may_read_file(viewer, one)) == (one in open_files)
        assert bool(policies.may_change_employee(viewer, one)) == (one in changed)
        assert bool(policies.may_read_pay(viewer, one)) == (one in paid)
    assert open_files <= listed


@pytest.mark.parametrize("who", IN)
def test_1_units_and_posts_are_found_one_by_one_as_they_are_listed(house, who):
    viewer = house.company.viewer(who)
    units = set(Unit.objects.filter(policies.units_visible_to(viewer)))
    posts = set(Position.objects.filter(policies.positions_visible_to(viewer)))
    for unit in Unit.objects.all():
        assert bool(organisation.unit_seen_by(viewer, unit.pk)) == (unit in units)
    for post in Position.objects.all():
        assert bool(organisation.position_seen_by(viewer, post.pk)) == (post in posts)


@pytest.mark.parametrize("who", IN)
@pytest.mark.parametrize("name", ["search", "people:pick"])
def test_1_search_and_pickers_find_nobody_who_is_not_there(house, who, name):
    for one in house.company.people.values():
        if one.name in house.hidden[who]:
            text = house.clients[who].get(reverse(name), {"q": one.number}).content.decode()
            assert one.name not in text


@pytest.mark.parametrize("who", ["ingrid", "fatima"])
def test_1_an_export_holds_only_people_in_the_hands_of_who_takes_it(house, who):
    viewer = house.company.viewer(who)
    data = export(by=viewer, kind="people", file_format=CSV, day=viewer.today)
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
    numbers = {row["Number"] for row in rows}
    seen = set(people.employees_seen_by(viewer).values_list("number", flat=True))
    assert numbers
    assert numbers <= seen
    if who == "fatima":
        assert house.company.yusuf.number not in numbers


@pytest.mark.parametrize("who", WORK_HERE)
def test_1_a_count_counts_only_who_is_there(house, who):
    viewer = house.company.viewer(who)
    rows = list(people.directory(viewer, viewer.today))
    assert {row.employee for row in rows} <= set(people.employees_seen_by(viewer))
    answer = house.clients[who].get(reverse("people:directory"))
    assert answer.context["total"] == len(rows)


def test_1_a_notice_is_its_readers_alone(house):
    pk = house.things["notice of tomas"][0]
    reader = Notice.objects.get(pk=pk).account
    for who in IN:
        text = house.clients[who].get(reverse("notices:list")).content.decode()
        assert ("You have a desk" in text) == (house.company.account(who) == reader)


def test_1_no_notice_tells_of_somebody_who_does_not_exist_for_its_reader(house):
    run_waiting_jobs()
    for notice in Notice.objects.select_related("account"):
        viewer = viewer_of(notice.account)
        if viewer is not None and notice.url.startswith("/people/"):
            about = int(notice.url.split("/")[2])
            assert people.employees_seen_by(viewer).filter(pk=about).exists(), notice.sentence


def test_1_records_about_a_person_are_on_the_page_of_nobody_else(house):
    tomas = house.company.tomas
    set_pay_of(house, "tomas", 65_432)
    for who in ("mei", "ana", "yusuf"):
        assert house.clients[who].get(reverse("person_records", args=[tomas.pk])).status_code == 403
        for name in ("person", "person_history"):
            text = house.clients[who].get(reverse(name, args=[tomas.pk])).content.decode()
            assert ("65,432" in text) == (who == "ana" and name == "person_history")


def test_1_a_draft_is_its_writers_alone(house):
    for who in IN:
        text = house.clients[who].get(reverse("drafts:drafts")).content.decode()
        assert ("Half a sentence" in text) == (who == "tomas")


def test_1_what_somebody_set_aside_is_not_thrown_away_by_others(house):
    url = reverse("drafts:discard_set_aside", args=house.things["text set aside by tomas"])
    house.clients["ingrid"].post(url)
    assert set_aside_of(house.company.account("tomas")).exists()
    house.clients["tomas"].post(url)
    assert not set_aside_of(house.company.account("tomas")).exists()


# ── 2. Nothing typed is lost ─────────────────────────────────────────────────────────────────


def test_2_two_texts_are_both_kept_and_never_merged(house):
    tomas = house.company.account("tomas")
    set_aside_of(tomas).delete()
    for page in ("first", "second"):
        save_draft(by=tomas, key="note", typed=Typed({"text": [page]}, Mark(0, page, 1)))
    texts = {*draft_of(tomas, "note").fields["text"]}
    texts |= {text for kept in set_aside_of(tomas) for text in kept.fields["text"]}
    assert texts == {"first", "second"}


def test_2_a_refused_form_comes_back_with_what_was_typed(house):
    url = reverse("people:leave", args=[house.company.tomas.pk])
    typed = {"kind": "Moon landing", "from_on": "2026-13-45"}
    answer = house.clients["ingrid"].post(url, typed)
    assert answer.status_code == 422
    assert "Moon landing" in answer.content.decode()
    assert "2026-13-45" in answer.content.decode()


# ── 3. Nothing said is unsaid ────────────────────────────────────────────────────────────────


def test_3_a_record_is_neither_changed_nor_deleted(house):
    one = Record.objects.earliest("pk")
    for act in (one.save, one.delete, Record.objects.all().delete):
        with pytest.raises(Exception, match=r".+"):
            act()
    assert Record.objects.filter(pk=one.pk).exists()


def test_3_a_correction_says_what_stood_there_before(house):
    tomas = house.company.tomas
    known = {name: getattr(tomas, name) for name in Details.__slots__}
    changed = Details(**{**known, "location": "Leeds"})
    correct_details(by=house.company.viewer("ingrid"), employee=tomas, details=changed)
    latest = records_about(tomas.ref)[0].event
    assert (latest.before, latest.after) == ({"location": "Lisbon"}, {"location": "Leeds"})


# ── 5. One number, one source. 6. Every number explains itself ──────────────────────────────


@pytest.mark.parametrize("who", WORK_HERE)
def test_5_directory_chart_and_lines_count_the_same_people(house, who):
    viewer = house.company.viewer(who)
    in_directory = people.directory(viewer, viewer.today).count()
    heads = teams.with_team_sizes(viewer, teams.heads(viewer, viewer.today), viewer.today)
    assert in_directory == sum(1 + head.in_all for head in heads)


def test_6_the_number_of_posts_of_a_job_leads_to_these_posts(house):
    viewer = house.company.viewer("tomas")
    for job in organisation.jobs_with_numbers(viewer):
        shown = house.clients["tomas"].get(reverse("people:job", args=[job.pk]))
        assert len(shown.context["positions"]) == job.posts


# ── 7. The machine informs, people decide ────────────────────────────────────────────────────


def test_7_nothing_the_house_does_by_itself_decides_about_a_person(house):
    def facts() -> list[str]:
        return [str(list(model.objects.order_by("pk").values_list())) for model in FACTS]

    before = facts()
    for schedule in SCHEDULES.values():
        schedule.task.enqueue()
    run_waiting_jobs()
    assert facts() == before


def test_7_every_act_about_a_person_names_who_decided(house):
    deciding = [kind for kind in REGISTRY if kind.startswith("people.")]
    by_nobody = Record.objects.filter(kind__in=deciding).exclude(actor__startswith="employee:")
    founding = {"people.RoleGranted", "people.AccountConnected"}
    assert set(by_nobody.values_list("kind", flat=True)) <= founding


# ── 8. Time is real ──────────────────────────────────────────────────────────────────────────


def test_8_the_organisation_of_a_past_day_has_those_who_worked_here_then(house):
    last = house.company.rui.employments.get().until_on
    directory = reverse("people:directory")
    for day, is_there in ((last - timedelta(days=1), True), (last, False)):
        text = house.clients["ana"].get(directory, {"on": day.isoformat()}).content.decode()
        assert ("Rui Alves" in text) == is_there


def test_8_today_is_the_day_where_the_person_is(house, monkeypatch):
    tomas = house.company.tomas
    late = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: late)
    days = set()
    for zone in ("Pacific/Kiritimati", "Pacific/Honolulu"):
        tomas.time_zone = zone
        tomas.save()
        days.add(viewer_as(tomas).today.isoformat())
    assert days == {"2026-03-02", "2026-03-01"}


# ── 9. It can be told to anyone ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize("who", IN)
def test_9_each_can_take_away_all_that_is_known_about_him(house, who):
    one = house.company.people[who]
    file = json.loads(house.clients[who].get(reverse("own_data_file")).content)
    assert file["person"]["number"] == one.number
    for section, rows in {
        "posts": one.assignments,
        "leave": one.leaves,
        "pay": one.pays,
        "roles": one.role_grants,
        "employments": one.employments,
        "dotted lines": one.dotted_lines,
    }.items():
        assert len(file[section]) == rows.count(), section
    records = Record.objects.filter(subject=one.ref)
    untold = records.filter(kind__in=["reviews.RatingCalibrated", "reviews.RatingMadeFinal"])
    untold_yet = untold.count() if who == "mei" else 0  # hers are not shared with her yet
    assert len(file["records"]) == records.count() - untold_yet


def test_9_the_own_page_is_open_to_everybody_who_is_in(house):
    for who in IN:
        url = reverse("person", args=[house.company.people[who].pk])
        assert house.clients[who].get(url).status_code == 200


# ── and nobody acts beyond what he may, whichever way he comes ───────────────────────────────


@pytest.mark.parametrize("who", [who for who in IN if who not in {"ingrid", "fatima"}])
def test_an_action_refuses_whoever_the_page_refuses(house, who):
    with pytest.raises(PermissionDenied):
        set_pay(
            by=house.company.viewer(who),
            employee=house.company.tomas,
            amount=1,
            currency="EUR",
            on=house.company.today,
        )


def set_pay_of(house, key: str, amount: int) -> None:
    """Pay somebody so much from today on."""
    set_pay(
        by=house.company.viewer("ingrid"),
        employee=house.company.people[key],
        amount=amount,
        currency="EUR",
        on=house.company.today,
    )
