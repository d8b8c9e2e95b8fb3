"""Who acts in most tests of people, a unit to act on, and a house that files are brought into."""

from __future__ import annotations

import pytest

from sightline.people.actions import units
from sightline.people.tests.importing import found, settle


@pytest.fixture
def hr(company):
    return company.viewer("ingrid")


@pytest.fixture
def lab(company, hr):
    return units.open_unit(
        by=hr, code="LAB", name="Lab", kind="team", parent=company.units["PLAT"], on=hr.today
    )


@pytest.fixture
def founder():
    """The HR administrator of a house without anybody else."""
    return found()


@pytest.fixture
def settled(founder):
    """The same, once its organisation came in from files."""
    settle(founder)
    return founder
