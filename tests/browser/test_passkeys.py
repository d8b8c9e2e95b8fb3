"""Passkeys in a real browser, with an authenticator that Chromium plays.

The pages run under the product's own security policy: a breach of it fails the test (see conftest).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from sightline.foundation.identity.models import Account
from sightline.foundation.ledger.models import Record

PASSWORD = "correct horse battery"


def with_authenticator(page: Page) -> Page:
    """Give the page a device that can hold passkeys and whose owner always agrees."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


def sign_in(page: Page, account: Account) -> None:
    page.goto("/account/sign-in/")
    page.get_by_label("E-mail address").fill(account.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def add_passkey(page: Page, name: str = "my laptop") -> None:
    page.goto("/account/second-factor/passkeys/add/")
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Add passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


@pytest.fixture
def page(page_as: Callable[..., Page], account: Account) -> Page:
    """A page whose owner signed in by password and has added a passkey."""
    page = with_authenticator(page_as(None))
    sign_in(page, account)
    page.wait_for_url(lambda url: "sign-in" not in url)
    add_passkey(page)
    return page


def sign_out(page: Page) -> None:
    page.goto("/account/sign-out/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/account/sign-in/")


def test_a_passkey_alone_signs_one_in(page: Page, account: Account) -> None:
    sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.goto("/account/second-factor/passkeys/")
    expect(page.get_by_text("my laptop")).to_be_visible()
    ways = Record.objects.filter(kind="identity.SignedIn", subject=account.ref)
    assert ways.count() == 2
    assert Record.objects.filter(kind="identity.SecondFactorAdded").count() == 2


def test_a_passkey_is_the_second_factor_after_the_password(page: Page, account: Account) -> None:
    sign_out(page)
    sign_in(page, account)
    expect(page.get_by_role("heading", name="Your second factor")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(lambda url: "authenticate" not in url)
    page.goto("/me/settings/")
    expect(page.get_by_role("heading", name="Settings", level=1)).to_be_visible()


def test_a_passkey_is_fresh_proof(page: Page, settings: Any) -> None:
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    page.goto("/account/second-factor/passkeys/add/")
    expect(page.get_by_role("heading", name="Is it still you?")).to_be_visible()
    page.get_by_role("link", name="use a passkey").click()
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Add a passkey")).to_be_visible()


def test_a_passkey_is_renamed_and_removed(page: Page, account: Account) -> None:
    page.goto("/account/second-factor/passkeys/")
    page.get_by_role("link", name="Rename").click()
    page.get_by_label("Name").fill("old laptop")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("old laptop")).to_be_visible()
    page.get_by_role("link", name="Remove").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("You have no passkey yet.")).to_be_visible()
    assert not Authenticator.objects.filter(user=account).exists()


def test_the_same_device_is_not_added_twice(page: Page) -> None:
    page.goto("/account/second-factor/passkeys/add/")
    page.get_by_role("button", name="Add passkey").click()
    expect(page.get_by_text("This device already has a passkey")).to_be_visible()


def test_a_browser_without_a_passkey_says_so_in_a_sentence(
    page_as: Callable[..., Page], account: Account
) -> None:
    page = with_authenticator(page_as(None))
    page.goto("/account/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("The passkey was not used.")).to_be_visible()


def test_an_address_of_numbers_says_why_passkeys_do_not_work_there(
    page_as: Callable[..., Page], account: Account, live_server: Any
) -> None:
    page = with_authenticator(page_as(None))
    page.goto(live_server.url.replace("localhost", "127.0.0.1") + "/account/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("they need a name, not a number")).to_be_visible()
