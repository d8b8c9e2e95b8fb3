"""A period opens; a goal goes to and fro until both sides mean the same; it is checked in on."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.year import strategy
from tests.browser.year.story import (
    Year,
    does_not_read,
    follow,
    labelled,
    panel,
    reads,
    send,
    write,
)

PERIOD = "The year of answers"
TITLE = "A shop has its first answer in minutes"
WHY_LESS = "Five is what we reached on a quiet day. Four is what a shop with a queue needs."
FIRST_WORD = "The two night shifts hand over a list now. Mondays are still bad."
LAST_WORD = "Mondays too, since the partner feeds open their own tickets."


def hr_opens_a_period(year: Year) -> None:
    """Ingrid opens the year for goals; an employee may read of it, not open one."""
    page = year.as_one("ingrid")
    page.goto("/goals/periods/")
    follow(page, "Open a period")
    write(page, {"Name": PERIOD, "From": year.day(0), "Up to and including": year.day(364)})
    labelled(page, "Kind").select_option(label="Year")
    send(page, "Open")
    reads(page, "The period is open.", PERIOD)
    employee = year.as_one("yusuf")
    employee.goto("/goals/periods/")
    reads(employee, PERIOD)
    expect(employee.get_by_role("link", name="Open a period")).to_have_count(0)


def an_employee_drafts_a_goal(year: Year) -> None:
    """Yusuf drafts, says which objective it serves, and proposes; until then nobody sees it."""
    page = year.as_one("yusuf")
    page.goto("/goals/")
    follow(page, "Draft a goal")
    said = {
        "What is to be achieved": TITLE,
        "Why it matters": "Whoever waits longer than five minutes calls the next provider.",
        "What is measured, and where one reads it": "Median of first answers, from the queue",
        "Stands at": "11",
        "Target": "5",
        "Unit": "minutes",
        "Weight in the plan, %": "40",
    }
    write(page, said)
    send(page, "Keep as a draft")
    year.keep("goal", page, "It leads nowhere yet")
    assert year.answer_to("amara", "goal") == 404

    follow(page, "Say what it serves")
    labelled(page, "or an objective of the strategy").select_option(label=strategy.ANSWERS)
    write(page, {"With which share of the goal, %": "80"})
    send(page, "Save")
    reads(page, "20% of it is local")
    follow(page, "Propose")
    send(page, "Propose")
    reads(page, "The goal is proposed")


def the_manager_answers_with_a_change(year: Year) -> None:
    """Amara wants more, and says why; what she changed is marked word by word."""
    manager, employee = year.as_one("amara"), year.as_one("yusuf")
    manager.goto(year.found["goal"])
    reads(manager, "your turn")
    follow(manager, "Answer with a change")
    write(manager, {"Target": "4", "Why the change": WHY_LESS})
    send(manager, "Send")
    reads(manager, "Waits for Yusuf Demir.")
    expect(manager.get_by_role("link", name="Accept")).to_have_count(0)

    employee.goto(year.found["goal"])
    reads(employee, WHY_LESS)
    expect(employee.locator(".change del").first).to_have_text("5 minutes")
    expect(employee.locator(".change ins").first).to_have_text("4 minutes")


def the_employee_accepts(year: Year) -> None:
    """What both have accepted holds, and leads up to the strategy."""
    page = year.as_one("yusuf")
    page.goto(year.found["goal"])
    follow(page, "Accept")
    send(page, "Accept")
    reads(page, "It is agreed.", "agreed, and holds", strategy.ANSWERS)
    manager = year.as_one("amara")
    manager.goto(year.found["goal"])
    reads(manager, "11 minutes → 4 minutes")
    expect(manager.get_by_role("link", name="Check in", exact=True)).to_have_count(0)


def it_is_checked_in_on(year: Year) -> None:
    """Yusuf says where it stands and how sure he is; his manager reads it with the status."""
    _check_in(year, "9.5", "Likely, 75%", FIRST_WORD, status="On track")


def it_is_checked_in_on_again(year: Year) -> None:
    """Most of the year later it is almost there."""
    _check_in(year, "4.5", "Very sure, 90%", LAST_WORD, status="Ahead")


def _check_in(year: Year, value: str, confidence: str, note: str, *, status: str) -> None:
    page = year.as_one("yusuf")
    page.goto(year.found["goal"])
    follow(page, "Check in")
    write(page, {"Value today, minutes": value, "What changed, what is in the way": note})
    labelled(page, "How sure to get there").select_option(label=confidence)
    send(page, "Check in")
    reads(page, "It is said.")
    manager = year.as_one("amara")
    manager.goto(year.found["goal"])
    sure = confidence.rsplit(", ", maxsplit=1)[-1].replace(" ", "")
    reads(manager, f"{value} minutes", f"confidence {sure}", note)
    reads(panel(manager, "Progress"), status)


def it_is_reached_and_closed(year: Year) -> None:
    """Yusuf says the last value; Amara closes the goal, and its score stands."""
    _check_in(year, "4", "Certain, 100%", "Four, and on Mondays too.", status="On track")
    page = year.as_one("amara")
    page.goto(year.found["goal"])
    follow(page, "Close")
    labelled(page, "How it ended").select_option(label="Done")
    write(page, {"What is to be said about it": "In October nobody mentioned the queue."})
    send(page, "Close")
    reads(page, "The goal is closed.", "score 100%")


def the_owner_measures_the_objective(year: Year) -> None:
    """Nora owns the objective and records what its measure came to."""
    page = year.as_one("nora")
    page.goto(year.found["objective"])
    follow(page, "Record a value")
    write(page, {"Value": "8.4"})
    send(page, "Record")
    expect(page.get_by_role("row", name=strategy.MEASURE)).to_contain_text("8.4%")


def a_stranger_reads_the_goal_and_not_how_it_was_agreed(year: Year) -> None:
    """Goals are open to all who work here; the catchball is between the two sides."""
    assert year.answer_to("tomas", "goal") == 200
    page = year.as_one("tomas")
    reads(page, TITLE)
    does_not_read(page, WHY_LESS)
