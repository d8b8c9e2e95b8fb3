"""What every test stands on, whichever app it belongs to."""

from __future__ import annotations

import os

import pytest
from django.core.cache import cache

pytest_plugins = ["tests.company", "tests.at_once"]


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """No test starts with what another one counted, such as attempts to sign in."""
    cache.clear()


@pytest.fixture
def jobs_run_at_once(settings) -> None:
    """Letters leave within the request, so that a test can read them."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def pytest_configure(config: pytest.Config) -> None:
    """The same examples each time where a failure must mean a fault; no deadline when busy."""
    from hypothesis import settings

    settings.register_profile("house", deadline=None, derandomize=os.environ.get("CI") == "true")
    settings.load_profile("house")
