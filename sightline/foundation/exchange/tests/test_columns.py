from sightline.foundation.exchange.columns import Column, match, normalised

COLUMNS = (
    Column("number", "Number", ("employee id", "personnel number"), required=True),
    Column("name", "Name", ("full name",), required=True),
    Column("starts_on", "Starts on", ("hired on", "entry date")),
    Column("manager", "Manager", ("reports to", "supervisor")),
)


def test_a_name_is_found_whatever_its_case_accents_spaces_and_signs():
    assert normalised(" Stárts_On ") == normalised("starts on")
    assert match(["NUMBER", "ñame", "starts_on"], COLUMNS).places == {
        "number": 0,
        "name": 1,
        "starts_on": 2,
    }


def test_synonyms_are_found_after_names():
    found = match(["Reports to", "Manager", "Full name", "Employee ID"], COLUMNS)
    assert found.places == {"number": 3, "name": 2, "manager": 1}
    assert found.unused == ("Reports to",)


def test_missing_required_columns_are_listed_with_the_likely_header():
    found = match(["Nmae", "Manager"], COLUMNS)
    assert found.sentences() == [
        "The column “Number” is missing.",
        "The column “Name” is missing. Did you mean “Nmae”?",
    ]


def test_what_a_person_chose_goes_before_every_guess():
    found = match(["Manager", "Boss", "Name", "Number"], COLUMNS, {"manager": 1, "starts_on": None})
    assert found.places == {"manager": 1, "name": 2, "number": 3}
    assert found.unused == ("Manager",)


def test_a_choice_beyond_the_headers_is_ignored():
    assert "name" not in match(["Number"], COLUMNS, {"name": 9}).places
