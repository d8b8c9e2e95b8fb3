"""The house of tests/access, with something on every page."""

from __future__ import annotations

from tests.access.conftest import _built, house

__all__ = ["_built", "house"]
