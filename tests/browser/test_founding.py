"""From an empty installation to invited people, by keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from sightline.foundation.identity.actions import make_founding_token
from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.foundation.ledger.events import House
from sightline.people.models import Assignment, Employee
from sightline.site.models import InvitationRound

PASSWORD = "correct horse battery"
PEOPLE = [
    ("Ada Novak", "ada@example.org", "Director", "", ""),
    ("Ben Okafor", "ben@example.org", "Head of care", "Care", "Ada Novak"),
    ("Cleo Duarte", "cleo@example.org", "Nurse", "Care", "Ben Okafor"),
]


@pytest.fixture
def token(transactional_db) -> str:
    """What a server that was just started shows."""
    return make_founding_token(by=House())[0]


@pytest.fixture
def visitor(page_as, token) -> Page:
    """Somebody who opens the address for the first time."""
    page = page_as(None, reduced_motion="reduce")
    page.goto("/")
    return page


def write(page: Page, words: str) -> None:
    """Type into the field that has the focus, and go on to the next."""
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(words)
    page.keyboard.press("Tab")


def begin(page: Page, token: str) -> None:
    """Make the first account."""
    page.get_by_role("link", name="Make the first account").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Begin your organisation")
    page.get_by_label("Token").focus()
    for words in (token, "Ada Novak", "ada@example.org", "10001", PASSWORD, PASSWORD):
        write(page, words)
    page.keyboard.press("Enter")


def test_an_organisation_is_founded_filled_and_invited_by_keyboard(visitor, token):
    begin(visitor, token)
    expect(visitor.get_by_role("heading", name="Getting started")).to_be_visible()
    expect(visitor.get_by_text("0 of 5 done")).to_be_visible()

    visitor.get_by_role("link", name="Type them in").press("Enter")
    visitor.get_by_label("Name of the organisation").fill("Linden House")
    visitor.get_by_label("Name, row 1", exact=True).focus()
    for row in PEOPLE:
        for words in row:
            write(visitor, words)
    visitor.get_by_role("button", name="Take them in").press("Enter")
    expect(visitor.get_by_text("3 people are in.")).to_be_visible()
    expect(visitor.get_by_text("2 of 5 done")).to_be_visible()
    cleo = Assignment.objects.get(employee__name="Cleo Duarte")
    assert (cleo.manager.name, cleo.position.unit.name) == ("Ben Okafor", "Care")

    visitor.get_by_role("link", name="Choose whom").press("Enter")
    visitor.get_by_role("checkbox", name="Cleo Duarte").press("Space")
    visitor.get_by_role("button", name="Invite those ticked").press("Enter")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Invitations on their way")
    run_waiting_jobs()
    expect(visitor.get_by_text("1 letter is sent or on its way.", exact=True)).to_be_visible()
    assert InvitationRound.objects.get().left_out == []
    assert Employee.objects.get(name="Cleo Duarte").account.invited_at


def test_every_step_can_be_put_off_and_the_list_put_away(visitor, token):
    begin(visitor, token)
    visitor.get_by_role("button", name="Not now Write the strategy").press("Enter")
    expect(visitor.get_by_text("Set aside", exact=True)).to_be_visible()
    visitor.get_by_role("button", name="Put this list away").press("Enter")
    expect(visitor.get_by_role("heading", name="Getting started")).to_have_count(0)
    visitor.goto("/getting-started/")
    visitor.get_by_role("button", name="Take up again Write the strategy").press("Enter")
    expect(visitor.get_by_role("link", name="Write it Write the strategy")).to_be_visible()


def test_a_wrong_token_is_said_beside_its_field_and_what_was_typed_stays(visitor, token):
    begin(visitor, "AAAA-BBBB-CCCC-DDDD-EEEE")
    field = visitor.get_by_label("Token")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(visitor.locator(".field__error", has_text="not the token")).to_be_visible()
    expect(visitor.get_by_label("Your name")).to_have_value("Ada Novak")
    assert token not in visitor.url


def test_the_table_says_what_is_wrong_beside_each_field(visitor, token):
    begin(visitor, token)
    expect(visitor.get_by_role("heading", name="Getting started")).to_be_visible()
    visitor.goto("/people/several/")
    visitor.get_by_label("Name, row 2").fill("Ben Okafor")
    visitor.get_by_label("Reports to, row 2").fill("Nobody")
    visitor.get_by_role("button", name="Take them in").press("Enter")
    expect(visitor.locator("td .field__error")).to_have_count(3)
    expect(visitor.get_by_label("Name, row 2")).to_have_value("Ben Okafor")
