"""Journeys through the product as people make them: by keyboard, in a hurry, with stale tabs."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from sightline.foundation.drafts.models import Draft
from sightline.people.models import Assignment, Employee, Leave, Responsibility


@pytest.fixture
def as_one(page_as, company):
    """A page of one of the cast."""

    def make(key: str, **options) -> Page:
        return page_as(company.account(key), reduced_motion="reduce", **options)

    return make


def choose(page: Page, label: str, words: str, option: str) -> None:
    """Find somebody or something by typing, and take it by the keyboard alone."""
    field = page.get_by_role("combobox", name=label)
    field.focus()
    page.keyboard.type(words)
    expect(page.get_by_role("option", name=option)).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field).to_have_value(option)


def choose_act(page: Page, act: str) -> None:
    """Open what may be done about a person, and go there by the keyboard alone."""
    page.locator("summary", has_text="Change").press("Enter")
    page.get_by_role("link", name=act).press("Enter")


def send(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).press("Enter")


def test_hr_hires_moves_grants_leave_and_ends_by_keyboard(as_one, company):
    page, today = as_one("ingrid"), company.today
    page.goto(f"/positions/{company.positions['PLAT-PM'].pk}/")
    choose_act(page, "Hire somebody into it")
    expect(page.get_by_role("combobox", name="Position")).to_have_value("Product manager")
    page.get_by_label("Name", exact=True).fill("Inês Prado")
    page.get_by_label("Number", exact=True).fill("20001")
    choose(page, "Manager", "ana rib", "Ana Ribeiro")
    send(page, "Hire")
    expect(page.get_by_text("Inês Prado is in.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Inês Prado")

    choose_act(page, "Move to another position")
    choose(page, "Position", "DATA-LEAD", "Data lead")
    page.get_by_label("From").fill((today + timedelta(days=30)).isoformat())
    send(page, "Move")
    expect(page.locator(".main-notes")).to_contain_text("Data lead, Data")

    choose_act(page, "Record a leave")
    page.get_by_label("Kind of leave").fill("Study")
    page.get_by_label("First day away").fill((today + timedelta(days=3)).isoformat())
    page.get_by_label("Back on").fill((today + timedelta(days=9)).isoformat())
    send(page, "Record the leave")
    expect(page.get_by_text("Done: Record a leave.")).to_be_visible()

    choose_act(page, "End the employment")
    page.get_by_label("First day without this person").fill(
        (today + timedelta(days=20)).isoformat()
    )
    send(page, "End the employment")
    expect(page.locator(".note--warn")).to_contain_text("Leaves on")

    ines = Employee.objects.get(number="20001")
    assert ines.employments.get().until_on == today + timedelta(days=20)
    assert Leave.objects.get(employee=ines).from_on == today + timedelta(days=3)
    assert (
        Assignment.objects.filter(employee=ines, until_on__gt=today + timedelta(days=20)).count()
        == 0
    )


def test_a_refused_form_keeps_every_word_and_then_succeeds(as_one, company):
    page, post = as_one("ana"), company.positions["PLAT-IMPORT"]
    page.goto(f"/positions/{post.pk}/")
    page.get_by_role("link", name="Write responsibilities").click()
    rows = page.locator(".duty")
    rows.nth(0).get_by_label("Weight, %").fill("30")
    rows.nth(3).get_by_label("Responsibility").fill("Files that explain themselves")
    rows.nth(3).get_by_label("Standard of good performance").fill("A partner mends his own file.")
    send(page, "Save")
    expect(page.get_by_role("alert")).to_contain_text("Give it a weight")
    expect(rows.nth(3).get_by_label("Responsibility")).to_have_value(
        "Files that explain themselves"
    )
    rows.nth(3).get_by_label("Weight, %").fill("0")
    rows.nth(3).get_by_label("Weight, %").fill("5")
    send(page, "Save")
    expect(page.get_by_role("alert")).to_contain_text("The weights add up to 95%")
    written = rows.nth(3).get_by_label("Standard of good performance")
    expect(written).to_have_value("A partner mends his own file.")
    rows.nth(3).get_by_label("Weight, %").fill("10")
    send(page, "Save")
    page.wait_for_url(f"**/positions/{post.pk}/")
    expect(page.get_by_role("row", name="Files that explain themselves")).to_contain_text("10%")
    held = Responsibility.objects.on(company.today).filter(position=post)
    assert sum(duty.weight_percent for duty in held) == 100


def test_a_stale_tab_is_told_and_loses_nothing(as_one, company):
    tomas, first = company.tomas, as_one("ingrid")
    second = first.context.new_page()
    for page in (first, second):
        page.goto(f"/people/{tomas.pk}/details/")
    first.get_by_label("Place of work").fill("Porto")
    send(first, "Save")
    expect(first.locator("[data-toast]")).to_be_visible()
    second.get_by_label("Called").fill("Tom")
    dialog = second.get_by_role("dialog")
    expect(dialog).to_contain_text("Sent from another tab")
    dialog.get_by_role("button", name="Keep this text").click()
    send(second, "Save")
    expect(second.get_by_role("alert")).to_contain_text("changed while your page was open")
    expect(second.get_by_label("Called")).to_have_value("Tom")
    tomas.refresh_from_db()
    assert (tomas.location, tomas.known_as) == ("Porto", "Tomás")
    second.get_by_label("Place of work").fill("Porto")
    send(second, "Save")
    second.wait_for_url(f"**/people/{tomas.pk}/")
    tomas.refresh_from_db()
    assert (tomas.location, tomas.known_as) == ("Porto", "Tom")


def test_a_double_click_sends_once(as_one, company):
    page = as_one("ingrid")
    page.goto(f"/people/{company.tomas.pk}/leave/")
    page.get_by_label("Kind of leave").fill("Study")
    sent = []
    page.on("request", lambda request: sent.append(request.url) if is_form(request) else None)
    page.get_by_role("button", name="Record the leave").dblclick()
    page.wait_for_url(f"**/people/{company.tomas.pk}/")
    assert len(sent) == 1
    assert Leave.objects.filter(employee=company.tomas).count() == 1


def is_form(request) -> bool:
    """Whether the browser sends a form, not a script a draft."""
    return request.method == "POST" and request.is_navigation_request()


def test_what_was_typed_after_the_session_ended_comes_back(as_one, company, sign_in):
    page = as_one("ingrid")
    page.goto(f"/people/{company.tomas.pk}/departure/")
    Session.objects.all().delete()
    page.get_by_label("Reason").fill("Goes back to university.")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("You have been signed out")
    dialog.get_by_role("button", name="Sign in here").click()
    page.wait_for_url(re.compile("next="))
    sign_in(page.context, company.account("ingrid"))
    page.goto(f"/people/{company.tomas.pk}/departure/")
    expect(page.get_by_label("Reason")).to_have_value("Goes back to university.")
    assert company.tomas.employments.get().until_on > company.today


def test_a_sent_form_leaves_no_draft_behind(as_one, company):
    page = as_one("ingrid")
    page.goto(f"/people/{company.tomas.pk}/leave/")
    page.get_by_label("Kind of leave").press_sequentially("Study")
    expect(page.locator("[data-autosave-state]")).to_contain_text("Saved")
    send(page, "Record the leave")
    page.wait_for_url(f"**/people/{company.tomas.pk}/")
    assert not Draft.objects.exclude(fields={}).exists()


def test_somebody_is_found_from_anywhere_by_the_keyboard(as_one, company):
    page = as_one("tomas")
    page.goto("/units/")
    page.keyboard.press("/")
    page.keyboard.type("amara")
    expect(page.get_by_role("option", name="Amara Njoroge")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/people/{company.amara.pk}/")


def test_the_chart_is_walked_by_the_keyboard(as_one, company):
    page = as_one("tomas")
    page.goto("/chart/")
    asked = []
    page.on("requestfinished", lambda request: asked.append(request.url))
    page.get_by_role("treeitem", name="Nkechi Obi").focus()
    page.keyboard.type("leo")
    leo = page.get_by_role("treeitem", name="Leo Brandt")
    expect(leo).to_be_focused()
    expect(page.get_by_role("treeitem", name="Ana Ribeiro")).to_have_count(0)
    page.keyboard.press("ArrowRight")
    expect(leo).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("treeitem", name="Ana Ribeiro")).to_be_visible()
    fetched = [url for url in asked if "/chart/" in url]
    assert len(fetched) == 1, "a branch is fetched when it is opened, and no other"
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("treeitem", name="Ana Ribeiro")).to_be_hidden()
    page.keyboard.press("ArrowRight")
    page.keyboard.type("ana")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/people/{company.ana.pk}/")


def test_the_chart_is_opened_and_closed_by_the_mouse_and_drawn_whole(as_one, company):
    page = as_one("tomas")
    page.goto("/chart/")
    leo = page.get_by_role("treeitem", name="Leo Brandt")
    ana = page.get_by_role("treeitem", name="Ana Ribeiro")
    leo.locator("[data-twist]").click()
    expect(ana).to_be_visible()
    leo.locator("[data-twist]").click()
    expect(ana).to_be_hidden()
    page.get_by_role("link", name="Expand all").click()
    working = Assignment.objects.on(company.today).count()
    expect(page.get_by_role("treeitem")).to_have_count(working)
    page.emulate_media(media="print")
    expect(page.get_by_role("treeitem", name="Yusuf Demir")).to_be_visible()
    expect(page.get_by_role("link", name="Collapse")).to_be_hidden()


SCRIPT = "<script>window.evil = 1</script>"


def test_a_name_with_a_script_in_it_is_a_name(as_one, company):
    name = f"{SCRIPT}<img src=x onerror='window.evil = 1'> Silva"
    Employee.objects.filter(pk=company.tomas.pk).update(name=name, search_key=name.lower())
    page = as_one("ingrid")
    tomas = company.tomas.pk
    for address in ("/people/", f"/people/{tomas}/", f"/chart/?top={tomas}", "/search/?q=silva"):
        page.goto(address)
        expect(page.get_by_text(SCRIPT).first).to_be_visible()
        assert page.evaluate("window.evil") is None
    page.goto(f"/people/{company.sara.pk}/manager/")
    page.get_by_role("combobox", name="New manager").press_sequentially("silva")
    expect(page.get_by_role("option").filter(has_text=SCRIPT)).to_be_visible()
    assert page.evaluate("window.evil") is None


def test_names_in_both_directions_stand_side_by_side(as_one, company):
    page = as_one("tomas", viewport={"width": 1900, "height": 900})
    page.goto(f"/people/{company.layla.pk}/")
    expect(page.locator("h1 bdi")).to_have_text("ليلى حداد")
    before = page.get_by_text("reports to").first.evaluate(LEFT_OF, "reports to")
    after = page.get_by_role("link", name="Amara Njoroge").first.bounding_box()["x"]
    assert before < after


LEFT_OF = """(one, words) => {
    const node = [...one.childNodes].find((child) => child.textContent.includes(words));
    const range = document.createRange();
    range.selectNode(node);
    return range.getBoundingClientRect().left;
}"""


def test_without_scripts_people_are_found_changed_and_drawn(as_one, company):
    page = as_one("ingrid", java_script_enabled=False)
    page.goto("/people/")
    page.get_by_label("Name or number").fill("silva")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_role("link", name="Tomás Silva").click()

    page.locator("summary", has_text="Change").click()
    page.get_by_role("link", name="Change the manager").click()
    page.get_by_label("New manager").fill("leo brandt")
    page.get_by_role("button", name="Change the manager").click()
    expect(page.get_by_text("reports to Leo Brandt").first).to_be_visible()

    page.goto("/chart/")
    page.get_by_role("link", name="Who reports to Leo Brandt").click()
    expect(page.get_by_role("treeitem", name="Tomás Silva")).to_be_visible()
    page.get_by_role("treeitem", name="Tomás Silva").click()
    page.wait_for_url(f"**/people/{company.tomas.pk}/")
