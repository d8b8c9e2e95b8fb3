import pytest

from sightline.foundation.core.errors import Refused
from sightline.foundation.exchange.tables import read


def cells(data: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in read(data, "people.csv").rows]


def refused(data: bytes) -> str:
    with pytest.raises(Refused) as refusal:
        read(data, "people.csv")
    assert refusal.value.reasons[0][0] == "file"
    return " ".join(sentence for _field, sentence in refusal.value.reasons)


def test_the_first_line_with_text_names_the_columns_and_row_numbers_are_those_of_the_file():
    sheet = read(b"\n\nNumber,Name\n\n00123,Ana\n,\n7,Rui\n", "people.csv")
    assert sheet.headers == ("Number", "Name")
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (5, ("00123", "Ana")),
        (7, ("7", "Rui")),
    ]


@pytest.mark.parametrize(
    ("codec", "shown"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_the_encoding_is_found_and_told(codec, shown):
    sheet = read("Number,Name\n1,Renée Müller\n".encode(codec), "people.csv")
    assert sheet.rows[0].cells == ("1", "Renée Müller")
    assert f"read as {shown}" in sheet.notes


def test_a_person_can_choose_the_encoding_when_the_guess_was_wrong():
    data = "Номер;Имя\n1;Мария\n".encode("cp1251")
    assert read(data, "a.csv", encoding="cp1251").rows[0].cells == ("1", "Мария")


def test_letters_that_no_encoding_knows_are_refused():
    assert "cannot be read" in refused(b"Name\n\x81\x8d\x8f\n")


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"%PDF-1.7\n\x00\x01", b"abcdef,\0ghi\n"]
)
def test_a_file_that_is_no_text_is_refused(data):
    assert "not a table" in refused(data)


@pytest.mark.parametrize("data", [b"", b"  \n\n ,,\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(data):
    assert "empty" in refused(data)


@pytest.mark.parametrize(
    "text",
    [
        'Name,Weight\n"Berg, Ingrid","1,5"\n',
        "Name;Weight\nBerg, Ingrid;1,5\n",
        "Name\tWeight\nBerg, Ingrid\t1,5\n",
        "sep=;\nName;Weight\nBerg, Ingrid;1,5\n",
    ],
)
def test_the_separator_is_found(text):
    assert cells(text.encode()) == [("Berg, Ingrid", "1,5")]


def test_a_header_with_commas_in_it_does_not_mislead():
    assert cells(b"Name, first and last;Number\nAna;1\nRui;2\n") == [("Ana", "1"), ("Rui", "2")]


def test_newlines_and_doubled_quotation_marks_inside_a_cell_are_kept():
    assert cells(b'Name,Note\r\nAna,"says ""yes""\r\nand means it"\r\n') == [
        ("Ana", 'says "yes"\nand means it')
    ]


def test_a_quotation_mark_that_is_never_closed_is_told_with_its_row():
    assert "row 3" in refused(b'Name,Note\nAna,ok\nRui,"open\nMei,more\n')


def test_spaces_and_invisible_signs_go_and_joiners_stay():
    data = "Name,Team\n\u00a0Ana\u00a0Ribeiro \u200b,👩\u200d🔧\u202bשלום\n"
    assert cells(data.encode()) == [("Ana Ribeiro", "👩\u200d🔧\u202bשלום")]


def test_headers_that_stand_twice_are_refused_with_their_letters():
    sentence = refused(b"Number,Manager,Name,manager \n1,2,3,4\n")
    assert "Columns B, D are all named “Manager”" in sentence


def test_a_column_with_values_and_no_name_is_refused_and_an_empty_one_is_left_out():
    assert "Column B" in refused(b"Number,,Name\n1,x,Ana\n")
    assert read(b"Number,,Name\n1,,Ana\n", "a.csv").headers == ("Number", "Name")


def test_a_row_longer_than_the_header_is_refused():
    assert "Column C" in refused(b"Number,Name\n1,Ana,oops\n")


def test_a_short_row_ends_in_empty_cells():
    assert cells(b"Number,Name,Note\n1\n") == [("1", "", "")]


def test_too_much_is_refused_with_a_sentence():
    assert "200 columns" in refused(",".join(f"H{i}" for i in range(201)).encode())
    assert "Cell B2" in refused(b"Number,Name\n1," + b"x" * 10_001)
    assert "row 2" in refused(b"Number,Name\n1," + b"x" * 200_000)
    assert "100,000 rows" in refused(b"Name\n" + b"x\n" * 100_001)
    assert "50 MB" in refused(b"x" * (50 * 1024 * 1024))


def test_a_hundred_thousand_rows_are_read():
    assert len(read(b"Name\n" + b"x\n" * 100_000, "a.csv").rows) == 100_000
