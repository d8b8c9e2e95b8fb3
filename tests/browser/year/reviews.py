"""A review cycle: a template, self, manager and peers, calibration, sharing, a reply."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.year import goals, talks
from tests.browser.year.story import (
    Year,
    does_not_read,
    follow,
    labelled,
    panel,
    reads,
    send,
    send_and_mean_it,
    write,
)

TEMPLATE, CYCLE = "Review of a year", "Reviews of Shop support"
SCALE = {
    1: ("Missed", "What was agreed did not happen, and nobody heard why."),
    2: ("Partly there", "Some of it happened; others had to step in."),
    3: ("As agreed", "What was agreed happened, as it was agreed."),
    4: ("Beyond it", "More came of it than was agreed, for others too."),
    5: ("Outstanding", "It changed how we work, and others do it like that now."),
}
QUESTION = "What should go on, and what should change?"
OWN_WORDS = "I answered fast and closed too little. Next year I want to decide more myself."
DRAFTED = "He is the reason that mornings are quiet. I have to give him more to decide."
PEERS = {"layla": "Hands over as if he had the night himself.", "tomas": "Writes before one asks."}
PEERS["cida"] = "Says no with a reason and a date."
TOLD_FIRST = "You have made mornings dull, which is the best I can say of a queue."
WHY_CHANGED = "Two leads who know the queue say that others copy his handover list by now."
REPLY = "Thank you. I would have said it in the talk: I am ready for more."

WHEN = {
    "Choose peers": (300, 305),
    "Self review": (300, 312),
    "Peers": (300, 314),
    "Managers": (301, 320),
    "Calibration": (321, 325),
    "Sharing": (326, 335),
    "Reply": (326, 345),
}


def hr_writes_a_template(year: Year) -> None:
    """Goals weigh half, the post and its competencies a quarter each; peers see the last two."""
    page = year.as_one("ingrid")
    page.goto("/reviews/cycles/")
    follow(page, "Templates", "Write a template")
    write(page, {"Name": TEMPLATE})
    for value, (word, seen) in SCALE.items():
        row = page.locator(".days").nth(value - 1)
        write(row, {"Word": word, "What one sees": seen})
    for title, weight in (("Goals", 50), ("Responsibilities", 25), ("Competencies", 25)):
        part = page.locator("fieldset.form", has=page.locator("legend", has_text=title))
        write(part, {"Weight, %": weight})
        if title != "Goals":
            labelled(part, "Peer").check()
    words = page.locator("fieldset.form", has=page.locator("legend", has_text="In words"))
    words.get_by_label("Question").first.fill(QUESTION)
    labelled(words, "Peer").check()
    send(page, "Keep this version")
    reads(page, TEMPLATE, SCALE[5][1], QUESTION)


def hr_opens_a_cycle(year: Year) -> None:
    """A plan, a dry run of which nobody hears, and then it is open for Shop support."""
    page = year.as_one("ingrid")
    page.goto("/reviews/cycles/")
    follow(page, "Plan a cycle")
    write(page, {"Name": CYCLE, "Looks back from": year.day(0)})
    page.locator(".form__row", has_text="Looks back from").get_by_label("to", exact=True).fill(
        year.day(299)
    )
    for part, (first, last) in WHEN.items():
        row = page.locator(".days", has=page.get_by_text(part, exact=True))
        write(row, {"from": year.day(first), "to": year.day(last)})
    labelled(page, "Only these units").select_option(label="Shop support")
    send(page, "Keep the plan")
    send(page, "Try it out")
    reads(page, "3 people get a review each.")
    year.as_one("yusuf").goto("/reviews/")
    reads(year.as_one("yusuf"), "Nothing waits for you")
    send_and_mean_it(page, "Open the cycle")
    year.keep("cycle", page, "Reviews are being made")
    year.work_is_done()
    page.goto(year.found["cycle"])
    expect(page.get_by_role("row", name="Customer Operations")).to_contain_text("3")


def peers_are_chosen(year: Year) -> None:
    """Yusuf names three colleagues; Amara confirms them."""
    employee, manager = year.as_one("yusuf"), year.as_one("amara")
    employee.goto("/reviews/")
    panel(employee, "Your reviews").get_by_role("link", name=CYCLE).click()
    year.keep("review", employee, "You see the rating and what your manager wrote once")
    employee.goto("/reviews/")
    follow(employee, "Choose colleagues to be asked about you")
    for number, key in enumerate(PEERS):
        name = year.company.people[key].name
        box = employee.get_by_role("combobox").nth(number)
        box.click()
        employee.keyboard.type(name)
        employee.get_by_role("option", name=name).first.click()
    send(employee, "Propose")
    reads(employee, "waits for the manager")
    manager.goto("/reviews/")
    follow(manager, "Confirm who is asked about Yusuf Demir", "Confirm")
    send(manager, "Confirm")
    reads(manager, "Those whom you confirmed are asked.")


def rate(page: Page, points: dict[str, int]) -> None:
    """Section by section, rate all that stands in it alike, and go on."""
    here = page.get_by_role("navigation", name="Sections").locator("[aria-current]")
    for section, point in points.items():
        expect(here).to_contain_text(section)
        for rated in page.locator(".rated").all():
            rated.get_by_role("radio").nth(point - 1).check()
        page.get_by_role("button", name="Next:").click()
    expect(here).to_contain_text("Written questions")


def peers_answer(year: Year) -> None:
    """Each writes alone, and is told that nobody reads the form."""
    for key, words in PEERS.items():
        page = year.as_one(key)
        page.goto("/reviews/")
        panel(page, "Waits for you").get_by_role("link", name="Yusuf Demir").click()
        reads(page, "Nobody reads your form.")
        rate(page, {"Responsibilities": 4, "Competencies": 4})
        page.get_by_label(QUESTION).fill(words)
        page.get_by_role("button", name="Next:").click()
        send(page, "Send off")
        reads(page, "Sent.")


def the_employee_writes_about_himself(year: Year) -> None:
    """Section by section; what is written is there again when one comes back to it."""
    page = year.as_one("yusuf")
    page.goto("/reviews/")
    follow(page, "Write your self review")
    reads(page, goals.TITLE)
    rate(page, {"Goals": 3, "Responsibilities": 3, "Competencies": 3})
    page.get_by_label(QUESTION).fill(OWN_WORDS)
    page.get_by_role("button", name="Next:").click()
    reads(page, OWN_WORDS)
    page.get_by_role("radio").nth(2).check()
    send(page, "Send off")
    reads(page, "Your manager can read it now.")


def the_manager_writes_beside_the_evidence(year: Year) -> None:
    """Amara has goal, feedback and promise beside her form; Yusuf does not see her draft."""
    page = year.as_one("amara")
    page.goto("/reviews/")
    panel(page, "Waits for you").get_by_role("link", name="Yusuf Demir").click()
    year.keep("managers form", page, "your view as manager")
    evidence = page.get_by_role("complementary", name="Evidence")
    reads(evidence, goals.TITLE, "own rating 3 As agreed", talks.PROMISE)
    reads(evidence, talks.WORDS["Behaviour"], f"done · {year.day_as_told(talks.DONE_ON_DAY)}")
    rate(page, {"Goals": 4, "Responsibilities": 3, "Competencies": 3})
    page.get_by_label(QUESTION).fill(DRAFTED)
    page.get_by_role("button", name="Next:").click()
    reads(page, "Score so far")

    employee = year.as_one("yusuf")
    assert year.answer_to("yusuf", "managers form") == 404
    employee.goto(year.found["review"])
    reads(employee, "You see the rating and what your manager wrote once")
    does_not_read(employee, DRAFTED)
    page.get_by_role("radio").nth(2).check()
    send(page, "Send off")
    reads(page, "Your proposal is compared with others in the calibration.")


def hr_calibrates(year: Year) -> None:
    """Ingrid raises the rating with a reason that will be read, and makes ratings final."""
    page = year.as_one("ingrid")
    page.goto(year.found["cycle"])
    send_and_mean_it(page, "Begin the calibration")
    year.work_is_done()
    expect(page.get_by_role("row", name="Yusuf Demir")).to_contain_text("As agreed")
    page.get_by_role("link", name="Change Yusuf Demir").click()
    labelled(page, "Rating").select_option(label="4 Beyond it")
    write(page, {"Reason": WHY_CHANGED})
    send(page, "Change the rating")
    expect(page.get_by_role("row", name="Yusuf Demir")).to_contain_text("As agreed → Beyond it")
    send_and_mean_it(page, "Make ratings final")
    reads(page, "1 rating is final.")
    year.work_is_done()
    employee = year.as_one("yusuf")
    employee.goto(year.found["review"])
    does_not_read(employee, "Beyond it", WHY_CHANGED, DRAFTED)


def the_manager_shares_it(year: Year) -> None:
    """Yusuf reads Amara's words first, then all of it; no peer is named anywhere."""
    page = year.as_one("amara")
    page.goto(year.found["review"])
    follow(page, "Share")
    write(page, {"Your words": TOLD_FIRST})
    send(page, "Share")
    reads(page, "Yusuf Demir can read the review now.")
    for key in ("yusuf", "amara"):
        reader = year.as_one(key)
        reader.goto(year.found["review"])
        reads(reader, TOLD_FIRST, DRAFTED, WHY_CHANGED, "Beyond it", *PEERS.values())
        does_not_read(reader, *(year.company.people[peer].name for peer in PEERS))
    for key in ("tomas", "layla", "samuel", "nkechi"):
        assert year.answer_to(key, "review") == 404


def the_employee_acknowledges(year: Year) -> None:
    """To have read it is not to agree; what Yusuf replies stands with the review."""
    page = year.as_one("yusuf")
    page.goto(year.found["review"])
    follow(page, "Acknowledge")
    write(page, {"Your reply": REPLY})
    send(page, "I have read it")
    reads(page, REPLY)
    manager = year.as_one("amara")
    manager.goto(year.found["review"])
    reads(manager, REPLY)
