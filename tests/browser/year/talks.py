"""Two people talk regularly; a third says what he saw."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.year.story import (
    Year,
    choose,
    does_not_read,
    follow,
    labelled,
    reads,
    send,
    write,
)

DONE_ON_DAY = 80
POINT = "Who takes over when both of us are in calls?"
NOTE = "He carries the mornings alone. Ask about August before he does."
PROMISE = "Try the handover list with the night shift"
WORDS = {
    "Situation": "The Saturday on which the partner feed sent every price twice.",
    "Behaviour": "He wrote to the forty shops concerned before any of them had noticed.",
    "Impact": "Two called back, both to say thank you. I had the feed mended in peace.",
}


def they_begin_to_talk(year: Year) -> None:
    """Amara begins regular talks; both put something on the agenda; her notes are hers."""
    manager, employee = year.as_one("amara"), year.as_one("yusuf")
    manager.goto("/talks/")
    follow(manager, "Talk regularly")
    choose(manager, "With whom", "yusuf", "Yusuf Demir")
    write(manager, {"What for": "How the mornings go"})
    send(manager, "Begin")
    write(manager, {"Day": year.day(62)})
    send(manager, "Plan")
    year.keep("talk", manager, "The talk is planned.")

    employee.goto("/talks/")
    follow(employee, "Amara Njoroge")
    write(employee, {"Add a point": POINT})
    send(employee.locator(".talk__add"), "Add")
    reads(employee, POINT)


def they_talk(year: Year) -> None:
    """On the day there are notes, a promise, and a point that nobody came to."""
    manager, employee = year.as_one("amara"), year.as_one("yusuf")
    manager.goto(year.found["talk"])
    reads(manager, POINT)
    write(manager, {"Your private notes": NOTE})
    send(manager, "Keep")
    reads(manager, "Your notes are kept.")
    manager.locator("summary", has_text="Note a promise").click()
    labelled(manager, "Who").select_option(label="Yusuf")
    write(manager, {"What": PROMISE, "By": year.day(90)})
    send(manager.locator(".talk__more"), "Add")
    reads(manager, PROMISE)
    send(manager, "We have talked")
    reads(manager, "You have talked. When next?")
    write(manager, {"Day": year.day(DONE_ON_DAY)})
    send(manager, "Plan")
    reads(manager, "Earlier talks")

    employee.goto(year.found["talk"])
    reads(employee, PROMISE)
    does_not_read(employee, NOTE)
    assert year.answer_to("nora", "talk") == 404
    assert year.answer_to("ingrid", "talk") == 404


def they_talk_again(year: Year) -> None:
    """What was not done and not said is there again, with how often it was carried over."""
    manager, employee = year.as_one("amara"), year.as_one("yusuf")
    manager.goto(year.found["talk"])
    reads(manager, "carried over once", PROMISE, POINT)
    employee.goto(year.found["talk"])
    employee.get_by_role("button", name=f"Done: {PROMISE}").click()
    reads(employee, "done on")
    employee.get_by_role("button", name=f"Talked about: {POINT}").click()
    reads(employee, "The agenda is empty.")


def a_colleague_says_what_he_saw(year: Year) -> None:
    """Tomás praises Yusuf; who reads it is fixed before it is sent."""
    page = year.as_one("tomas")
    page.goto("/feedback/")
    follow(page, "Give feedback")
    choose(page, "For whom", "yusuf", "Yusuf Demir")
    send(page, "Go on")
    labelled(page, "Praise").check()
    write(page, WORDS)
    labelled(page, "Read by Yusuf Demir and by Amara Njoroge, the manager").check()
    send(page, "Send")
    year.keep("feedback", page, "Yusuf Demir can read it now.")


def those_named_read_it_and_nobody_else(year: Year) -> None:
    """The two named read it; neither HR nor the lead above nor a colleague of the team does."""
    for key in ("yusuf", "amara"):
        assert year.answer_to(key, "feedback") == 200
        reads(year.as_one(key), WORDS["Behaviour"])
    for key in ("ingrid", "nora", "layla", "nkechi"):
        assert year.answer_to(key, "feedback") == 404
    page = year.as_one("yusuf")
    page.goto("/feedback/")
    expect(page.get_by_role("link", name="Tomás Silva to you")).to_be_visible()
