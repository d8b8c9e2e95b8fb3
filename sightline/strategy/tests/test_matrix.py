"""The X-matrix: docs/rules/x-matrix.md says what is so, and its page what is missing."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse

from sightline.foundation.exchange.tables import open_book, read
from sightline.people.models import Employment
from sightline.strategy.actions import measures
from sightline.strategy.models import Commitment, Measure, Objective
from sightline.strategy.queries.matrix import matrix_of
from sightline.strategy.rules import coverage
from sightline.strategy.rules.coverage import Check, ObjectiveFacts
from sightline.strategy.rules.crossing import Cross
from tests.docs.tables import table

DOCUMENT = (Path(__file__).parents[3] / "docs" / "rules" / "x-matrix.md").read_text()


def listed(text):
    """ "1: u v; 2: –" as {1: {"u", "v"}, 2: set()}."""
    rows = [one.split(":") for one in text.split(";") if ":" in one]
    return {int(key): some(words) for key, words in rows}


def some(words):
    return {word for word in re.split(r"[ ,]+", words.strip()) if word and word != "–"}


def keys(text):
    return tuple(sorted(int(key) for key in some(text)))


@pytest.mark.parametrize(
    ("objectives", "taken_on", "measured", "owned"), table(DOCUMENT, "objectives:")
)
def test_objectives_are_checked_as_the_document_says(objectives, taken_on, measured, owned):
    facts = []
    for one in [one for one in objectives.split(";") if ":" in one]:
        key, rest = one.split(":")
        units, held, owners = (some(part) for part in rest.split(","))
        facts.append(ObjectiveFacts(int(key), owners=owners, measures=held, units=units))
    found = coverage.of_objectives(facts)
    assert [one.check for one in found] == [Check.TAKEN_ON, Check.MEASURED, Check.OWNED]
    assert [one.failing for one in found] == [keys(taken_on), keys(measured), keys(owned)]
    assert all(one.is_met == (not one.failing) for one in found)


@pytest.mark.parametrize(("owners", "failing"), table(DOCUMENT, "measures: owners"))
def test_measures_are_checked_as_the_document_says(owners, failing):
    assert coverage.of_measures(listed(owners)).failing == keys(failing)


@pytest.mark.parametrize(("units", "serving", "failing"), table(DOCUMENT, "units: above"))
def test_units_are_checked_as_the_document_says(units, serving, failing):
    parents = {key: int(min(above)) if above else None for key, above in listed(units).items()}
    assert coverage.of_units(parents, set(keys(serving))).failing == keys(failing)


@pytest.mark.parametrize(("shares", "failing"), table(DOCUMENT, "claimed by units"))
def test_efforts_are_checked_as_the_document_says(shares, failing):
    claimed = {key: map(Decimal, some(words)) for key, words in _shares(shares)}
    assert coverage.of_efforts(claimed).failing == keys(failing)


def _shares(text):
    return [(int(key), words) for key, words in (one.split(":") for one in text.split(";"))]


def test_the_four_sides_lie_around_the_middle_and_nothing_leaves_the_picture():
    for numbers in ((0, 0, 0, 0), (3, 5, 2, 4), (40, 60, 30, 20)):
        cross = Cross(*numbers)
        for index in range(cross.units):
            assert 0 <= cross.unit(index).at < cross.left
        for index in range(cross.measures):
            assert cross.right <= cross.measure(index).at < cross.width
        for index in range(cross.objectives):
            assert 0 <= cross.objective(index).at < cross.top
        for index in range(cross.owners):
            assert cross.foot <= cross.owner(index).at < cross.height


# ── The page ─────────────────────────────────────────────────────────────────────────────────


def page(company, strategy, who="nkechi", query=""):
    return company.client(who).get(reverse("strategy:matrix", args=[strategy.pk]) + query)


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def failing(company, strategy, check):
    seen = matrix_of(company.viewer("nkechi"), strategy, company.today)
    return next(one.failing for one in seen.checks if one.finding.check == check)


@pytest.mark.django_db
def test_the_matrix_shows_who_took_on_what_and_who_answers(company, strategy):
    said = text(page(company, strategy, "tomas"))
    assert "X-matrix" in said
    assert "Shops send us other shops" in said
    assert "Leo Brandt" in said
    assert "Standing part" in said
    held = Commitment.objects.filter(agreed_percent__isnull=False).first()
    assert f"{held.unit.name} {held.agreed_percent.normalize():f}%" in said


@pytest.mark.django_db
def test_what_is_missing_is_told_with_a_link_to_where_it_is_mended(company, strategy, objective):
    Measure.objects.filter(objective=objective, actuals=None).delete()
    for one in objective.measures.all():
        one.actuals.all().delete()
        measures.remove_measure(by=company.viewer("nkechi"), measure=one)
    assert failing(company, strategy, Check.MEASURED) == [objective]
    for who, address in (("nkechi", "new_measure"), ("tomas", "objective")):
        answer = page(company, strategy, who)
        assert "1 objective has no measure." in text(answer)
        assert reverse(f"strategy:{address}", args=[objective.pk]) in answer.content.decode()


@pytest.mark.django_db
def test_an_owner_who_has_left_owns_nothing(company, strategy, objective):
    Employment.objects.filter(employee=objective.owner).update(until_on=company.today)
    assert objective in failing(company, strategy, Check.OWNED)
    owned = failing(company, strategy, Check.MEASURE_OWNED)
    assert {one.measure.objective_id for one in owned} >= {objective.pk}
    answer = page(company, strategy)
    assert reverse("strategy:hand_over", args=[objective.pk]) in answer.content.decode()


@pytest.mark.django_db
def test_an_offer_takes_nothing_on_before_it_is_agreed(company, strategy):
    Commitment.objects.filter(objective__strategy=strategy).update(
        stage="proposed", agreed_percent=None
    )
    assert (
        len(failing(company, strategy, Check.TAKEN_ON))
        == Objective.objects.filter(strategy=strategy).count()
    )
    assert failing(company, strategy, Check.UNIT_SERVES)
    assert "(Proposed)" in text(page(company, strategy))
    assert failing(company, strategy, Check.WITHIN_WHOLE) == []


@pytest.mark.django_db
def test_a_draft_is_not_asked_who_took_it_on(company, draft):
    said = text(page(company, draft))
    assert "2 objectives have no measure." in said
    assert "taken on by no unit" not in said
    assert "There is no measure yet." in said
    assert page(company, draft, "tomas").status_code == 404


@pytest.mark.django_db
def test_a_strategy_without_objectives_says_so(company, draft):
    Objective.objects.filter(strategy=draft).delete()
    assert "No objective yet" in text(page(company, draft))
    assert page(company, draft, query="?as=file").status_code == 200


@pytest.mark.django_db
def test_the_file_holds_what_the_page_shows(company, strategy):
    answer = page(company, strategy, query="?as=file")
    book = open_book(answer.content, "x-matrix.xlsx")
    assert list(book.names) == ["Objectives", "Measures", "Units", "Checks"]
    objectives, checks = (read(answer.content, "x.xlsx", sheet=n) for n in ("Objectives", "Checks"))
    codes = [row.cells[0] for row in objectives.rows]
    assert codes == list(Objective.objects.filter(strategy=strategy).values_list("code", flat=True))
    assert len(checks.rows) == 6
