"""Several who act at the same moment, each in a thread and a connection of his own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from sightline.foundation.core.errors import Refused

Act = Callable[[], object]


@pytest.fixture
def at_once() -> Callable[..., list[bool]]:
    """Lets all of these act at one moment; tells of each, in order, whether it was not refused."""

    def together(*acts: Act) -> list[bool]:
        ready = Barrier(len(acts))

        def succeeds(act: Act) -> bool:
            try:
                ready.wait(timeout=20)
                act()
            except Refused:
                return False
            finally:
                connections.close_all()
            return True

        with ThreadPoolExecutor(len(acts)) as pool:
            return list(pool.map(succeeds, acts))

    return together
