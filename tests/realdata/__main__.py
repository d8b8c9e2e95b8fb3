"""Writes the public data set as a workbook to import: python -m tests.realdata FILE.xlsx."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.realdata.managers import sheets


def workbook() -> bytes:
    """The whole organisation as one file."""
    from sightline.foundation.exchange.tables import Table, write_xlsx
    from sightline.people.exchange.columns import kind

    tables = sheets().items()
    return write_xlsx(*(Table(kind(name).label, lines[0], lines[1:]) for name, lines in tables))


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.site.settings")
    django.setup()
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    Path(sys.argv[1]).write_bytes(workbook())
