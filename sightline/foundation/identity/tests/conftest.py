"""What the tests of identity share."""

from __future__ import annotations

import re

import pytest
from django.core import mail

from sightline.foundation.identity.models import Account

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def nobody_upstairs(settings, jobs_run_at_once):
    """Identity alone: it does not ask whether an account belongs to somebody who works here."""
    settings.ROOT_URLCONF = "sightline.foundation.identity.tests.urls"
    settings.MIDDLEWARE = [
        middleware for middleware in settings.MIDDLEWARE if "people.middleware" not in middleware
    ]


@pytest.fixture
def ada(db) -> Account:
    return Account.objects.create_user("ada@example.org", PASSWORD, name="Ada Lovelace")


@pytest.fixture
def hr(db) -> Account:
    """Whoever administers: identity knows no roles."""
    return Account.objects.create_user("hr@example.org", PASSWORD, name="Hanna Richter")


def sign_in(client, email="ada@example.org", password=PASSWORD, **more):
    """Fill in the sign-in page and send it."""
    return client.post("/account/sign-in/", {"login": email, "password": password, **more})


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def last_link() -> str:
    """The path of the link in the last letter."""
    found = re.search(r"http://[^/\s]+(/\S+)", mail.outbox[-1].body)
    assert found, mail.outbox[-1].body
    return found[1]
