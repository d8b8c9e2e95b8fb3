from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.foundation.exchange.tables import Table, clean, read, write_csv, write_xlsx

texts = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "=1+2",
            "+351 21 000",
            "-",
            "@here",
            "'=x",
            "''+",
            '"quoted"',
            "a\nb",
            "a;b,c\td",
            "שלום עולם",
            "👩‍👩‍👧‍👦",
            "_x0041_",
            "＝1",
            "00123",
            "1.0",
            "TRUE",
            "2026-01-01",
            "'",
        ]
    ),
).filter(lambda text: not any("\ud800" <= sign <= "\udfff" for sign in text))


def written(kind: str, headers: list[str], lines: list[list]) -> bytes:
    if kind == "csv":
        return write_csv(headers, lines)
    return write_xlsx(Table("People", headers, lines))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@given(lines=st.lists(st.tuples(texts, texts), max_size=6))
@settings(max_examples=80, deadline=None)
def test_what_is_written_is_read_back_exactly(kind, lines):
    data = written(kind, ["One", "Two"], [list(line) for line in lines])
    kept = [tuple(map(clean, line)) for line in lines]
    found = [row.cells for row in read(data, f"a.{kind}").rows]
    assert found == [line for line in kept if any(line)]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_numbers_and_days_are_read_back(kind):
    data = written(kind, ["N", "W", "D"], [[7, Decimal("20.50"), date(2026, 2, 28)]])
    assert read(data, f"a.{kind}").rows[0].cells == ("7", "20.5", "2026-02-28")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_a_cell_that_a_spreadsheet_would_run_is_inert_in_csv(sign):
    text = write_csv(["Name"], [[f"{sign}cmd|' /C calc'!A0"]]).decode("utf-8-sig")
    assert text.split("\r\n", 1)[1].lstrip('"').startswith("'")


def test_text_that_looks_like_a_formula_or_link_is_text_in_xlsx():
    data = write_xlsx(Table("P", ["Name"], [["=1+1"], ["https://example.org"]]))
    assert [row.cells for row in read(data, "a.xlsx").rows] == [("=1+1",), ("https://example.org",)]


def test_a_csv_file_passed_through_excel_loses_its_apostrophes_again():
    data = write_xlsx(Table("P", ["Name"], []))
    assert read(data, "a.xlsx").rows == ()
    from sightline.foundation.exchange.tests.books import rows

    assert read(rows(["Name"], ["'=1+1"]), "a.xlsx").rows[0].cells == ("=1+1",)
