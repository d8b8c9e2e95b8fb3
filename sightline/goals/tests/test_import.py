"""Goals from a spreadsheet, and as one: by the pages of imports, as HR sees them."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sightline.foundation.exchange.models import Import
from sightline.foundation.exchange.tables import Table, read, write_csv, write_xlsx
from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.foundation.ledger.models import Record
from sightline.foundation.notices.models import Notice
from sightline.goals.actions.closings import close_goal
from sightline.goals.actions.periods import close_period
from sightline.goals.models import Contribution, Goal
from sightline.goals.tests.making import a_period, agreed, drafted, fresh
from sightline.strategy.models import Objective

pytestmark = pytest.mark.django_db
HEAD = ["number", "unit", "period", "goal", "kind", "start", "target", "uom", "weight", "serves"]


def a_row(company, key, title="Answer within a day", **said):
    facts = {"number": company.people[key].number, "period": "This half", "goal": title}
    facts |= {"start": "60", "target": "95", "uom": "%", "weight": "30"} | said
    return [facts.get(name, "") for name in HEAD]


def bring(company, rows, name="goals.csv", key="ingrid", kind="goals"):
    """Bring a file by the page; the dry run's import."""
    data = write_csv(HEAD, rows) if name.endswith("csv") else write_xlsx(Table("G", HEAD, rows))
    file = SimpleUploadedFile(name, data)
    said = {"file": file, "kind": kind, "day": company.today.isoformat()}
    answer = company.client(key).post(reverse("people:imports"), said)
    if answer.status_code != 302:
        return answer
    run_waiting_jobs()
    return Import.objects.latest("pk")


