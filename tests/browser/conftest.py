"""What every test in a browser stands on: one Chromium for all of them, and pages signed in.

    def test_a_manager_finds_somebody(page_as, account):
        page = page_as(account)              # signed in, in a context (cookies, storage) of its own
        page.goto("/people/")                # addresses are relative to the test's own server
        other = page.context.new_page()      # a second tab of the same person
        page_as(None)                        # a visitor who has not signed in
        page_as(account, viewport={"width": 390, "height": 800}, color_scheme="dark")

A script error or a breach of the content security policy on any page fails the test that saw it.
Chromium is the one that SIGHTLINE_CHROMIUM names, or the first on the path; when there is none the
tests are skipped, and fail under CI=true.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from sightline.foundation.identity.models import Account
from sightline.people.models import Employee, Employment
from tests.browser.year.story import Year

# Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
FAULTS = ("Content Security Policy", "Uncaught", "Refused to")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever stands in this folder drives a browser."""
    here = os.path.dirname(__file__)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.browser)


def chromium() -> str:
    """Where Chromium is; "" when it is nowhere."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = (shutil.which(name) for name in names)
    return os.environ.get("SIGHTLINE_CHROMIUM") or next(filter(None, found), "")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one browser of the whole run."""
    path = chromium()
    if not path:
        sentence = "There is no Chromium; install the package chromium or set SIGHTLINE_CHROMIUM."
        pytest.fail(sentence) if os.environ.get("CI") == "true" else pytest.skip(sentence)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def account_of(transactional_db: None) -> Callable[[str], Account]:
    """Makes an account for somebody who works here."""

    def make(name: str) -> Account:
        email = f"{name.split()[0].lower()}@example.org"
        account = Account.objects.create_user(email, "correct horse battery", name=name)
        employee = Employee.objects.create(number=email, name=name, email=email, account=account)
        Employment.objects.create(employee=employee, from_on=date(2020, 1, 1))
        return account

    return make


@pytest.fixture
def account(account_of: Callable[[str], Account]) -> Account:
    """Somebody who can sign in."""
    return account_of("Ana Ribeiro")


@pytest.fixture
def sign_in(live_server: Any) -> Callable[[BrowserContext, Account], None]:
    """Signs an account in within a context, as if by the page of sign-in."""

    def put_cookie(context: BrowserContext, account: Account) -> None:
        client = Client()
        client.force_login(account)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}]
        )

    return put_cookie


@pytest.fixture
def page_as(browser: Browser, live_server: Any, sign_in: Any) -> Iterator[Callable[..., Page]]:
    """Makes a page in a context of its own, signed in as an account (None: as nobody)."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def listen(page: Page) -> None:
        page.set_default_timeout(8_000)
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on("console", lambda message: note_fault(faults, page, message))

    def make(account: Account | None, **options: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        context.on("page", listen)
        if account is not None:
            sign_in(context, account)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def year(company, page_as, monkeypatch) -> Year:
    """The first day of the year: the next that begins, at nine, the same day for all the cast."""
    real = timezone.now
    begun = real()
    until_nine = (begun.replace(hour=9, minute=0) - begun) % timedelta(days=1)

    def put_forward(by: timedelta) -> None:
        monkeypatch.setattr(timezone, "now", lambda: real() + until_nine + by)

    put_forward(timedelta(0))
    return Year(company, page_as, put_forward)


def note_fault(faults: list[str], page: Page, message: ConsoleMessage) -> None:
    """Remember what the browser complains of; a server that was away is no fault of the page."""
    if message.type == "error" and any(sign in message.text for sign in FAULTS):
        faults.append(f"{page.url}: {message.text}")
