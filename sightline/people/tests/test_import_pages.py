"""The pages of imports and exports, as people use them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sightline.foundation.exchange.models import Import
from sightline.foundation.exchange.tables import read
from sightline.foundation.identity.models import Account
from sightline.foundation.jobs.models import Job
from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.people.exchange import steps
from sightline.people.models import Employee
from sightline.people.tests.importing import (
    DAY,
    PEOPLE,
    bring,
    carry_out,
    csv,
    partner,
    people,
    workbook,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(settled):
    return signed_in(settled)


def signed_in(viewer):
    client = Client()
    client.force_login(viewer.account)
    return client


def upload(client, data, *, name="people.csv", kind="people", **more):
    file = SimpleUploadedFile(name, data)
    return client.post("/imports/", {"kind": kind, "file": file, "day": DAY.isoformat(), **more})


def newest():
    return Import.objects.latest("pk")


def page(client, suffix=""):
    return client.get(f"/imports/{newest().pk}/{suffix}")


def test_a_file_goes_from_upload_by_dry_run_to_import(client):
    answer = upload(client, csv(people(("10004", "name", "Rui Alves Costa"))))
    assert answer.status_code == 302
    assert "Being read" in page(client).content.decode()
    run_waiting_jobs()
    text = page(client).content.decode()
    assert "What would change" in text
    assert "<del><bdi>Rui Alves</bdi></del> → <ins><bdi>Rui Alves Costa</bdi></ins>" in text
    assert "Import 5 rows" in text
    client.post(f"/imports/{newest().pk}/completion/")
    run_waiting_jobs()
    assert "What was imported" in page(client).content.decode()
    assert Employee.objects.get(number="10004").name == "Rui Alves Costa"
    client.post(f"/imports/{newest().pk}/undoing/")
    run_waiting_jobs()
    assert "What was undone" in page(client).content.decode()
    assert Employee.objects.get(number="10004").name == "Rui Alves"


def test_the_bar_asks_again_until_the_work_is_done(client):
    upload(client, csv(PEOPLE))
    whole = page(client).content.decode()
    bar = page(client, "progress/").content.decode()
    for changing in ("Being read", "You can leave this page"):  # the bar alone is drawn anew
        assert whole.count(changing) == bar.count(changing) > 0
    assert f'data-polls="/imports/{newest().pk}/progress/"' in bar
    assert "<html" not in bar
    run_waiting_jobs()
    bar = page(client, "progress/").content.decode()
    assert "data-polls" not in bar
    assert "See the result" in bar


@pytest.mark.parametrize("stage", ["importing", "undoing"])
def test_work_that_was_given_up_can_be_tried_again(client, settled, stage):
    if stage == "importing":
        imported = bring(settled, "people", csv(people(("10004", "share", 60))))
        steps.ask_import(by=settled, imported=imported)
    else:
        imported = carry_out(settled, "people", csv(people(("10004", "share", 60))))
        steps.ask_undo(by=settled, imported=imported)
    Job.objects.filter(pk=imported.job).update(state=Job.State.FAILED)
    text = page(client).content.decode()
    assert "It could not be finished" in text
    assert "Try again" in text
    if stage == "undoing":
        client.post(f"/imports/{imported.pk}/undoing/")
        run_waiting_jobs()
        assert "What was undone" in page(client).content.decode()


def test_wrong_cells_are_shown_and_mended_in_the_page(client):
    upload(client, csv(people(("10004", "manager", "1003"))))
    run_waiting_jobs()
    text = page(client).content.decode()
    assert "Did you mean 10003, Mei Chen?" in text
    assert 'name="mend:people:5:manager"' in text
    assert "disabled" in text
    client.post(f"/imports/{newest().pk}/mends/", {"mend:people:5:manager": "10003"})
    run_waiting_jobs()
    assert "Did you mean" not in page(client).content.decode()


def test_columns_are_put_right_in_the_page(client):
    upload(client, csv([["Nr", "Whole name"], ["10003", "Mei C."]]))
    run_waiting_jobs()
    assert "The column “Number” is missing." in page(client).content.decode()
    text = page(client, "columns/").content.decode()
    assert "A: Nr (10003)" in text
    form = {
        "day": DAY.isoformat(),
        "column:people:number": "0",
        "column:people:name": "1",
        "encoding": "",
        "order": "",
    }
    assert client.post(f"/imports/{newest().pk}/columns/", form).status_code == 302
    run_waiting_jobs()
    assert "Mei C." in page(client).content.decode()
    form["column:people:name"] = ""
    assert client.post(f"/imports/{newest().pk}/columns/", form).status_code == 422


def test_what_cannot_be_a_table_is_refused_beside_the_field_and_input_kept(client):
    answer = upload(client, b"%PDF-1.7\x00\x01", missing_left="on")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "This is not a table" in text
    assert 'name="missing_left" checked' in text or "checked" in text
    assert not Import.objects.filter(file_name="people.csv").exists()


def test_a_file_of_50_mb_is_refused_with_a_sentence(client):
    answer = upload(client, b"x" * (50 * 1024 * 1024))
    assert answer.status_code == 422
    assert "The file has 50 MB; at most 20 MB can be read." in answer.content.decode()


def test_no_file_at_all_is_refused_with_a_sentence(client):
    assert client.post("/imports/", {"kind": "people", "day": "2026-02-30"}).status_code == 422


def test_a_refused_step_is_said_on_the_page(client, settled):
    imported = bring(settled, "people", csv(PEOPLE))
    answer = client.post(f"/imports/{imported.pk}/completion/", follow=True)
    assert "Nothing would change." in answer.content.decode()


def test_markup_in_a_name_is_shown_as_text(client):
    upload(client, csv(people(("10004", "name", "<script>alert(1)</script>"))))
    run_waiting_jobs()
    text = page(client).content.decode()
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_many_changes_come_in_pages(client, settled):
    lines = [["code", "name", "parent"]] + [[f"T{i:03}", f"Team {i}", "ACME"] for i in range(250)]
    imported = bring(settled, "units", csv(lines))
    text = client.get(f"/imports/{imported.pk}/").content.decode()
    assert "1 to 100 of 250" in text
    text = client.get(f"/imports/{imported.pk}/?act=new&page=3").content.decode()
    assert "201 to 250 of 250" in text
    assert client.get(f"/imports/{imported.pk}/?act=x&page=99999999999").status_code == 200


def test_a_page_of_changes_takes_the_same_queries_for_two_and_for_two_hundred(
    client, settled, django_assert_max_num_queries
):
    few = bring(settled, "units", csv([["code", "name"], ["T1", "One"], ["T2", "Two"]]))
    many = bring(
        settled, "units", csv([["code", "name"]] + [[f"T{i}", f"Team {i}"] for i in range(200)])
    )
    for imported in (few, many):
        with django_assert_max_num_queries(12):
            client.get(f"/imports/{imported.pk}/")


def test_templates_are_taken_and_read_back(client):
    answer = client.get("/imports/templates/people.xlsx")
    assert answer["Content-Disposition"] == 'attachment; filename="people-template.xlsx"'
    assert read(answer.content, "a.xlsx").headers[:2] == ("Number", "Name")
    assert client.get("/imports/templates/everything.csv").status_code == 404
    assert client.get("/imports/templates/secrets.csv").status_code == 404


def test_an_export_is_taken_by_a_button(client):
    assert client.get("/exports/people.csv").status_code == 405
    answer = client.post("/exports/people.csv")
    assert len(read(answer.content, "a.csv").rows) == 5
    assert answer["Cache-Control"] == "no-store"


def test_the_list_tells_what_was_brought(client, settled):
    carry_out(settled, "people", csv(people(("10004", "share", 60))), name="november.csv")
    text = client.get("/imports/").content.decode()
    assert "november.csv" in text
    assert "imported" in text


def test_who_is_not_in_hr_has_no_imports(settled):
    account = Account.objects.create_user("mei@example.org", None)
    Employee.objects.filter(number="10003").update(account=account)
    client = Client()
    client.force_login(account)
    imported = bring(settled, "people", csv(PEOPLE))
    for address in ("/imports/", f"/imports/{imported.pk}/", "/imports/templates/people.csv"):
        assert client.get(address).status_code == 403
    assert client.post("/exports/people.csv").status_code == 403


def test_a_partner_sees_the_own_imports_only_and_no_whole_organisation(settled):
    theirs = signed_in(partner("PLAT"))
    imported = bring(settled, "people", csv(PEOPLE))
    assert theirs.get(f"/imports/{imported.pk}/").status_code == 404
    assert theirs.post(f"/imports/{imported.pk}/undoing/").status_code == 404
    text = theirs.get("/imports/").content.decode()
    assert "whole organisation" not in text
    assert theirs.post("/exports/everything.xlsx").status_code == 404
    answer = upload(theirs, workbook(), name="a.xlsx", kind="everything")
    assert answer.status_code == 422


def test_another_administrator_sees_an_import_and_leaves_it_alone(settled):
    imported = bring(settled, "people", csv(people(("10004", "share", 60))))
    account = Account.objects.create_user("second@example.org", None)
    second = Employee.objects.create(number="3", name="Second", account=account)
    second.role_grants.create(role="hr_administrator", from_on="2010-01-01")
    client = Client()
    client.force_login(account)
    assert "Import 5 rows" not in client.get(f"/imports/{imported.pk}/").content.decode()
    assert client.post(f"/imports/{imported.pk}/completion/").status_code == 403
