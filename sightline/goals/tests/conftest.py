"""What most tests of goals begin with."""

from __future__ import annotations

import pytest

from sightline.goals.tests.making import a_period


@pytest.fixture
def period(company):
    return a_period(company)
