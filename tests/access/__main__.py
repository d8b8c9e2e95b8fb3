"""Writes docs/access.md: python -m tests.access."""

from __future__ import annotations

from tests.access.document import DOCUMENT, written

if __name__ == "__main__":
    DOCUMENT.write_text(written(), encoding="utf-8")
