"""The strategy reaches people: a target is parted, a goal shared out, and what serves it moves."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.browser.year import strategy
from tests.browser.year.story import (
    Year,
    does_not_read,
    follow,
    from_menu,
    labelled,
    panel,
    reads,
    send,
    write,
)

PERIOD = "The quarter of answers"
QUARTER = 91
UNIT_GOAL = "Imports are answered without a ticket"
TOO_LITTLE = "Platform builds what the shops wait for; 20% of a team builds nothing."
TOO_MUCH = "Half of my days are with the partner feeds until March. 500 is what I can stand for."
VERSION = "Answered and decided"
DECISIONS = "Shops stay because somebody decides"
PARTS = {"Chen Mei": "Feeds answer by themselves", "Tomás Silva": "Imports answer by themselves"}


def the_target_is_parted(year: Year) -> None:
    """Nkechi shares the first target out over two divisions; whether it closes is told."""
    page = year.as_one("nkechi")
    page.goto(year.found["objective"])
    follow(page, "Share out the target")
    labelled(page, "How the parts make the whole").select_option(label="Weighted mean")
    page.get_by_label("The year").check()
    for unit in ("Technology", "Customer Operations"):
        labelled(page, "Add units").select_option(label=unit)
        send(page, "Add")
        reads(page, unit)
    for unit, weight, part in (("Technology", "1", "11"), ("Customer Operations", "3", "6")):
        write(page, {f"{unit}, weight": weight, f"{unit}, year": part})
    send(page, "Compute")
    expect(page.locator(".split__closing")).to_contain_text("7.25")
    write(page, {"Customer Operations, year": "7"})
    expect(page.locator(".split__closing")).to_contain_text("That is the target.")
    send(page, "Save")
    reads(page, "That is the target.")


def a_unit_offers_its_effort_and_hears_that_it_is_too_little(year: Year) -> None:
    """Ana offers a share of Platform; Nkechi passes it back with a word; the next offer holds."""
    lead, chief = year.as_one("ana"), year.as_one("nkechi")
    lead.goto(year.found["objective"])
    follow(lead, "Offer effort of Platform")
    write(lead, {"Share of the unit’s effort, %": "20"})
    send(lead, "Propose")
    year.keep("platform", lead, "It is proposed.")

    chief.goto(year.found["platform"])
    follow(chief, "Pass back")
    write(chief, {"Why": TOO_LITTLE})
    send(chief, "Pass back")

    lead.goto(year.found["platform"])
    reads(lead, TOO_LITTLE)
    follow(lead, "Offer another share")
    write(lead, {"Share of the unit’s effort, %": "50"})
    send(lead, "Propose")
    chief.goto(year.found["platform"])
    follow(chief, "Agree")
    send(chief, "Agree")
    reads(chief, "Platform has taken it on.")


def a_quarter_opens(year: Year) -> None:
    """Ingrid opens the quarter in which goals are set."""
    page = year.as_one("ingrid")
    page.goto("/goals/periods/")
    follow(page, "Open a period")
    last = year.day(QUARTER + 4)
    write(page, {"Name": PERIOD, "From": year.day(5), "Up to and including": last})
    labelled(page, "Kind").select_option(label="Quarter")
    send(page, "Open")
    reads(page, "The period is open.")


def the_unit_has_a_goal(year: Year) -> None:
    """Ana drafts a goal of Platform under the objective; Leo, who leads the division, accepts."""
    page = year.as_one("ana")
    page.goto("/goals/new/")
    labelled(page, "Whose goal").select_option(label="The unit Platform")
    said = {
        "What is to be achieved": UNIT_GOAL,
        "Why it matters": "A shop that sees what became of its import asks nobody.",
        "What is measured, and where one reads it": "Imports closed without a ticket, from the log",
        "Stands at": "0",
        "Target": "1200",
        "Unit": "imports",
        "Weight in the plan, %": "100",
    }
    write(page, said)
    send(page, "Keep as a draft")
    year.keep("unit goal", page, "It leads nowhere yet")
    follow(page, "Say what it serves")
    labelled(page, "or an objective of the strategy").select_option(label=strategy.ANSWERS)
    write(page, {"With which share of the goal, %": "100"})
    send(page, "Save")
    follow(page, "Propose")
    send(page, "Propose")
    reads(page, "The goal is proposed")
    head = year.as_one("leo")
    head.goto(year.found["unit goal"])
    follow(head, "Accept")
    send(head, "Accept")
    reads(head, "It is agreed.")


def it_is_shared_out(year: Year) -> None:
    """Ana asks two of her people for parts of it; what they come to is told while she types."""
    page = year.as_one("ana")
    page.goto(year.found["unit goal"])
    follow(page, "Share out")
    for name, title in PARTS.items():
        row = page.get_by_role("row", name=name)
        row.get_by_role("checkbox").check()
        write_cells(row, title, target="600", weight="40")
    reads(page, "Together they are the goal.")
    write(page, {"A word to go with it": "As we said on Monday: half each."})
    send(page, "Propose to each")
    for name, key in (("Chen Mei", "mei"), ("Tomás Silva", "tomas")):
        page.goto(year.found["unit goal"])
        page.get_by_role("link", name=PARTS[name]).first.click()
        year.keep(key, page, "As we said on Monday")


def write_cells(row: Locator, title: str, *, target: str, weight: str) -> None:
    """Fill the row of one person."""
    for label, words in (
        ("What is to be achieved", title),
        ("Target", target),
        ("Weight", weight),
    ):
        row.get_by_label(label).fill(words)


def one_takes_it_and_one_counters(year: Year) -> None:
    """Mei accepts; Tomás wants less and says why; Ana sees what he changed, and accepts that."""
    mei, tomas, ana = (year.as_one(key) for key in ("mei", "tomas", "ana"))
    mei.goto(year.found["mei"])
    follow(mei, "Accept")
    send(mei, "Accept")
    reads(mei, "It is agreed.")

    tomas.goto(year.found["tomas"])
    follow(tomas, "Answer with a change")
    write(tomas, {"Target": "500", "Why the change": TOO_MUCH})
    send(tomas, "Send")
    ana.goto(year.found["tomas"])
    reads(ana, TOO_MUCH)
    expect(ana.locator(".change del").first).to_have_text("600 imports")
    expect(ana.locator(".change ins").first).to_have_text("500 imports")
    follow(ana, "Accept")
    send(ana, "Accept")
    reads(ana, "It is agreed.")
    ana.goto(year.found["unit goal"])
    reads(ana, *PARTS.values())


def check_ins_of_week(values: dict[str, str]):
    """A chapter in which some say where they stand, on the page of all that is due to them."""

    def they_check_in(year: Year) -> None:
        for key, value in values.items():
            page = year.as_one(key)
            page.goto(year.found[key])
            follow(page, "Check in")
            write(page, {"Value today, imports": value})
            labelled(page, "How sure to get there").select_option(label="Likely, 75%")
            write(page, {"What changed, what is in the way": "As planned."})
            send(page, "Check in")
            reads(page, "It is said.")

    return they_check_in


def what_they_do_moves_the_goal_of_the_unit(year: Year) -> None:
    """The goal of Platform stands where the goals below it are, and shows how that was found."""
    page = year.as_one("leo")
    page.goto(year.found["unit goal"])
    reads(page, *PARTS.values())
    below = page.locator(".goal-below")
    expect(below).to_contain_text("50%")


def its_target_moves(year: Year) -> None:
    """Ana and Leo agree on more; what serves the goal waits to be confirmed, and is on Home."""
    ana, leo = year.as_one("ana"), year.as_one("leo")
    ana.goto(year.found["unit goal"])
    follow(ana, "Propose a change")
    why = "Two partners came over in week six."
    write(ana, {"Target": "1500", "Why the change": why})
    send(ana, "Send")
    tomas = year.as_one("tomas")
    tomas.goto(year.found["tomas"])
    does_not_read(tomas, "which this goal serves, has changed")
    leo.goto(year.found["unit goal"])
    follow(leo, "Accept")
    send(leo, "Accept")
    reads(leo, "It is agreed.")


def those_who_serve_it_confirm(year: Year) -> None:
    """Tomás reads that what he serves has moved, and confirms that his goal still serves it."""
    page = year.as_one("tomas")
    page.goto(year.found["tomas"])
    reads(page, "which this goal serves, has changed")
    follow(page, "Confirm or change")
    send(page, "Confirm")
    page.goto(year.found["tomas"])
    reads(page, PARTS["Tomás Silva"])
    does_not_read(page, "which this goal serves, has changed")
    waiting = year.as_one("mei")
    waiting.goto(year.found["mei"])
    reads(waiting, "which this goal serves, has changed")


def the_strategy_changes(year: Year) -> None:
    """Nkechi writes the next version; whom it touches is shown before, and told after."""
    page = year.as_one("nkechi")
    page.goto("/strategy/")
    follow(page, "Change it in a new version")
    write(page, {"Name": VERSION})
    send(page, "Begin the draft")
    year.keep("version", page, "It says what is in force; change it.")
    page.goto(year.found["version"] + "?as=list")
    follow(page, strategy.ANSWERS)
    from_menu(page, "Change", "Wording, perspective, theme, owner")
    write(page, {"Objective": DECISIONS})
    send(page, "Save")
    reads(page, "The objective is changed.")
    page.goto(year.found["version"])
    follow(page, "What changes")
    reads(page, DECISIONS, "1 objective stays as it is")
    reads(panel(page, "Units that it touches"), "Platform")
    reads(panel(page, "Goals that it touches"), "1 running goal serves what changes or goes.")
    follow(page, "Bring it into force")
    send(page, "Bring it into force")
    reads(page, f"{VERSION} is in force.")


def whoever_serves_it_confirms(year: Year) -> None:
    """Ana is told, reads what her unit's goal serves now, and says that it still does."""
    page = year.as_one("ana")
    page.goto("/notices/")
    reads(page, UNIT_GOAL)
    page.goto(year.found["unit goal"])
    reads(page, f"it is “{DECISIONS}” now")
    follow(page, "Confirm or take back")
    reads(page, DECISIONS)
    send(page, "Confirm")
    reads(page, "It is confirmed.", DECISIONS)
    does_not_read(page, "has changed with the strategy")
    page.goto(year.found["platform"])
    reads(page, DECISIONS)


def the_page_shows_what_deviates(year: Year) -> None:
    """Nkechi reads which objective nobody serves and where too little effort goes."""
    page = year.as_one("nkechi")
    page.goto("/line-of-sight/")
    reads(panel(page, "Deviations to talk about"), f"Nobody serves “{strategy.DECIDES}”")
    rows = panel(page, "Strategic objectives")
    expect(rows.get_by_role("row", name=DECISIONS)).to_contain_text("Under-served")
    expect(rows.get_by_role("row", name=strategy.DECIDES)).to_contain_text("Not served")
