"""The strategy is written and comes into force; a unit takes its share on."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.year.story import (
    Year,
    choose,
    follow,
    from_menu,
    labelled,
    panel,
    reads,
    send,
    write,
)

NAME = "Answered while it matters"
VIEWS = ("Shops that stay", "Learning and growth")
ANSWERS = "Shops stay because somebody answers"
DECIDES = "Who answers may also decide"
MEASURE = "Shops that leave in a year"


def the_chief_drafts_it(year: Year) -> None:
    """Nkechi begins a strategy of three years and adds a perspective and two objectives."""
    page = year.as_one("nkechi")
    page.goto("/strategy/")
    follow(page, "Begin the next strategy")
    write(page, {"Name": NAME, "From": year.day(0), "Up to and including": year.day(1095)})
    write(page, {"Mission": "A shop that asks us something has a customer waiting."})
    send(page, "Begin the draft")
    year.keep("strategy", page, "The draft is there.")
    from_menu(page, "Write", "Add a perspective")
    write(page, {"Name": VIEWS[0]})
    send(page, "Add")
    reads(page, "The perspective is on the map.")
    for view, title, owner, name in (
        (VIEWS[0], ANSWERS, "nora", "Nora Lind"),
        (VIEWS[1], DECIDES, "ingrid", "Ingrid Berg"),
    ):
        page.goto(year.found["strategy"])
        from_menu(page, "Write", "Add an objective")
        labelled(page, "Perspective").select_option(label=view)
        write(page, {"Objective": title})
        choose(page, "Owner", owner, name)
        send(page, "Add")
        expect(page.get_by_role("link", name=title).first).to_be_visible()


def it_is_measured(year: Year) -> None:
    """The first objective gets a measure with targets for the three years."""
    page = year.as_one("nkechi")
    page.goto(year.found["strategy"] + "?as=list")
    follow(page, ANSWERS)
    year.keep("objective", page, "Nothing is measured yet")
    follow(page, "Add a measure")
    write(page, {"What is measured": MEASURE, "Unit": "%", "Baseline": "9"})
    labelled(page, "Direction").select_option(label="Down")
    labelled(page, "Measured on").fill(year.day(0))
    send(page, "Add")
    for number, (day, value) in enumerate(((365, "8"), (1095, "6")), start=1):
        row = page.get_by_role("group", name=f"Target {number}", exact=True)
        write(row, {"Due": year.day(day), "Value": value})
    send(page, "Save")
    expect(page.get_by_role("row", name=MEASURE)).to_contain_text("9%")


def it_comes_into_force_at_100_percent(year: Year) -> None:
    """Before its shares are whole it cannot; before it is in force nobody else sees it."""
    page = year.as_one("nkechi")
    page.goto(year.found["strategy"])
    from_menu(page, "Write", "Draw what drives what")
    labelled(page, "This objective").select_option(label=DECIDES)
    labelled(page, "drives that one").select_option(label=ANSWERS)
    send(page, "Draw")
    expect(page.get_by_role("link", name="Bring it into force")).to_have_count(0)
    follow(page, "Share out the effort")
    write(page, {ANSWERS: "60", DECIDES: "30"})
    send(page, "Save")
    expect(page.get_by_role("alert")).to_contain_text("90%")
    write(page, {ANSWERS: "70"})
    send(page, "Save")
    reads(page, "The effort is shared out.")
    assert year.answer_to("amara", "strategy") == 404
    follow(page, "Bring it into force")
    send(page, "Bring it into force")
    reads(page, f"{NAME} is in force.")
    assert year.answer_to("amara", "strategy") == 200
    expect(year.as_one("amara").get_by_role("heading", level=1)).to_have_text(NAME)


def a_unit_takes_its_share_on(year: Year) -> None:
    """Amara offers effort of Shop support; it holds when Nkechi agrees."""
    lead, chief = year.as_one("amara"), year.as_one("nkechi")
    lead.goto(year.found["objective"])
    follow(lead, "Offer effort of Shop support")
    write(lead, {"Share of the unit’s effort, %": "45"})
    write(lead, {"What to know about it": "Mornings first: that is when the queue is longest."})
    send(lead, "Propose")
    year.keep("unit", lead, "It is proposed.")
    expect(lead.get_by_role("link", name="Agree", exact=True)).to_have_count(0)

    chief.goto("/strategy/")
    panel(chief, "Waiting for an answer").get_by_role("link", name="Shop support").click()
    reads(chief, "Mornings first")
    follow(chief, "Agree")
    send(chief, "Agree")
    reads(chief, "Shop support has taken it on.")
    lead.goto(year.found["unit"])
    expect(lead.get_by_role("row", name=ANSWERS)).to_contain_text("Agreed")
