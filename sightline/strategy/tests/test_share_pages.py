"""What people find and do where a target is shared out."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from sightline.strategy.actions import measures
from sightline.strategy.actions.measures import MeasureFacts
from sightline.strategy.actions.target_shares import UnitPart, split_target
from sightline.strategy.models import Measure, ShareActual, TargetShare

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(company, objective, head, strategy):
    facts = MeasureFacts("Orders", "up", "lag", strategy.from_on, "orders", Decimal(0))
    made = measures.add_measure(by=head, objective=objective, facts=facts)
    due = company.today + timedelta(days=90)
    later = company.today + timedelta(days=455)
    targets = {due: Decimal(1200), later: Decimal(2400)}
    measures.set_targets(by=head, measure=made, targets=targets)
    return made


@pytest.fixture
def keys(company):
    return company.units["PLAT"].pk, company.units["TECH"].pk


def url(measure, query=""):
    return reverse("strategy:split_target", args=[measure.pk]) + query


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def table(keys, *rows, **more):
    """What is sent for units by quarters, or by the year when a row has one value."""
    said = {"way": "additive", "by": "quarter", "units": ",".join(map(str, keys)), "act": "save"}
    for key, row in zip(keys, rows, strict=False):
        if len(row) == 1:
            said |= {f"year-{key}": row[0], "by": "year"}
        else:
            said |= {f"q{n}-{key}": value for n, value in enumerate(row, start=1)}
    return said | more


def send(company, measure, said, who="leo", query="", **headers):
    return company.client(who).post(url(measure, query), said, **headers)


def value_of(answer, name):
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', answer.content.decode())
    value = re.search(r'value="([^"]*)"', found[0])
    return value[1] if value else ""


def test_a_target_is_shared_out_by_quarters_and_seen_by_all(company, measure, keys):
    said = table(keys, ["100", "200", "300", "200"], ["100", "100", "100", "100"])
    answer = send(company, measure, said)
    assert answer.url == reverse("strategy:target_shares", args=[measure.pk])
    for who, may in (("tomas", False), ("leo", True)):
        page = text(company.client(who).get(answer.url))
        assert "The parts add up to 1,200 orders. That is the target." in page
        assert "Closes" in page
        assert ("Share it out anew" in page) == may
        assert "It is not shared out." in page
    unit = text(company.client("ana").get(reverse("strategy:unit", args=[keys[0]])))
    assert "Its parts of targets" in unit
    assert "300 orders" in unit
    objective = company.client("tomas").get(
        reverse("strategy:objective", args=[measure.objective_id])
    )
    assert "Parts by unit" in text(objective)


def test_a_gap_is_told_and_kept(company, measure, keys):
    said = table(keys, ["1000"], ["100.5"])
    answer = send(company, measure, said)
    page = text(company.client("tomas").get(answer.url))
    assert "That is 99.5 orders below the target of 1,200 orders." in page
    assert TargetShare.objects.filter(quarter=None).count() == 2


def test_compute_says_what_it_comes_to_and_keeps_nothing(company, measure, keys):
    said = table(keys, ["100", "200", "300", "300"], ["500", "", "", ""], act="compute")
    answer = send(company, measure, said)
    assert answer.status_code == 200
    assert "The parts add up to 900 orders. That is 300 orders below" in text(answer)
    assert "1 unit is not written for all four quarters" in text(answer)
    assert value_of(answer, f"q1-{keys[1]}") == "500"
    assert not TargetShare.objects.exists()


def test_the_live_part_alone_comes_with_all_sums(company, measure, keys):
    said = table(keys, ["100", "200", "300", "300"], ["100", "100", "100", "100"], act="compute")
    answer = send(company, measure, said, headers={"HX-Request": "true"})
    assert "<form" not in answer.content.decode()
    assert f'<output id="sum-{keys[0]}" hx-swap-oob="true">900</output>' in answer.content.decode()
    assert "above the target" in text(answer)


def test_what_is_wrong_stands_in_its_cell_and_the_rest_is_kept(company, measure, keys):
    bad = {"1,5": "Enter a number", "1e308": "no more than 15 digits", "x": "Enter a number"}
    for typed, words in bad.items():
        said = table(keys, ["100", typed, "300", "300"])
        answer = send(company, measure, said)
        assert answer.status_code == 422
        assert words in text(answer)
        assert value_of(answer, f"q2-{keys[0]}") == typed
        assert value_of(answer, f"q1-{keys[0]}") == "100"
    answer = send(company, measure, table(keys, ["100", "", "300", ""]))
    assert text(answer).count("Write a value, be it 0, or empty the whole row.") >= 2
    answer = send(company, measure, table(keys, ["9"], **{f"weight-{keys[0]}": "-1"}))
    assert "greater than or equal to 0" in text(answer)
    answer = send(company, measure, table(keys, ["9"], way="magic"))
    assert answer.status_code == 422


def test_the_action_may_still_refuse(company, measure, keys):
    weights = {f"weight-{key}": "0" for key in keys}
    answer = send(company, measure, table(keys, ["9"], ["8"], way="weighted_mean", **weights))
    assert answer.status_code == 422
    assert "Give one unit a weight above 0" in text(answer)


def test_units_are_added_one_or_several_and_unknown_ones_are_not(company, measure, keys):
    empty = send(company, measure, table([], act="compute"))
    assert "No unit is in the table yet" in text(empty)
    answer = send(company, measure, table(keys[:1], ["5"], act="add", add=str(keys[1])))
    assert value_of(answer, "units") == f"{keys[0]},{keys[1]}"
    assert value_of(answer, f"year-{keys[0]}") == "5"
    lark = company.units["LARK"].pk
    answer = send(company, measure, table(keys[:1], act="add", add=f"under-{lark}"))
    assert str(keys[1]) in value_of(answer, "units").split(",")
    answer = send(company, measure, table([*keys[:1], 999999, keys[0]], act="add", add="nobody"))
    assert value_of(answer, "units") == str(keys[0])


def test_who_has_taken_it_on_is_in_the_table_at_first(company, strategy, head):
    taken = Measure.objects.filter(objective__commitments__isnull=False).exclude(direction="band")
    page = company.client("nkechi").get(url(taken.first()))
    assert "No unit is in the table yet" not in text(page)


def test_what_was_typed_comes_back_with_its_units(company, measure, keys):
    leo = company.client("leo")
    key = f"strategy:measures:{measure.pk}:shares:change"
    fields = {"units": [str(keys[1])], f"year-{keys[1]}": ["77"], "by": ["year"]}
    account = company.viewer("leo").account.pk
    said = {"account": account, "page": "a", "turn": 1, "version": 0, "fields": fields}
    kept = leo.put(f"/drafts/{key}/", said, content_type="application/json")
    assert kept.status_code == 200
    page = leo.get(url(measure))
    assert value_of(page, f"year-{keys[1]}") == "77"


def filled(company, measure, keys, *rows, query="", **more):
    return send(company, measure, table(keys, *rows, act="fill", **more), query=query)


def test_without_a_year_before_all_is_equal_and_so_it_is_said(company, measure, keys):
    answer = filled(company, measure, keys)
    assert "Nothing is known of a year before" in text(answer)
    assert value_of(answer, f"q1-{keys[0]}") == "150"
    assert "That is the target." in text(answer)
    assert not TargetShare.objects.exists()


def test_proportions_of_the_year_before_fill_the_table_on_the_totals_given(
    company, measure, keys, head
):
    this, following = (target.due_on for target in measure.targets.all())
    units = [company.units["PLAT"], company.units["TECH"]]
    rows = ([100, 200, 300, 200], [100, 100, 100, 100])
    parts = [UnitPart(unit, list(map(Decimal, row))) for unit, row in zip(units, rows, strict=True)]
    split_target(by=head, measure=measure, due_on=this, way="additive", parts=parts)
    query = f"?due={following}"
    answer = filled(company, measure, keys, query=query)
    assert "Filled in by the parts of the target due on" in text(answer)
    assert value_of(answer, f"q3-{keys[0]}") == "600"
    answer = filled(company, measure, keys, query=query, **{f"year-{keys[0]}": "1200"})
    assert "That is the target." in text(answer)
    answer = filled(company, measure, keys, query=query, **{f"year-{keys[0]}": "2401"})
    assert "The totals that you gave do not make the target." in text(answer)
    answer = filled(company, measure, keys, [""], ["400"], query=query)
    assert (value_of(answer, f"year-{keys[0]}"), value_of(answer, f"year-{keys[1]}")) == (
        "2000",
        "400",
    )
    lark = company.units["LARK"].pk
    answer = filled(company, measure, [*keys, lark], query=query)
    assert "1 unit had no part then; it got the mean of the others." in text(answer)


def test_why_nothing_is_filled_in_is_said(company, measure, keys):
    for said, words in [
        (table(keys, way="minimum", act="fill"), "Choose that first"),
        (table([], act="fill"), "Add the units first"),
        (table(keys, ["x"], act="fill"), "Mend what is wrong first"),
    ]:
        assert words in text(send(company, measure, said))


def test_a_page_that_grew_old_is_told(company, measure, keys):
    page = company.client("leo").get(url(measure))
    stands = value_of(page, "stands")
    send(company, measure, table(keys, ["600"], ["600"]), who="nkechi")
    answer = send(company, measure, table(keys, ["1"], stands=stands))
    assert "This was changed while your page was open" in text(answer)
    assert (
        send(company, measure, table(keys, ["1"], stands=value_of(answer, "stands"))).status_code
        == 302
    )


def test_a_target_that_is_not_is_not_found(company, measure):
    for query in ("?due=2001-01-01", "?due=x", "?due=9999-99-99"):
        assert company.client("leo").get(url(measure, query)).status_code == 404


def test_what_came_of_a_part_is_recorded_by_the_lead(company, measure, keys):
    send(company, measure, table(keys, ["1", "2", "3", "4"], ["5", "6", "7", "8"]))
    for quarter in (1, None):
        share = TargetShare.objects.filter(quarter=quarter, unit=keys[0]).first()
        if share is None:
            ShareActual.objects.all().delete()
            send(company, measure, table(keys, ["10"], ["20"]))
            share = TargetShare.objects.get(unit=keys[0])
        address = reverse("strategy:new_share_actual", args=[share.pk])
        ana = company.client("ana")
        assert "Platform" in text(ana.get(address))
        assert ana.post(address, {"value": "x"}).status_code == 422
        answer = ana.post(address, {"value": "12.5"})
        page = text(ana.get(answer.url))
        assert "came to 12.5" in page
        assert "Correct" in page
    unit = text(company.client("ana").get(reverse("strategy:unit", args=[keys[0]])))
    assert "12.5 orders" in unit
    assert "Values recorded of parts of targets" in text(ana.get(reverse("own_data")))
    (kept,) = ana.get(reverse("own_data_file")).json()["values of parts recorded"]
    assert (kept["measure"], kept["unit"]) == ("Orders", "Platform")


def test_a_measure_without_a_target_says_so(company, objective, head, strategy):
    facts = MeasureFacts("None yet", "up", "lag", strategy.from_on, "%", Decimal(0))
    made = measures.add_measure(by=head, objective=objective, facts=facts)
    band = Measure.objects.get(direction="band")
    for one, words in ((made, "It has no target yet"), (band, "It keeps within a band")):
        page = company.client("leo").get(reverse("strategy:target_shares", args=[one.pk]))
        assert words in text(page)
    assert company.client("leo").get(url(made)).status_code == 404


def test_percentages_lie_points_apart_and_vast_numbers_are_not_written_out(
    company, objective, head, strategy, keys
):
    facts = MeasureFacts("Rate", "up", "lag", strategy.from_on, "%", Decimal(0))
    made = measures.add_measure(by=head, objective=objective, facts=facts)
    due = company.today + timedelta(days=90)
    measures.set_targets(by=head, measure=made, targets={due: Decimal(42)})
    mean = table(keys, ["40"], ["43"], way="weighted_mean", act="compute")
    assert "That is 0.5 points below the target of 42%." in text(send(company, made, mean))
    one = table(keys, ["43"], way="maximum", act="compute")
    assert "That is 1 point above" in text(send(company, made, one))
    many = ["99999999999"] * 4
    for sign, words in (("", "more than "), ("-", "less than −")):
        row = [sign + many[0], *many[1:]]
        vast = table(keys, row, way="product", act="compute")
        assert f"{words}1,000,000,000,000,000%" in text(send(company, made, vast))
    nothing = table(keys, way="none", act="compute")
    assert "they need not make it" in text(send(company, made, nothing))
    third = table(keys, ["1"], ["1.0002"], way="weighted_mean", act="compute")
    assert "The weighted mean of the parts is 1.0001%" in text(send(company, made, third))
