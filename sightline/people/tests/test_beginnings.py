"""A few people typed into a table: the rules, the action, the page."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some

from sightline.foundation.core.errors import Refused
from sightline.people import policies
from sightline.people.actions.beginnings import bring_in
from sightline.people.actions.roles import grant_role
from sightline.people.models import Assignment, Employee, Job, Position, ReportingLine, Role, Unit
from sightline.people.rules.beginnings import (
    Fault,
    Typed,
    Wrong,
    code_from,
    faults,
    from_the_top,
    in_circle,
)
from sightline.people.tests.importing import PEOPLE as FILE
from sightline.people.tests.importing import (
    SHEETS,
    bring,
    carry_out,
    found,
    seen,
    sentences,
    workbook,
)

ROWS = [
    Typed("Rui Alves", "Nurse", "Care", "rui@example.org", "Ana Ribeiro"),
    Typed("Hanna Rolf", "Director", "", "hr@example.org"),
    Typed("Ana Ribeiro", "Head of care", "Care", "ana@example.org", "hanna  ROLF"),
    Typed("Mei Chen", "Nurse", "care", "", "Ana Ribeiro"),
]


# ── Rules ────────────────────────────────────────────────────────────────────────────────────


def wrong_in(rows, **here) -> set[tuple[int, str, Wrong]]:
    found = faults(rows, names=here.get("names", {}), emails=here.get("emails", ()))
    return {(one.row, one.field, one.wrong) for one in found}


def test_a_good_table_has_no_faults():
    assert faults(ROWS, names={}, emails=()) == []


def test_everything_that_is_wrong_is_found_at_once():
    rows = [
        Typed("", "Nurse"),
        Typed("Ana", "", email="a@example.org"),
        Typed("Ben", "Nurse", email="A@example.org", manager="Nobody"),
        Typed("Cleo", "Nurse", email="taken@example.org", manager="cleo"),
        Typed("Dan", "Nurse", manager="Twin"),
        Typed("Twin", "Nurse"),
    ]
    assert wrong_in(rows, names={"twin": 1}, emails={"taken@example.org"}) == {
        (0, "name", Wrong.NAME_MISSING),
        (1, "post", Wrong.POST_MISSING),
        (1, "email", Wrong.EMAIL_TWICE),
        (2, "email", Wrong.EMAIL_TWICE),
        (2, "manager", Wrong.MANAGER_UNKNOWN),
        (3, "email", Wrong.EMAIL_TAKEN),
        (3, "manager", Wrong.MANAGER_IS_SELF),
        (4, "manager", Wrong.MANAGER_UNCLEAR),
    }


def test_a_circle_is_told_in_each_of_its_rows_and_in_no_other():
    rows = [Typed(name, "x", manager=above) for name, above in ("AB", "BA", "CA")]
    assert faults(rows, names={}, emails=()) == [
        Fault(0, "manager", Wrong.CIRCLE),
        Fault(1, "manager", Wrong.CIRCLE),
    ]


@given(some.lists(some.integers(0, 11), min_size=12, max_size=12))
def test_without_a_circle_everybody_comes_after_the_manager(chosen):
    managers = {row: above for row, above in enumerate(chosen) if above != row}
    if in_circle(managers):
        assert len(from_the_top(12, managers)) < 12
        return
    order = from_the_top(12, managers)
    assert sorted(order) == list(range(12))
    assert all(order.index(above) < order.index(row) for row, above in managers.items())


@given(some.text(max_size=60), some.sets(some.sampled_from(["CARE", "CARE-2", "X"])))
def test_a_code_is_short_and_free(words, taken):
    code = code_from(words, taken)
    assert code not in taken
    assert 0 < len(code) <= 24


# ── The action ───────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def founder(db):
    return found()


def begin(by, rows=ROWS, organisation="Linden House"):
    return bring_in(by=by, organisation=organisation, rows=rows, on=by.today)


def test_typed_people_are_in_with_posts_units_and_lines(founder):
    came = begin(founder)
    assert [one.name for one in came] == [row.name for row in ROWS]
    linden, care = Unit.objects.get(name="Linden House"), Unit.objects.get(name="Care")
    assert care.placements.get().parent == linden
    names = ("Hanna Rolf", "Ana Ribeiro", "Mei Chen")
    hanna, ana, mei = (Employee.objects.get(name=name) for name in names)
    assert hanna == founder.employee
    assert Assignment.objects.get(employee=mei).manager == ana
    assert ReportingLine.objects.filter(manager=hanna, depth__gt=0).count() == 3
    assert Position.objects.filter(title="Nurse").count() == 2
    assert Job.objects.filter(title="Nurse").count() == 1
    assert set(Position.objects.values_list("code", flat=True)) == {
        "DIRECTOR",
        "HEADOFCARE",
        "NURSE",
        "NURSE-2",
    }


def test_more_can_be_typed_later_under_those_who_are_here(founder):
    begin(founder)
    begin(seen(founder.account), [Typed("Tom Low", "Cook", "Kitchen", "", "Ana Ribeiro")], "")
    tom = Assignment.objects.get(employee__name="Tom Low")
    assert tom.manager.name == "Ana Ribeiro"
    assert tom.position.unit.placements.get().parent.name == "Linden House"
    assert Unit.objects.filter(name="Linden House").count() == 1


def test_all_or_nothing(founder):
    with pytest.raises(Refused, match="Nobody is called so"):
        begin(founder, [*ROWS, Typed("Eve", "Nurse", manager="Nobody")])
    assert not Unit.objects.exists()


def test_an_organisation_needs_a_name(founder):
    with pytest.raises(Refused) as refused:
        begin(founder, organisation="")
    assert refused.value.reasons[0][0] == "organisation"


def test_only_hr_administrators_type_people_in(company):
    with pytest.raises(PermissionDenied):
        begin(company.viewer("fatima"))


# ── The founder's own post ───────────────────────────────────────────────────────────────────


def test_the_founder_may_take_a_post_while_there_is_no_other_hr(founder):
    assert policies.may_take_own_post(founder)
    other = Employee.objects.create(number="9", name="Other")
    grant_role(by=founder, employee=other, role=Role.HR_ADMINISTRATOR, on=founder.today)
    assert not policies.may_take_own_post(founder)


def test_the_founder_takes_only_the_first_post(founder):
    begin(founder)
    assert not policies.may_take_own_post(seen(founder.account))


@pytest.mark.parametrize("key", ["ingrid", "fatima", "tomas", "ruth"])
def test_nobody_else_takes_a_post_by_himself(company, key):
    assert not policies.may_take_own_post(company.viewer(key))


def test_a_file_may_name_the_founder_among_the_first_people(founder):
    hanna = ["1", "Hanna Rolf", "hr@example.org", "P-2", "", 100, "2015-01-01"]
    rest = [row for row in FILE if row[0] != "10002"]
    rest = [[cell if cell != "10002" else "1" for cell in row] for row in rest]
    carry_out(founder, "everything", workbook(SHEETS | {"people": [*rest, hanna]}), name="a.xlsx")
    assert Assignment.objects.get(employee=founder.employee).position.code == "P-2"


def test_afterwards_nobody_changes_the_own_row_by_a_file(founder):
    begin(founder)
    imported = bring(seen(founder.account), "people", _own_row("Hanna R."))
    assert "Nobody changes their own file" in str(sentences(imported))


def _own_row(name: str) -> bytes:
    return b"number,name\n1," + name.encode()


# ── The page ─────────────────────────────────────────────────────────────────────────────────


def sent(rows, **more):
    """What the page sends."""
    fields = {"people-TOTAL_FORMS": "10", "people-INITIAL_FORMS": "0", "on": "2026-11-01"}
    for index, row in enumerate(rows):
        for name in ("name", "email", "post", "unit", "manager"):
            fields[f"people-{index}-{name}"] = getattr(row, name)
    return {"organisation": "Linden House", **fields, **more}


@pytest.fixture
def client(founder) -> Client:
    client = Client()
    client.force_login(founder.account)
    return client


def test_the_page_starts_with_oneself_and_ten_rows(client):
    page = client.get("/people/several/").content.decode()
    assert 'value="Hanna Rolf"' in page
    assert "people-9-name" in page


def test_the_page_takes_people_in(client):
    answer = client.post("/people/several/", sent(ROWS), follow=True)
    assert "4 people are in." in answer.content.decode()
    assert Assignment.objects.count() == 4
    assert "organisation" not in client.get("/people/several/").context["form"].fields


def test_the_page_says_all_that_is_wrong_at_once_and_keeps_what_was_typed(client):
    rows = [Typed("", "Nurse"), Typed("Ben", "", email="no address", manager="Nobody")]
    answer = client.post("/people/several/", sent(rows, organisation=""))
    assert answer.status_code == 422
    table = answer.context["table"]
    assert set(table[0].errors) == {"name"}
    assert set(table[1].errors) == {"post", "email", "manager"}
    assert set(answer.context["form"].errors) == {"organisation"}
    assert 'value="no address"' in answer.content.decode()
    assert not Unit.objects.exists()


def test_an_empty_table_is_refused(client):
    assert "at least one person" in client.post("/people/several/", sent([])).content.decode()
