import io
import struct
import tracemalloc
import zipfile
from datetime import date

import pytest
import xlsxwriter

from sightline.foundation.core.errors import Refused
from sightline.foundation.exchange.tables import open_book, read
from sightline.foundation.exchange.tests.books import book, changed, rows

SHEET = "xl/worksheets/sheet1.xml"


def refused(data: bytes, **options) -> str:
    with pytest.raises(Refused) as refusal:
        read(data, "people.xlsx", **options)
    return " ".join(sentence for _field, sentence in refusal.value.reasons)


def one(fill, **options) -> str:
    """The only value of a sheet with one column."""
    sheet = read(book(lambda b, s: (s.write(0, 0, "Header"), fill(b, s)), **options), "a.xlsx")
    return sheet.rows[0].cells[0]


def test_a_number_that_is_an_id_has_no_point():
    assert one(lambda _b, s: s.write_number(1, 0, 10433.0)) == "10433"
    assert one(lambda _b, s: s.write_number(1, 0, 0.5)) == "0.5"
    assert one(lambda _b, s: s.write_number(1, 0, 1e15)) == "1000000000000000"


def test_leading_zeros_are_kept_in_text_and_when_the_format_shows_them():
    assert one(lambda _b, s: s.write_string(1, 0, "00123")) == "00123"
    zeros = {"num_format": "00000"}
    assert one(lambda b, s: s.write_number(1, 0, 123, b.add_format(zeros))) == "00123"


def test_a_share_shown_as_percentage_reads_as_shown():
    percent = {"num_format": "0.0%"}
    assert one(lambda b, s: s.write_number(1, 0, 0.125, b.add_format(percent))) == "12.5%"


@pytest.mark.parametrize("epoch", [False, True])
def test_a_day_is_a_day_whatever_its_format_and_the_workbooks_first_year(epoch):
    for shown in ("dd.mm.yyyy", "m/d/yy", "yyyy-mm-dd"):
        made = one(
            lambda b, s, shown=shown: s.write_datetime(
                1, 0, date(2026, 11, 30), b.add_format({"num_format": shown})
            ),
            date_1904=epoch,
        )
        assert made == "2026-11-30"


def test_a_formula_is_read_by_its_value():
    assert one(lambda _b, s: s.write_formula(1, 0, '="a"&"b"', None, "ab")) == "ab"


def test_a_formula_without_value_and_one_that_failed_are_named_not_guessed():
    def fill(_book, sheet):
        sheet.write_row(0, 0, ["Number", "Name"])
        sheet.write_formula(1, 0, "=1+1", None, 2)
        sheet.write_formula(2, 1, "=1/0", None, "#DIV/0!")

    data = book(fill)
    assert "error in B3" in refused(data)
    emptied = changed(data, SHEET, lambda xml: xml.replace(b"<v>2</v>", b""))
    assert "without a value in A2" in refused(emptied)


def test_merged_cells_are_named_not_guessed():
    def fill(_book, sheet):
        sheet.write_row(0, 0, ["Number", "Manager"])
        sheet.merge_range(1, 1, 3, 1, "Rui")

    assert "Merged cells in B2:B4" in refused(book(fill))


def many_sheets() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        made.add_worksheet("Cover")
        hidden = made.add_worksheet("Old")
        hidden.write(0, 0, "Old")
        hidden.hide()
        made.add_worksheet("People").write_column(0, 0, ["Name", "Ana"])
        made.add_worksheet("Units").write_column(0, 0, ["Unit", "Platform"])
    return out.getvalue()


def test_the_first_sheet_with_values_is_read_and_the_others_are_named():
    sheet = read(many_sheets(), "a.xlsx")
    assert (sheet.name, sheet.headers, sheet.others) == ("People", ("Name",), ("Units",))


def test_a_sheet_can_be_asked_for_by_name():
    assert read(many_sheets(), "a.xlsx", sheet="Units").rows[0].cells == ("Platform",)
    assert "It has: People, Units" in refused(many_sheets(), sheet="Nowhere")
    assert open_book(many_sheets(), "a.xlsx").names == ("People", "Units")


def test_a_table_that_starts_lower_and_further_right_keeps_its_places():
    def fill(_book, sheet):
        sheet.write_row(2, 3, ["Name", "Note"])
        sheet.write_row(5, 3, ["Ana", "x"])

    sheet = read(book(fill), "a.xlsx")
    assert sheet.letters == ("D", "E")
    assert [(row.number, row.cells) for row in sheet.rows] == [(6, ("Ana", "x"))]


# ── Files that mean harm ─────────────────────────────────────────────────────────────────────


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", "<workbook/>")
        bomb.writestr(SHEET, b" " * (150 * 1024 * 1024))
    tracemalloc.start()
    assert "far more than its size" in refused(out.getvalue())
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_a_zip_that_lies_about_its_size_is_never_unpacked_beyond_what_it_says():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", "<workbook/>")
        bomb.writestr(SHEET, b" " * (150 * 1024 * 1024))
    size = struct.pack("<L", 150 * 1024 * 1024)
    lie = out.getvalue().replace(size, struct.pack("<L", 1000))
    assert lie != out.getvalue()
    tracemalloc.start()
    assert "damaged" in refused(lie)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_too_many_entries_or_too_much_text_are_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as bomb:
        for number in range(2_001):
            bomb.writestr(f"xl/{number}.xml", "<a/>")
    assert "more than can be read" in refused(out.getvalue())


def test_two_cells_at_far_corners_do_not_fill_the_memory():
    def fill(_book, sheet):
        sheet.write(0, 0, "Name")
        sheet.write(1_048_575, 150, "far away")

    assert "row 1048576" in refused(book(fill))


def test_document_types_and_entities_are_refused():
    doctype = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    data = changed(
        rows(["Name"], ["Ana"]),
        SHEET,
        lambda xml: xml.replace(b"<worksheet", doctype + b"<worksheet", 1),
    )
    assert "damaged" in refused(data)


@pytest.mark.parametrize("cut", [100, 2000, -200])
def test_a_damaged_file_is_refused(cut):
    assert "damaged" in refused(rows(["Name"], ["Ana"])[:cut])


def test_a_sheet_with_broken_xml_is_refused():
    data = changed(rows(["Name"], ["Ana"]), SHEET, lambda xml: xml[:-30])
    assert "damaged" in refused(data)


# ── Files of other kinds ─────────────────────────────────────────────────────────────────────


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".xls"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
        (zipped("mimetype", "content.xml"), ".ods"),
        (zipped("xl/workbook.bin"), ".xlsb"),
        (zipped("word/document.xml"), "not a table"),
    ],
)
def test_other_kinds_of_files_are_refused_with_what_to_do(data, words):
    assert words in refused(data)
