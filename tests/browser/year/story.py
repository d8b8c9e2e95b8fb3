"""What every chapter stands on: people at their own browsers, and a clock put forward."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from playwright.sync_api import Locator, Page, expect

from sightline.foundation.core.dates import today
from sightline.foundation.jobs import schedule
from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.foundation.ui.words import day as in_words
from tests.company import Company


@dataclass
class Year:
    """The company, its people's browsers, and what the chapters leave to those that follow.

    `found` keeps addresses by name, such as that of the goal.
    """

    company: Company
    page_as: Callable[..., Page]
    put_forward: Callable[[timedelta], None]
    first_day: date = field(default_factory=today)
    found: dict[str, str] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    timetable: schedule.Clock = field(default_factory=schedule.Clock)

    def as_one(self, key: str) -> Page:
        """The browser of one of the cast, signed in; the same all day."""
        if key not in self.pages:
            account = self.company.account(key)
            self.pages[key] = self.page_as(account, reduced_motion="reduce")
        return self.pages[key]

    def day(self, number: int) -> str:
        """A day of the year, as one types it; the first has the number 0."""
        return (self.first_day + timedelta(days=number)).isoformat()

    def day_as_told(self, number: int) -> str:
        """A day of the year, as lists tell it."""
        return in_words(self.first_day + timedelta(days=number), "short")

    def on_day(self, number: int) -> None:
        """Go on to another day: what waits is done by then, and everybody signs in anew."""
        self.work_is_done()
        for page in self.pages.values():
            page.context.close()
        self.pages.clear()
        self.put_forward(timedelta(days=number))
        self.work_is_done()

    def work_is_done(self) -> None:
        """What the worker would have done by now, by the timetable and by what people did."""
        self.timetable.enqueue_due()
        run_waiting_jobs()

    def answer_to(self, key: str, name: str) -> int:
        """What one of the cast is answered at an address that a chapter has kept."""
        answer = self.as_one(key).goto(self.found[name])
        return answer.status if answer else 0

    def keep(self, name: str, page: Page, *sentences: str) -> None:
        """Remember where a page stands, as soon as these are read on it."""
        reads(page, *sentences)
        self.found[name] = page.url


def labelled(place: Page | Locator, label: str) -> Locator:
    """The field of a label, whether it may stay empty or not; a group may be named before it."""
    return place.get_by_label(re.compile(rf"^\s*([^:]+:\s*)?{re.escape(label)}( optional)?\s*$"))


def write(place: Page | Locator, said: dict[str, Any]) -> None:
    """Write into the fields of these labels."""
    for label, words in said.items():
        labelled(place, label).fill(str(words))


def choose(page: Page, label: str, words: str, option: str) -> None:
    """Find somebody or something by typing, and take it."""
    box = page.get_by_role("combobox", name=label).first
    box.click()
    page.keyboard.type(words)
    page.get_by_role("option", name=option).first.click()
    expect(box).to_have_value(option)


def follow(page: Page, *links: str) -> None:
    """Press links, one after the other."""
    for name in links:
        page.get_by_role("link", name=name, exact=True).first.click()


def from_menu(page: Page, menu: str, entry: str) -> None:
    """Open a menu and take what it offers."""
    page.locator("summary", has_text=menu).first.click()
    page.locator("details[open]").get_by_role("link", name=entry, exact=True).click()


def send(page: Page, button: str) -> None:
    """Press a button."""
    page.get_by_role("button", name=button, exact=True).click()


def send_and_mean_it(page: Page, button: str) -> None:
    """Press a button that asks, and say so again."""
    send(page, button)
    page.get_by_role("dialog").get_by_role("button", name=button, exact=True).click()


def panel(page: Page, title: str) -> Locator:
    """A part of a page by its title."""
    return page.locator(".panel", has=page.get_by_role("heading", name=title, exact=True))


def reads(page: Page | Locator, *sentences: str) -> None:
    """These stand on the page."""
    for sentence in sentences:
        expect(page.get_by_text(sentence).first).to_be_visible()


def does_not_read(page: Page, *sentences: str) -> None:
    """These stand nowhere on the page, not even hidden. Call it once something else was read."""
    html = page.content()
    for sentence in sentences:
        assert sentence not in html, sentence
