"""Tables in files: CSV and XLSX, in and out.

`read` turns the bytes of a file into a `Sheet` of text, or refuses with a sentence that says what
to do next. `write_csv` and `write_xlsx` make files that `read` reads back exactly.
"""

from sightline.foundation.exchange.tables.cells import clean
from sightline.foundation.exchange.tables.read import open_book, read
from sightline.foundation.exchange.tables.sheet import (
    MAX_BYTES,
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    Book,
    Row,
    Sheet,
    column_letters,
)
from sightline.foundation.exchange.tables.write import XLSX, Table, write_csv, write_xlsx

__all__ = [
    "MAX_BYTES",
    "MAX_CELL",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "XLSX",
    "Book",
    "Row",
    "Sheet",
    "Table",
    "clean",
    "column_letters",
    "open_book",
    "read",
    "write_csv",
    "write_xlsx",
]
