"""The map of a draft changed in place: by keyboard, by mouse, and told to those who listen."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from sightline.strategy.actions.objectives import add_objective, add_perspective
from sightline.strategy.actions.strategies import draft_strategy
from sightline.strategy.models import Cause, Objective


@pytest.fixture
def draft(company):
    """Two perspectives with two objectives each."""
    by, year = company.viewer("nkechi"), company.today.year
    one = draft_strategy(
        by=by, name="Next", from_on=date(year, 1, 1), until_on=date(year + 3, 1, 1)
    )
    for hue, (name, titles) in enumerate((("Shops", "AB"), ("Us", "CD")), start=1):
        view = add_perspective(by=by, strategy=one, name=name, hue=hue)
        for title in titles:
            add_objective(by=by, perspective=view, title=title, description="", owner=company.leo)
    return one


@pytest.fixture
def page(page_as, company, draft) -> Page:
    """The map as an executive sees it."""
    made = page_as(company.account("nkechi"), viewport={"width": 1280, "height": 1200})
    made.goto(f"/strategy/{draft.pk}/")
    return made


def box(page: Page, title: str):
    key = Objective.objects.get(title=title, strategy__name="Next").pk
    return page.locator(f"#box-wide-{key}")


def order(draft) -> list[list[str]]:
    rows = [row.objectives.order_by("place") for row in draft.perspectives.all()]
    return [[one.title for one in row] for row in rows]


def test_arrow_keys_move_what_is_chosen_and_say_so(page, draft):
    box(page, "A").press("Enter")
    expect(box(page, "A")).to_have_attribute("aria-current", "true")
    expect(box(page, "A")).to_be_focused()
    box(page, "A").press("ArrowRight")
    expect(page.locator("#announcements")).to_contain_text("“A” is number 2 of Shops.")
    expect(box(page, "A")).to_be_focused()
    box(page, "A").press("ArrowDown")
    expect(page.locator("#announcements")).to_contain_text("“A” is number 2 of Us.")
    assert order(draft) == [["B"], ["C", "A", "D"]]
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_text("It is as it was before.")).to_be_visible()
    assert order(draft) == [["B", "A"], ["C", "D"]]


def test_a_mouse_drags_before_another_and_escape_lets_go(page, draft):
    start, end = box(page, "D").bounding_box(), box(page, "A").bounding_box()
    for key in ("Escape", ""):
        page.mouse.move(start["x"] + 60, start["y"] + 40)
        page.mouse.down()
        page.mouse.move(end["x"] + 20, end["y"] + 30, steps=5)
        if key:
            page.keyboard.press(key)
        page.mouse.up()
        if key:
            assert order(draft) == [["A", "B"], ["C", "D"]]
    expect(page.locator(".toasts")).to_contain_text("“D” is number 1 of Shops.")
    assert order(draft) == [["D", "A", "B"], ["C"]]


def test_a_link_is_drawn_from_source_to_target_and_a_circle_is_shown(page, draft):
    for start, end in (("C", "A"), ("A", "C")):
        box(page, start).press("Enter")
        expect(box(page, start)).to_have_attribute("aria-current", "true")
        page.get_by_role("button", name="Choose what it drives").press("Enter")
        box(page, end).press("Enter")
        if start == "C":
            expect(page.locator(".toasts")).to_contain_text("“C” drives “A” now.")
    expect(page.locator("#desk")).to_contain_text("That would close a circle: A → C → A.")
    assert Cause.objects.filter(from_objective__strategy=draft).count() == 1
