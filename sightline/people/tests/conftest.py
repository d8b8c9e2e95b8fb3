"""Who acts in most tests of people, and a unit to act on."""

from __future__ import annotations

import pytest

from sightline.people.actions import units


@pytest.fixture
def hr(company):
    return company.viewer("ingrid")


@pytest.fixture
def lab(company, hr):
    return units.open_unit(
        by=hr, code="LAB", name="Lab", kind="team", parent=company.units["PLAT"], on=hr.today
    )
