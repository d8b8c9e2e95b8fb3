import pytest

from sightline.foundation.ledger.events import House


@pytest.fixture(autouse=True)
def own_key(settings, tmp_path):
    """A signing key for this test alone."""
    settings.LEDGER_KEY_FILE = str(tmp_path / "ledger-key")


@pytest.fixture
def house():
    return House()
