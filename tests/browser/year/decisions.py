"""A promotion: proposed on evidence, checked, answered, approved by a second person, and done."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.year import strategy
from tests.browser.year.story import (
    Year,
    choose,
    does_not_read,
    follow,
    labelled,
    panel,
    reads,
    send,
    send_and_mean_it,
    write,
)

POST, AMOUNT = "Senior support specialist", "35500"
GROUNDS = "The queue answers in half the time (E1), and the mornings no longer need me."
CHECKED = "In the post for over two years; the pay is inside the range of the new one."
ANSWER = "Gladly. I should like to keep two mornings at the queue."
VERDICT = "I read the review and the two records. Shops noticed, which is what we are here for."
TAKES_EFFECT = 370


def the_manager_proposes_it(year: Year) -> None:
    """Amara picks records of the ledger and sends it; until then it is hers alone."""
    page = year.as_one("amara")
    page.goto("/decisions/")
    follow(page, "Propose")
    choose(page, "Person", "yusuf", "Yusuf Demir")
    labelled(page, "Promotion").check()
    send(page, "Begin a draft")
    write(page, {"Why": GROUNDS, "From": year.day(TAKES_EFFECT)})
    choose(page, "New post", "CARE-SENIOR", POST)
    write(page, {"New pay, a year of full time": AMOUNT, "Currency": "EUR"})
    send(page, "Keep as a draft")
    follow(page, "Pick from the ledger")
    for kind in ("Reviews shared", "Goals closed", "Feedback"):
        page.get_by_role("row").filter(has_text=kind).first.get_by_role("checkbox").check()
    send(page, "Pick these")
    reads(page, "3 records picked.", "Final rating 4 of 5: Beyond it")
    send_and_mean_it(page, "Propose")
    year.keep("decision", page, "Proposed. HR checks it next.")
    expect(page.get_by_role("link", name="Approve", exact=True)).to_have_count(0)
    assert year.answer_to("yusuf", "decision") == 404


def hr_checks_it_and_passes_it_on(year: Year) -> None:
    """Ingrid stands for the checks; from then on Yusuf reads it and replies."""
    page = year.as_one("ingrid")
    page.goto("/decisions/?view=to_decide")
    follow(page, "Yusuf Demir")
    reads(panel(page, "Checks"), "Pay and range")
    follow(page, "Confirm the checks")
    write(page, {"What HR says to the checks": CHECKED})
    send(page, "Confirm the checks")
    send_and_mean_it(page, "Pass to the person")
    reads(page, "Passed on. The person may read it and reply.")


def the_employee_replies(year: Year) -> None:
    """What Yusuf says is read by who decides."""
    page = year.as_one("yusuf")
    page.goto(year.found["decision"])
    reads(page, GROUNDS.split(" (")[0], "This is about you")
    follow(page, "Reply")
    labelled(page, "I agree").check()
    write(page, {"In your words": ANSWER})
    send(page, "Reply")
    reads(page, ANSWER)


def a_second_person_approves(year: Year) -> None:
    """Nora cannot before she has opened the evidence; nothing changes before its day."""
    page = year.as_one("nora")
    page.goto(year.found["decision"])
    reads(page, "Open the evidence first")
    expect(page.get_by_role("button", name="Approve", exact=True)).to_be_disabled()
    follow(page, "Open the evidence")
    reads(page, "unchanged")
    follow(page, "Back to the decision")
    reads(page, ANSWER)
    follow(page, "Approve")
    write(page, {"Why": VERDICT})
    send(page, "Approve")
    reads(page, "Approved. It takes effect on its day.")
    for key in ("tomas", "layla", "samuel"):
        assert year.answer_to(key, "decision") == 404
    page.goto(f"/people/{year.company.yusuf.pk}/")
    reads(page, "Yusuf Demir")
    expect(page.get_by_role("link", name=POST, exact=True)).to_have_count(0)


def it_takes_effect_on_its_day(year: Year) -> None:
    """A new post for all to see; a new pay for those who may know it."""
    employee, colleague = year.as_one("yusuf"), year.as_one("layla")
    for page in (employee, colleague):
        page.goto(f"/people/{year.company.yusuf.pk}/")
        reads(page, POST)
        follow(page, "History")
    reads(employee, "35,500 EUR")
    reads(colleague, "Reasons, leave and pay are read by the person, the managers above and HR.")
    does_not_read(colleague, "35,500", "EUR")
    employee.goto(year.found["decision"])
    reads(employee, "Carried out", VERDICT)


def the_chief_sees_how_the_year_went(year: Year) -> None:
    """Nkechi sees objectives, effort, the cycle and the decision in figures; no private texts."""
    page = year.as_one("nkechi")
    page.goto("/insight/strategy/")
    row = page.get_by_role("row", name=strategy.ANSWERS)
    expect(row).to_contain_text("1 goal")
    expect(panel(page, "Strategic objectives")).to_contain_text(strategy.DECIDES)
    page.goto("/insight/practice/")
    expect(page.get_by_role("row", name="Promotion")).to_contain_text("1")
    page.goto(year.found["cycle"])
    reads(page, "Final ratings")
    does_not_read(page, "Yusuf Demir")
    for private in ("talk", "feedback", "review"):
        assert year.answer_to("nkechi", private) == 404
