"""The public data set in an installation that was empty: founded, imported, as anybody does it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from sightline.foundation.identity.actions import make_founding_token
from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.foundation.ledger.events import House
from tests.access.house import undone
from tests.realdata.__main__ import workbook

PASSWORD = "correct horse battery"


def founder() -> Client:
    """Whoever makes the first account, by the page."""
    token, _until = make_founding_token(by=House())
    client = Client()
    said = {"token": token, "name": "Ada Novak", "email": "ada@example.org", "number": "founder"}
    sent = client.post("/founding/", said | {"password": PASSWORD, "password_again": PASSWORD})
    assert sent.status_code == 302, sent.content.decode()
    return client


def import_everything(client: Client) -> None:
    """Bring the workbook, look at the dry run, import: by the pages."""
    file = SimpleUploadedFile("organisation.xlsx", workbook())
    sent = client.post("/imports/", {"kind": "everything", "file": file, "day": "2026-01-01"})
    assert sent.status_code == 302, re.findall(r"field__error.*", sent.content.decode())
    run_waiting_jobs()
    assert "What would change" in client.get(sent["Location"]).content.decode()
    client.post(sent["Location"] + "completion/")
    run_waiting_jobs()
    assert "What was imported" in client.get(sent["Location"]).content.decode()


@pytest.fixture(scope="module")
def one_day() -> Iterator[None]:
    """The clock begins at an hour that is one day for all, from London to Los Angeles."""
    real = timezone.now
    begun = real()
    until_then = (begun.replace(hour=16, minute=0) - begun) % timedelta(days=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: real() + until_then)
        yield


@pytest.fixture(scope="module")
def hr(one_day, django_db_setup, django_db_blocker) -> Iterator[Client]:
    """The founder, signed in, in the imported organisation, which stands for a whole module."""
    with django_db_blocker.unblock(), undone():
        client = founder()
        import_everything(client)
        yield client
