"""A file with mistakes on its way into the house and out again, as HR sees it in a browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from sightline.foundation.exchange.models import Import
from sightline.foundation.exchange.tables import write_csv
from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.people.models import Assignment, Employee
from tests.browser.reading import findings, in_the_dark, wider_than_window

PHONE = {"width": 390, "height": 844}
HEAD = ["number", "name", "place of work", "position", "manager", "share", "starts on"]


@pytest.fixture
def page(page_as, company) -> Page:
    """A page of Ingrid's."""
    return page_as(company.account("ingrid"), reduced_motion="reduce")


def new_people(company) -> list[list[str]]:
    """A change that can be, and two mistakes in each of two rows."""
    lead = company.ana.number
    return [
        HEAD,
        [company.tomas.number, "Tomás Silva", "Porto", "PLAT-IMPORT", lead, "100", ""],
        ["10701", "Beatriz Neves", "Lisbon", "PLAT-PMM", "99999", "100", "2026-12-01"],
        [company.kofi.number, "Kofi Owusu", "Remote, Berlin", "PLAT-FEEED", lead, "much", ""],
    ]


def bring(page: Page, rows: list[list[str]]) -> None:
    """Choose a file and have it read."""
    page.goto("/imports/")
    file = {"name": "new.csv", "mimeType": "text/csv", "buffer": write_csv(rows[0], rows[1:])}
    page.get_by_label("File", exact=True).set_input_files(files=[file])
    page.get_by_label("People", exact=True).check()
    page.get_by_role("button", name="Show what would change").press("Enter")
    see_the_result(page)


def see_the_result(page: Page) -> None:
    """Wait as one does: the work is done meanwhile, and the page says so by itself."""
    expect(page.get_by_text("You can leave this page")).to_be_visible()
    run_waiting_jobs()
    page.get_by_role("link", name="See the result").press("Enter")


def test_all_mistakes_are_shown_at_once_mended_imported_and_taken_back(page, company):
    bring(page, new_people(company))
    mend = page.get_by_role("textbox")
    expect(page.get_by_role("row", name="Beatriz Neves")).to_have_count(2)
    expect(page.get_by_role("row", name="Kofi Owusu")).to_have_count(2)
    assert mend.count() == 4
    expect(page.get_by_role("button", name="Import", exact=False).first).to_be_disabled()

    page.get_by_label("Position of row 3").fill("PLAT-PM")
    page.get_by_label("Manager of row 3").fill(company.ana.number)
    page.get_by_label("Position of row 4").fill("PLAT-FEED")
    page.get_by_label("Share of full time % of row 4").fill("80")
    page.get_by_role("button", name="Read it again with these cells").press("Enter")
    see_the_result(page)
    expect(page.get_by_text("Nothing is imported while")).to_have_count(0)
    changed = page.get_by_role("row", name="Tomás Silva")
    expect(changed.locator("del")).to_have_text("Lisbon")
    expect(changed.locator("ins")).to_have_text("Porto")
    assert not Employee.objects.filter(number="10701").exists(), "a dry run changes nothing"

    page.get_by_role("button", name="Import 3 rows").press("Enter")
    see_the_result(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("What was imported")
    beatriz = Assignment.objects.get(employee__number="10701")
    assert (beatriz.position.code, beatriz.manager) == ("PLAT-PM", company.ana)

    page.get_by_role("button", name="Undo the import").press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="Undo the import").press("Enter")
    see_the_result(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("What was undone")
    assert not Assignment.objects.filter(employee__number="10701").exists()
    company.tomas.refresh_from_db()
    assert company.tomas.location == "Lisbon"


def test_every_stage_of_an_import_can_be_read_in_light_and_dark_and_on_a_phone(page, company):
    faults = []

    def look(stage: str) -> None:
        page.set_viewport_size({"width": 1280, "height": 900})
        found = [*findings(page), *in_the_dark(page)]
        page.set_viewport_size(PHONE)
        found += [wider] if (wider := wider_than_window(page)) else []
        faults.extend(f"{stage}: {fault}" for fault in found)

    rows = new_people(company)
    bring(page, rows)
    look("errors")
    page.get_by_role("link", name="Change columns").click()
    look("columns")
    bring(page, rows[:2])
    look("dry run")
    page.get_by_role("button", name="Import 1 row").click()
    look("working")
    see_the_result(page)
    look("imported")
    bring(page, rows[:2])
    look("nothing would change")
    page.goto("/imports/")
    expect(page.get_by_role("link", name="new.csv")).to_have_count(Import.objects.count())
    look("files")
    assert not faults, "\n".join(faults)
