"""Values of measures from a spreadsheet, and as one: by the pages of imports, as HR sees them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sightline.foundation.exchange.models import Import
from sightline.foundation.exchange.tables import Table, read, write_csv, write_xlsx
from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.foundation.ledger.models import Record
from sightline.strategy.actions import measures
from sightline.strategy.actions.measures import MeasureFacts
from sightline.strategy.models import Actual, Measure, Strategy

pytestmark = pytest.mark.django_db
HEAD = ["objective", "measure", "date", "value"]


@pytest.fixture
def measure(objective):
    """A measure of Leo's objective."""
    return objective.measures.first()


def bring(company, rows, name="values.csv", key="ingrid"):
    """Bring a file by the page; the dry run's import."""
    data = write_csv(HEAD, rows) if name.endswith("csv") else write_xlsx(Table("V", HEAD, rows))
    said = {
        "file": SimpleUploadedFile(name, data),
        "kind": "actuals",
        "day": company.today.isoformat(),
    }
    answer = company.client(key).post(reverse("people:imports"), said)
    if answer.status_code != 302:
        return answer
    run_waiting_jobs()
    return Import.objects.latest("pk")


def act(company, name, imported):
    company.client("ingrid").post(reverse(f"people:{name}", args=[imported.pk]))
    run_waiting_jobs()
    imported.refresh_from_db()
    return imported


def faults(imported):
    return [(one.row, one.column.partition(".")[2], one.sentence) for one in imported.cell_errors]


def days(company, count):
    """The last days, none of which has a value yet."""
    Actual.objects.filter(on__gte=company.today - timedelta(days=count)).delete()
    return [company.today - timedelta(days=back) for back in range(count)]


def value_on(measure, day):
    row = Actual.objects.filter(measure=measure, on=day).order_by("-pk").first()
    return row and row.value


@pytest.mark.parametrize("name", ["values.csv", "values.xlsx"])
def test_values_come_in_by_a_dry_run_and_go_again(company, measure, name, last_sentence):
    today, yesterday = days(company, 2)
    measures.record_actual(
        by=company.viewer("nkechi"), measure=measure, on=yesterday, value=Decimal(7)
    )
    rows = [
        [measure.objective.code, measure.name.upper(), str(today), "12.5"],
        [measure.objective.title, measure.name, str(yesterday), "8"],
    ]
    imported = bring(company, rows, name)
    page = company.client("ingrid").get(reverse("people:import", args=[imported.pk]))
    assert "Import 2 rows" in page.content.decode()
    assert value_on(measure, today) is None
    assert imported.counts["new"] == imported.counts["changed"] == 1
    act(company, "import_completion", imported)
    assert value_on(measure, today) == Decimal("12.5")
    assert value_on(measure, yesterday) == 8
    assert last_sentence().startswith("imported values of measures: 1 new, 1 changed")
    act(company, "import_undoing", imported)
    assert imported.state == "undone"
    assert value_on(measure, today) is None
    assert value_on(measure, yesterday) == 7
    told = Record.objects.filter(kind__endswith="ActualTakenBack").count()
    assert told == 2


def test_all_faults_of_all_rows_are_told_at_once(company, measure):
    [today] = days(company, 1)
    measure.baseline_on = today - timedelta(days=30)
    measure.save()
    code, name = measure.objective.code, measure.name
    rows = [
        [code, name, str(today + timedelta(days=1)), "1"],
        [code, name, str(today - timedelta(days=31)), "1e308"],
        [code, "Nothing of the kind", str(today), "1"],
        ["O999", name, str(today), "1"],
        [code, name, str(today), "1.23456"],
        [code, name, str(today), "-3"],
        [code, name, str(today), "4"],
        [code, "", "", ""],
    ]
    said = faults(bring(company, rows))
    assert (2, "on", "That day is yet to come.") in said
    assert (3, "on", "The baseline was measured later than that.") in said
    assert (4, "measure", "The strategy in force has no measure of this name.") in said
    assert (5, "objective", "This objective has no measure of this name.") in said
    assert (8, "on", "Row 7 has this day already.") in said
    wrong = {(row, column) for row, column, _sentence in said}
    assert wrong >= {(3, "value"), (6, "value"), (9, "measure"), (9, "on"), (9, "value")}
    assert not any(row == 7 for row, _column in wrong)
    assert value_on(measure, today) is None


def test_a_name_that_two_objectives_have_asks_which(company, measure, head, strategy):
    other = strategy.objectives.exclude(pk=measure.objective_id).first()
    facts = MeasureFacts(measure.name, "up", "lag", measure.baseline_on, baseline=Decimal(1))
    measures.add_measure(by=head, objective=other, facts=facts)
    [today] = days(company, 1)
    [(_row, column, sentence)] = faults(bring(company, [["", measure.name, str(today), "1"]]))
    assert column == "objective"
    assert other.code in sentence


def test_what_stands_already_stays_and_a_later_correction_is_not_lost(company, measure):
    today, yesterday = days(company, 2)
    by = company.viewer("nkechi")
    measures.record_actual(by=by, measure=measure, on=yesterday, value=Decimal(7))
    rows = [["", measure.name, str(yesterday), "7.0"], ["", measure.name, str(today), "9"]]
    imported = act(company, "import_completion", bring(company, rows))
    assert Actual.objects.filter(measure=measure, on=yesterday).count() == 1
    measures.record_actual(by=by, measure=measure, on=today, value=Decimal(10))
    act(company, "import_undoing", imported)
    assert imported.state == "imported"
    assert "corrected since the import" in " ".join(imported.notes)
    assert value_on(measure, today) == 10


def test_a_strategy_followed_by_another_takes_no_values(company, measure):
    [today] = days(company, 1)
    imported = bring(company, [["", measure.name, str(today), "9"]])
    Strategy.objects.filter(pk=measure.objective.strategy_id).update(stage="superseded")
    act(company, "import_completion", imported)
    assert imported.state != "imported"
    assert value_on(measure, today) is None


def test_values_go_out_and_come_back_the_same(company):
    url = reverse("people:export", args=["actuals", "csv"])
    sheet = read(company.client("ingrid").post(url).content, "values.csv")
    known = Measure.objects.filter(objective__strategy__stage="in_force").distinct()
    assert {row.cells[1] for row in sheet.rows} <= set(known.values_list("name", flat=True))
    imported = bring(company, [list(row.cells) for row in sheet.rows])
    assert not imported.cell_errors
    assert imported.counts["same"] == len(sheet.rows) > 0


def test_only_hr_administrators_bring_and_carry_values(company, measure):
    [today] = days(company, 1)
    rows = [["", measure.name, str(today), "9"]]
    assert getattr(bring(company, rows, key="leo"), "status_code", 0) == 403
    answer = bring(company, rows, key="fatima")
    assert getattr(answer, "status_code", 0) in {403, 422}
    url = reverse("people:export", args=["actuals", "csv"])
    assert company.client("fatima").post(url).status_code in {403, 404}
    assert value_on(measure, today) is None
