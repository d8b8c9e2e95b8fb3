"""The rules of docs/decisions/0005: who exists for whom, and whose file is open to whom."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sightline.people import policies
from sightline.people.models import Assignment, Employee, Pay, Position
from sightline.people.queries import files, organisation, people, roles, teams
from sightline.people.queries.people import employees_seen_by, person_seen_by
from sightline.people.viewer import viewer_of

pytestmark = pytest.mark.django_db

VIEWERS = ["tomas", "ana", "leo", "mei", "yusuf", "ingrid", "fatima", "nkechi", "ruth", "samuel"]

SEEN_BY = {
    "tomas": {*VIEWERS} - {"samuel"},
    "rui": {"ana", "leo", "nkechi", "ingrid", "fatima"},
    "priya": {"ana", "leo", "nkechi", "ingrid", "fatima"},
    "samuel": {"ingrid", "nkechi", "samuel"},
}
FILE_OPEN_TO = {
    "tomas": {"tomas", "ana", "leo", "nkechi", "ingrid", "fatima"},
    "rui": {"ana", "leo", "nkechi", "ingrid", "fatima"},
    "yusuf": {"yusuf", "nkechi", "ingrid"},
    "ingrid": {"ingrid", "nkechi"},
    "leo": {"leo", "nkechi", "ingrid", "fatima"},
}


@pytest.mark.parametrize("whom", SEEN_BY)
@pytest.mark.parametrize("who", VIEWERS)
def test_who_exists_for_whom(company, who, whom):
    viewer, employee = company.viewer(who), company.people[whom]
    expected = who in SEEN_BY[whom]
    assert employees_seen_by(viewer).filter(pk=employee.pk).exists() == expected
    assert (person_seen_by(viewer, employee.pk, viewer.today) is not None) == expected


@pytest.mark.parametrize("who", VIEWERS)
def test_the_page_of_a_person_and_the_list_agree_on_who_exists(company, who):
    viewer = company.viewer(who)
    listed = set(employees_seen_by(viewer))
    for employee in Employee.objects.all():
        assert bool(person_seen_by(viewer, employee.pk, viewer.today)) == (employee in listed)


@pytest.mark.parametrize("whom", FILE_OPEN_TO)
@pytest.mark.parametrize("who", VIEWERS)
def test_whose_file_is_open_to_whom(company, who, whom):
    viewer, employee = company.viewer(who), company.people[whom]
    expected = who in FILE_OPEN_TO[whom]
    assert bool(policies.may_read_file(viewer, employee)) == expected
    assert bool(policies.may_read_pay(viewer, employee)) == expected
    seen = person_seen_by(viewer, employee.pk, viewer.today)
    assert bool(seen and seen.file_open) == expected
    if seen:
        pays = Pay.objects.filter(employee=employee)
        assert len(files.pays(seen)) == (pays.count() if expected else 0)


@pytest.mark.parametrize("who", VIEWERS)
def test_the_file_is_never_open_to_one_for_whom_the_person_does_not_exist(company, who):
    viewer = company.viewer(who)
    open_to = set(Employee.objects.filter(policies.file_open_to(viewer)))
    assert open_to <= set(employees_seen_by(viewer))


@pytest.mark.parametrize("who", VIEWERS)
def test_the_question_and_the_list_agree_on_who_may_be_changed(company, who):
    viewer = company.viewer(who)
    listed = set(Employee.objects.filter(policies.in_hands_of(viewer)))
    for employee in Employee.objects.all():
        assert bool(policies.may_change_employee(viewer, employee)) == (employee in listed)


def test_a_leaver_has_no_viewer_and_a_stranger_to_the_house_sees_himself(company):
    assert viewer_of(company.account("rui")) is None
    assert set(employees_seen_by(company.viewer("samuel"))) == {company.samuel}


def test_reasons_of_a_move_are_for_the_file_only(company):
    def reasons(who):
        viewer = company.viewer(who)
        seen = person_seen_by(viewer, company.tomas.pk, viewer.today)
        return {stay.reason for stay in files.stays(viewer, seen)} - {""}

    assert reasons("ana")
    assert not reasons("yusuf")


def test_days_to_come_are_for_those_who_may_know_plans(company):
    tomorrow = company.today + timedelta(days=30)
    for who in ("tomas", "mei", "yusuf", "samuel"):
        assert not policies.may_look_at(company.viewer(who), tomorrow), who
    for who in ("ana", "leo", "ingrid", "fatima", "nkechi"):
        assert policies.may_look_at(company.viewer(who), tomorrow), who
    seen = people.directory(company.viewer("ana"), tomorrow)
    names = set(seen.values_list("employee__name", flat=True))
    assert "Priya Nair" in names
    assert "Yusuf Demir" not in names


def test_the_directory_of_a_past_day_leaves_out_those_who_left_since(company):
    past = company.today - timedelta(days=120)
    names = {
        who: set(
            people.directory(company.viewer(who), past).values_list("employee__name", flat=True)
        )
        for who in ("tomas", "ana")
    }
    assert "Rui Alves" in names["ana"]
    assert "Rui Alves" not in names["tomas"]


def test_search_and_pickers_find_only_whom_the_viewer_sees(company):
    assert not people.found_people(company.viewer("tomas"), "rui")
    assert not people.pickable(company.viewer("tomas"), "rui")
    assert people.pickable(company.viewer("ana"), "rui")
    assert not people.pickable(company.viewer("ana"), "rui", staying=True)
    assert people.pickable(company.viewer("ana"), "tomas", staying=True)
    assert [
        row.employee for row in people.found_people(company.viewer("tomas"), "SILVA tomas")
    ] == [company.tomas]


def test_the_chart_holds_no_more_than_the_directory(company):
    viewer = company.viewer("tomas")
    heads = list(teams.heads(viewer, viewer.today))
    assert [row.employee for row in heads] == [company.nkechi]
    below = teams.everybody_under(viewer, company.nkechi, viewer.today)
    assert set(below) <= set(people.directory(viewer, viewer.today))


def test_the_numbers_in_the_chart_count_everybody_below_once(company):
    viewer = company.viewer("tomas")
    (head,) = teams.with_team_sizes(viewer, teams.heads(viewer, viewer.today), viewer.today)
    assert head.in_all == people.directory(viewer, viewer.today).count() - 1


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("ingrid", True),
        ("fatima", True),
        ("ana", True),
        ("tomas", True),
        ("mei", False),
        ("yusuf", False),
    ],
)
def test_who_reads_what_a_post_pays(company, who, reads):
    post = Assignment.objects.on(company.today).get(employee=company.tomas).position
    assert bool(policies.may_read_pay_range(company.viewer(who), post)) == reads


def test_an_auditor_from_outside_sees_no_organisation(company):
    viewer = company.viewer("samuel")
    assert not policies.may_read_directory(viewer)
    assert not organisation.units_seen_by(viewer, viewer.today)
    assert not organisation.jobs_seen_by(viewer)
    assert organisation.position_seen_by(viewer, Position.objects.first().pk) is None


def test_units_and_posts_to_come_are_for_those_who_plan(company):
    post = Position.objects.first()
    Position.objects.filter(pk=post.pk).update(from_on=company.today + timedelta(days=9))
    assert organisation.position_seen_by(company.viewer("tomas"), post.pk) is None
    assert organisation.position_seen_by(company.viewer("fatima"), post.pk)


def test_roles_are_listed_for_those_who_look_after_them(company):
    assert not roles.grants_seen_by(company.viewer("tomas"))
    listed = set(roles.grants_seen_by(company.viewer("ruth")).values_list("role", flat=True))
    assert listed <= {"hr_administrator", "auditor", "system_administrator"}


def test_whom_the_chart_does_not_draw_it_counts(company, monkeypatch):
    monkeypatch.setattr(teams, "CHART_BREADTH", 2)
    client = company.client("ana")
    below = teams.reports_of(company.viewer("ana"), company.nkechi, company.today).count()
    words = f"and {below - 2} more, in the directory"
    for address in ("/chart/", f"/chart/?top={company.nkechi.pk}", branch_of(company.nkechi)):
        assert words in client.get(address).text
    monkeypatch.setattr(teams, "CHART_BREADTH", 500)
    assert "in the directory" not in client.get("/chart/").text


def test_of_many_heads_none_loses_a_report(company, monkeypatch):
    viewer = company.viewer("ana")
    sized = teams.reports_of(viewer, company.nkechi, viewer.today)
    rows = list(teams.with_team_sizes(viewer, sized, viewer.today))
    monkeypatch.setattr(teams, "CHART_BREADTH", 3 * len(rows))
    drawn = teams.first_reports(viewer, viewer.today, rows)
    for row in rows:
        assert len(drawn.get(row.employee_id, ())) in {0, row.direct}


def branch_of(manager):
    return reverse("people:branch", args=[manager.pk])


@pytest.mark.parametrize("address", ["/people/pick/", "/positions/pick/", "/units/pick/"])
def test_a_picker_is_asked_with_words_that_every_database_takes(company, address):
    with CaptureQueriesContext(connection) as asked:
        answer = company.client("ana").get(address, {"q": "\x00a\x00"})
    assert answer.status_code == 200
    assert not any("\x00" in query["sql"] for query in asked)
