"""What the tests of notices share."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def nobody_upstairs(settings):
    """Notices alone: nobody asks whether an account belongs to somebody who works here."""
    settings.ROOT_URLCONF = "sightline.foundation.notices.tests.urls"
    settings.MIDDLEWARE = [
        middleware for middleware in settings.MIDDLEWARE if "people.middleware" not in middleware
    ]