def page(company, imported, key="ingrid", **asked):
    answer = company.client(key).get(reverse("people:import", args=[imported.pk]), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def act(company, name, imported, **said):
    company.client("ingrid").post(reverse(f"people:{name}", args=[imported.pk]), said)
    run_waiting_jobs()
    imported.refresh_from_db()
    return imported


def errors(imported):
    return [(one.row, one.column.partition(".")[2], one.sentence) for one in imported.cell_errors]


@pytest.mark.parametrize("name", ["goals.csv", "goals.xlsx"])
def test_goals_come_in_by_a_dry_run_and_both_sides_answer(company, period, name):
    objective = Objective.objects.filter(strategy__stage="in_force")[0]
    rows = [
        a_row(company, "mei", serves=objective.title),
        a_row(company, "tomas", "Done or not", start="", target="", uom=""),
        a_row(company, "mei", "The team as a whole", number="", unit="PLAT"),
    ]
    imported = bring(company, rows, name)
    text = page(company, imported)
    assert "Import 3 rows" in text
    assert "Answer within a day" in text
    assert not Goal.objects.exists()
    act(company, "import_completion", imported)
    assert imported.state == "imported"
    goal = Goal.objects.get(employee=company.mei)
    assert (goal.stage, goal.turn, goal.target_value) == ("proposed", "owner", Decimal(95))
    assert Contribution.objects.get().objective == objective
    assert Goal.objects.get(employee=company.tomas).kind == "yes_no"
    assert Goal.objects.get(unit=company.units["PLAT"]).turn == "owner"
    assert Notice.objects.filter(account=company.account("mei")).exists()
    accept = reverse("goals:accept", args=[goal.pk])
    answer = company.client("mei").post(accept, {"sent": "1"}, follow=True)
    assert "It is agreed when the other side has, too." in answer.content.decode()
    assert (fresh(goal).stage, fresh(goal).turn) == ("proposed", "lead")
    run_waiting_jobs()
    assert Notice.objects.filter(account=company.account("ana")).exists()
    answer = company.client("ana").post(accept, {"sent": "1"}, follow=True)
    assert "It is agreed." in answer.content.decode()
    assert fresh(goal).stage == "agreed"


def test_the_same_file_again_names_what_is_there_and_writes_nothing(company, period):
    rows = [a_row(company, "mei"), a_row(company, "tomas")]
    act(company, "import_completion", bring(company, rows))
    again = bring(company, [*rows, a_row(company, "mei", "  answer   WITHIN a day ")])
    assert errors(again) == [(4, "title", "Row 2 has this already.")]
    again = bring(company, rows)
    text = page(company, again)
    assert "There already" in text
    assert "Everything in the file is so already." in text
    act(company, "import_completion", again)
    assert (again.state, Goal.objects.count()) == ("dry run", 2)
    more = bring(company, [*rows, a_row(company, "sara")])
    assert "Answer within a day" in page(company, more, act="same")
    act(company, "import_completion", more)
    assert Goal.objects.count() == 3


def test_every_fault_is_told_with_its_row_and_column_and_mended_on_the_page(company, period):
    ended = a_period(company, name="Closed", from_on=company.calendar.days(-9))
    close_period(by=company.viewer("ingrid"), period=ended)
    rows = [
        a_row(company, "mei", number="nobody"),
        a_row(company, "mei", "b", number="", unit="NONE"),
        a_row(company, "mei", "c", unit="PLAT"),
        a_row(company, "mei", "d", number=""),
        a_row(company, "mei", "e", period="Next century"),
        a_row(company, "mei", "f", period="Closed"),
        a_row(company, "mei", "g", target="60"),
        a_row(company, "mei", "h", target="1e308"),
        a_row(company, "mei", "i", target="123456789012345"),
        a_row(company, "mei", "j", weight="101"),
        a_row(company, "mei", "k", weight="2.5"),
        a_row(company, "mei", "l", kind="guess"),
        a_row(company, "mei", "m", serves="Nothing of ours"),
        a_row(company, "mei", "n", uom=""),
        a_row(company, "mei", "o" * 161),
        a_row(company, "mei", "p", start=""),
        a_row(company, "mei", ""),
        a_row(company, "mei", "fine"),
    ]
    imported = bring(company, rows)
    found = errors(imported)
    wanted = ["number", "unit", "number", "number", "period", "period", "target", "target"]
    wanted += ["target", "weight", "weight", "kind", "serves", "unit_of_number", "title", "start"]
    told = sorted((row, column) for row, column, _sentence in found)
    assert told == list(enumerate([*wanted, "title"], start=2))
    assert "nothing would have to move" in page(company, imported)
    several = a_row(company, "mei", serves="Nothing", target="60", weight="many", start="much")
    faults = errors(bring(company, [several]))
    assert sorted(column for _row, column, _said in faults) == ["serves", "start", "weight"]
    act(company, "import_completion", imported)
    assert not Goal.objects.exists()
    one = bring(company, [a_row(company, "mei", target="60"), a_row(company, "tomas")])
    act(company, "import_mends", one, **{"mend:goals:2:target": "80,5"})
    assert errors(one) == []
    act(company, "import_completion", one)
    assert Goal.objects.get(employee=company.mei).target_value == Decimal("80.5")


def test_leavers_units_without_a_lead_and_names_that_mean_two_are_told(company, period):
    ana, leo = company.viewer("ana"), company.viewer("leo")
    for key in ("ana", "leo"):
        agreed(ana, leo, period, title="Twice", unit=company.units["PLAT"])
        Goal.objects.filter(title="Twice").update(title=f"Twice{key}")
    Goal.objects.update(title="Twice")
    rows = [
        a_row(company, "mei", number=company.rui.number),
        a_row(company, "mei", "b", serves="twice"),
    ]
    found = errors(bring(company, rows))
    assert "does not work here" in found[0][2]
    assert "Several are called so" in found[1][2]


def test_a_goal_serves_one_of_the_same_period(company, period):
    ana, leo = company.viewer("ana"), company.viewer("leo")
    shared = agreed(ana, leo, period, title="Two regions", unit=company.units["PLAT"])
    imported = bring(company, [a_row(company, "mei", serves="two Regions")])
    act(company, "import_completion", imported)
    assert Contribution.objects.get().parent == shared
    assert fresh(shared).rolled_percent is None


def test_what_goes_out_comes_back_as_it_is(company, period):
    ana, leo = company.viewer("ana"), company.viewer("leo")
    shared = agreed(ana, leo, period, title="=1+1", unit=company.units["PLAT"])
    mine = agreed(company.viewer("mei"), ana, period, title="@SUM", measured_by="+49 30")
    drafted(company.viewer("mei"), period, title="A draft of hers")
    private = agreed(company.viewer("mei"), ana, period, title="Hers", visibility="private")
    client = company.client("ingrid")
    for file_format in ("csv", "xlsx"):
        answer = client.post(reverse("people:export", args=["goals", file_format]))
        assert answer.status_code == 200
        data = answer.content
        sheet = read(data, f"goals.{file_format}")
        titles = {row.cells[3] for row in sheet.rows}
        assert {shared.title, mine.title} <= titles
        assert private.title not in titles
        assert "A draft of hers" not in titles
        if file_format == "csv":
            assert "'=1+1" in data.decode("utf-8-sig")
        file = SimpleUploadedFile(f"goals.{file_format}", BytesIO(data).read())
        said = {"file": file, "kind": "goals", "day": company.today.isoformat()}
        client.post(reverse("people:imports"), said)
        run_waiting_jobs()
        back = Import.objects.latest("pk")
        assert (errors(back), back.counts["new"], back.counts["same"]) == ([], 0, len(sheet.rows))
    template = client.get(reverse("people:import_template", args=["goals", "xlsx"]))
    assert read(template.content, "t.xlsx").headers[3] == "Goal"


def test_an_import_is_taken_back_while_nobody_has_answered(company, period):
    imported = act(company, "import_completion", bring(company, [a_row(company, "mei")]))
    act(company, "import_undoing", imported)
    assert (imported.state, Goal.objects.count()) == ("undone", 0)
    assert Record.objects.filter(kind__endswith="GoalImportUndone").exists()
    imported = act(company, "import_completion", bring(company, [a_row(company, "mei")]))
    close_goal(by=company.viewer("mei"), goal=Goal.objects.get(), outcome="dropped", words="No.")
    act(company, "import_undoing", imported)
    assert imported.state == "imported"
    assert "was answered since" in page(company, imported)


def test_only_hr_administrators_bring_goals(company, period):
    assert (
        'value="goals"' in company.client("ingrid").get(reverse("people:imports")).content.decode()
    )
    partner = company.client("fatima").get(reverse("people:imports")).content.decode()
    assert 'value="goals"' not in partner
    assert bring(company, [a_row(company, "mei")], key="fatima").status_code == 422
    answer = company.client("fatima").post(reverse("people:export", args=["goals", "csv"]))
    assert answer.status_code == 404
