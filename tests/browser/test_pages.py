"""Every page of the product in a real browser: readable by all, in light and dark, on a phone.

The pages are those of tests/access/table.py, each as somebody sees it who may; a page that is added
there is tried here as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from playwright.sync_api import ConsoleMessage, Page

from tests.access.house import House, freshly_proved
from tests.access.row import Row
from tests.access.table import CHAPTERS
from tests.browser.reading import findings, in_the_dark, out_of_reach, wider_than_window

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
LOOKS_FIRST = ("ingrid", "ruth", "samuel", "fatima", "tomas", "nobody")
"""Of those for whom a page is, the one who sees most of it."""

SHOWN_ELSEWHERE = {"ui:gallery"}
"""test_gallery.py looks at it more closely."""

SEEN_IN_SEVERAL_WAYS = {"person", "people:import"}


def test_axe_would_find_what_is_wrong(page_as):
    page = page_as(None)
    page.set_content(
        "<!doctype html><html lang=en><title>Wrong</title><main><h1>Wrong</h1><input></main>"
    )
    assert [finding.split(":")[0] for finding in findings(page)] == ["label"]
    assert not wider_than_window(page)
    page.set_content("<!doctype html><pre>" + "wide" * 1000)
    assert wider_than_window(page)


@pytest.fixture
def house(company) -> House:
    """The company with something in every address."""
    return House(company, [])


@dataclass
class Tab:
    """A page signed in as one of the cast, and what the browser complains of on it."""

    page: Page
    complaints: list[str]

    def open(self, address: str) -> bool:
        """Go there; False when what stands there is no page but a file or a part of one."""
        self.complaints.clear()
        answer = self.page.goto(address)
        kind = answer.headers.get("content-type", "")
        return kind.startswith("text/html") and self.page.locator("main").count() > 0


@pytest.fixture
def tab_of(page_as, house, live_server):
    """A tab of somebody who has just signed in by password; one for each person."""
    tabs: dict[str, Tab] = {}

    def make(key: str) -> Tab:
        if key not in tabs:
            page = page_as(None, viewport=DESK, reduced_motion="reduce")
            if key != "nobody":
                client = freshly_proved(house.company, key)
                value = client.cookies[settings.SESSION_COOKIE_NAME].value
                cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value}
                page.context.add_cookies([{**cookie, "url": live_server.url}])
            complaints: list[str] = []
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("console", lambda said: note(complaints, page, said))
            tabs[key] = Tab(page, complaints)
        return tabs[key]

    return make


def note(complaints: list[str], page: Page, said: ConsoleMessage) -> None:
    """Keep what the browser calls an error; that the page itself is a refusal is none."""
    if said.type == "error" and said.location["url"] != page.url:
        complaints.append(f"{said.text} {said.location['url']}")


def rows_with_pages(chapter: str) -> Iterator[tuple[Row, str]]:
    """The addresses of a chapter that show something, each with somebody who sees it."""
    shown = set(SHOWN_ELSEWHERE)
    for row in CHAPTERS[chapter]:
        viewers = [key for key, answer in row.who.answers.items() if answer == "yes"]
        if row.get != 200 or row.name in shown or not viewers:
            continue
        if row.name not in SEEN_IN_SEVERAL_WAYS:
            shown.add(row.name)
        yield row, next((key for key in LOOKS_FIRST if key in viewers), viewers[0])


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_page_can_be_read_by_all(chapter, house, tab_of):
    faults = []
    for row, viewer in rows_with_pages(chapter):
        tab = tab_of(viewer)
        address = house.address(row.name, row.of)
        if row.name in FILES:
            continue
        if tab.open(address):
            faults += [f"{row} as {viewer}: {fault}" for fault in faults_of(tab)]
    assert not faults, "\n".join(faults)


FILES = {
    "decisions:dossier",
    "decisions:proof",
    "decisions:seal",
    "ledger:proof",
    "own_data_file",
    "people:import_template",
}
"""Addresses that send a file, which a browser saves and does not show."""


@pytest.mark.parametrize(
    ("viewer", "address", "status"),
    [
        ("tomas", "/nowhere/", 404),
        ("nobody", "/account/nowhere/", 404),
        ("tomas", "/operations/", 403),
        ("samuel", "/people/", 403),
    ],
)
def test_a_refusal_is_a_page_like_any_other(viewer, address, status, tab_of):
    tab = tab_of(viewer)
    assert tab.open(address)
    assert faults_of(tab) == []
    assert tab.page.evaluate(STATUS) == status


STATUS = "performance.getEntriesByType('navigation')[0].responseStatus"


def faults_of(tab: Tab) -> list[str]:
    """What is wrong with the page in a tab."""
    return [
        *(f"the browser says: {said}" for said in tab.complaints),
        *skeleton_faults(tab.page),
        *findings(tab.page),
        *in_the_dark(tab.page),
        *on_a_phone(tab.page),
    ]


def skeleton_faults(page: Page) -> Iterator[str]:
    """What a page lacks of one heading of the first level, a title and a language."""
    found = page.evaluate(
        """() => ({
            headings: document.querySelectorAll("h1").length,
            title: document.title,
            language: document.documentElement.lang,
        })"""
    )
    if found["headings"] != 1:
        yield f"{found['headings']} headings of the first level"
    if not found["title"].endswith("Sightline") or not found["language"]:
        yield f"title {found['title']!r}, language {found['language']!r}"


def on_a_phone(page: Page) -> list[str]:
    """What does not fit on a phone: the page, or a menu of it."""
    page.set_viewport_size(PHONE)
    wider = wider_than_window(page)
    found = [f"wider than a phone: {wider}"] if wider else []
    found += [f"a menu out of a phone: {menu}" for menu in out_of_reach(page)]
    page.set_viewport_size(DESK)
    return found


def test_the_keyboard_comes_to_the_content_first_and_is_always_seen(tab_of):
    tab = tab_of("ingrid")
    tab.open("/people/")
    page = tab.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    unseen = []
    for _step in range(45):
        seen = page.evaluate(IS_FOCUS_SEEN)
        if seen is not True:
            unseen.append(seen)
        page.keyboard.press("Tab")
    assert unseen == []


IS_FOCUS_SEEN = """() => {
    const one = document.activeElement;
    if (one === document.body) return true;
    const isCalendarButton = one.type === "date" && !one.matches(":focus-visible");
    if (isCalendarButton) return true;  // marked by the browser itself
    const marks = [getComputedStyle(one), getComputedStyle(one, "::after")];
    const isMarked = marks.some(
        (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
    );
    const box = one.getBoundingClientRect();
    return (isMarked && box.width > 0 && box.height > 0) || one.outerHTML.slice(0, 160);
}"""


def test_the_skip_link_brings_the_keyboard_to_the_content(tab_of):
    tab = tab_of("tomas")
    tab.open("/")
    tab.page.keyboard.press("Tab")
    tab.page.keyboard.press("Enter")
    assert tab.page.evaluate("document.activeElement.id") == "main"
