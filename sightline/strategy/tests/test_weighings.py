"""People are asked how the effort of a draft is to be shared out, each for himself."""

import re
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.models import Record
from sightline.foundation.notices.models import Notice
from sightline.strategy.actions import objectives, strategies, weighings
from sightline.strategy.actions.telling import tell_of_question
from sightline.strategy.models import Objective, Weighing
from sightline.strategy.queries.weighings import outcome_of, waiting_for
from sightline.strategy.tests.test_pages import page, send, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(draft, pair, head, company):
    """The objectives of the draft, and a third."""
    third = objectives.add_objective(
        by=head, perspective=pair[0].perspective, title="Third", description="", owner=company.leo
    )
    return [pair[0], third, pair[1]]


@pytest.fixture
def points(draft, pair, head, company):
    """Leo and Ana are asked to share out 100 points."""
    one = weighings.ask_for_weights(by=head, strategy=draft, way="points", person=company.leo)
    weighings.ask_another(by=head, weighing=one, person=company.ana)
    return one


@pytest.fixture
def compared(draft, three, head, company):
    """Leo and Ana are asked to compare three in pairs."""
    one = weighings.ask_for_weights(by=head, strategy=draft, way="pairs", person=company.leo)
    weighings.ask_another(by=head, weighing=one, person=company.ana)
    return one


def share_out(company, who, weighing, *values):
    given = {key: Decimal(value) for key, value in zip(weighing.keys, values, strict=True)}
    weighings.give_points(by=company.viewer(who), weighing=weighing, points=given)


def judge(company, who, weighing, first_second, first_third, second_third):
    one, two, three = weighing.keys
    steps = {(one, two): first_second, (one, three): first_third, (two, three): second_third}
    weighings.give_judgements(by=company.viewer(who), weighing=weighing, steps=steps)


def shares(strategy):
    rows = Objective.objects.filter(strategy=strategy)
    return [one.intended_share_percent for one in rows]


def test_points_come_to_their_mean_and_are_taken_over(company, points, draft, head, last_sentence):
    share_out(company, "leo", points, "30", "70")
    share_out(company, "ana", points, "55.5", "44.5")
    weighings.close_weighing(by=head, weighing=points)
    assert last_sentence() == "closed the question how to share out The next one; 2 of 2 answered"
    rows = outcome_of(points).rows
    assert [row.share_percent for row in rows] == [Decimal("42.8"), Decimal("57.2")]
    assert [(row.least, row.most) for row in rows] == [(30, 55.5), (44.5, 70)]
    weighings.take_over_weights(by=head, weighing=points)
    assert shares(draft) == [Decimal("42.8"), Decimal("57.2")]
    assert Weighing.objects.get().stage == "taken_over"


def test_thirds_still_make_a_hundred(company, draft, three, head):
    one = weighings.ask_for_weights(by=head, strategy=draft, way="pairs", person=company.leo)
    judge(company, "leo", one, 1, 1, 1)
    weighings.close_weighing(by=head, weighing=one)
    weighings.take_over_weights(by=head, weighing=one)
    assert sum(shares(draft)) == 100


def test_pairs_of_several_are_joined(company, compared, head):
    judge(company, "leo", compared, 4, 8, 2)
    judge(company, "ana", compared, 1, 2, 2)
    found = outcome_of(compared)
    assert [row.share_percent for row in found.rows] == [
        Decimal("57.1"),
        Decimal("28.6"),
        Decimal("14.3"),
    ]
    assert found.weighed.ratio < 1e-9
    assert not found.contradicts


def test_judgements_that_contradict_each_other_are_kept_and_the_worst_three_named(
    company, compared
):
    judge(company, "leo", compared, 9, -9, 9)
    url = reverse("strategy:weigh", args=[compared.pk])
    said = text(company.client("leo").get(url))
    assert "contradict each other: consistency ratio" in said
    assert "counts 9 times as much as" in said
    assert "From the first two it follows that" in said
    one, two, _three = compared.keys
    assert f'href="{url}#id_pair-{one}-{two}"' in company.client("leo").get(url).content.decode()


def test_what_is_refused_says_why(company, points, pair, head, draft):
    with pytest.raises(Refused, match="add up to 90"):
        share_out(company, "leo", points, "30", "60")
    with pytest.raises(Refused, match="from 0 to 100"):
        share_out(company, "leo", points, "-30", "130")
    with pytest.raises(Refused, match="does not answer"):
        weighings.give_points(
            by=company.viewer("leo"), weighing=points, points={pair[0].pk: Decimal(100)}
        )
    with pytest.raises(Refused, match="does not answer"):
        weighings.give_judgements(by=company.viewer("leo"), weighing=points, steps={})
    with pytest.raises(Refused, match="being asked already"):
        weighings.ask_for_weights(by=head, strategy=draft, way="points", person=company.leo)
    with pytest.raises(Refused, match="asked already"):
        weighings.ask_another(by=head, weighing=points, person=company.leo)
    with pytest.raises(Refused, match="does not work here"):
        weighings.ask_another(by=head, weighing=points, person=company.rui)
    with pytest.raises(Refused, match="still open"):
        weighings.take_over_weights(by=head, weighing=points)


def test_a_judgement_is_one_of_the_scale(company, compared):
    with pytest.raises(Refused, match="words that are offered"):
        judge(company, "leo", compared, 10, 1, 1)


def test_one_objective_is_not_shared_out_nor_ten_compared(company, draft, pair, head):
    for number in range(8):
        objectives.add_objective(
            by=head,
            perspective=pair[0].perspective,
            title=f"More {number}",
            description="",
            owner=company.leo,
        )
    with pytest.raises(Refused, match="Nine objectives at most"):
        weighings.ask_for_weights(by=head, strategy=draft, way="pairs", person=company.leo)
    for one in list(Objective.objects.filter(strategy=draft))[1:]:
        objectives.remove_objective(by=head, objective=one)
    with pytest.raises(Refused, match="fewer than two"):
        weighings.ask_for_weights(by=head, strategy=draft, way="points", person=company.leo)


def test_nobody_answered_and_nothing_is_taken_over(points, head):
    weighings.close_weighing(by=head, weighing=points)
    with pytest.raises(Refused, match="Nobody has answered"):
        weighings.take_over_weights(by=head, weighing=points)
    with pytest.raises(Refused, match="It is closed"):
        weighings.close_weighing(by=head, weighing=points)


def test_what_was_asked_of_other_objectives_is_not_taken_over(company, points, pair, head):
    share_out(company, "leo", points, "30", "70")
    weighings.close_weighing(by=head, weighing=points)
    objectives.remove_objective(by=head, objective=pair[0])
    with pytest.raises(Refused, match="Ask anew"):
        weighings.take_over_weights(by=head, weighing=points)
    assert "For Shops" in text(page(company, "leo", "weighing", points.pk))


def test_an_answer_may_be_changed_until_it_is_closed(company, points, head):
    share_out(company, "leo", points, "30", "70")
    share_out(company, "leo", points, "20", "80")
    weighings.close_weighing(by=head, weighing=points)
    assert outcome_of(points).answered == 1
    assert outcome_of(points).rows[0].share_percent == 20
    with pytest.raises(PermissionDenied, match="closed"):
        share_out(company, "leo", points, "30", "70")


def test_nobody_reads_what_others_said_before_it_is_closed(company, points, head):
    share_out(company, "leo", points, "31", "69")
    for who in ("ana", "nkechi", "ingrid"):
        said = text(page(company, who, "weighing", points.pk))
        assert "31.0%" not in said
        assert "What it comes to" not in said
    weighings.close_weighing(by=head, weighing=points)
    for who in ("ana", "leo", "nkechi"):
        assert "31.0%" in text(page(company, who, "weighing", points.pk))


def test_whoever_is_not_asked_finds_nothing(company, points):
    for name in ("weighing", "weigh"):
        assert page(company, "tomas", name, points.pk).status_code == 404
    assert page(company, "ingrid", "weigh", points.pk).status_code == 403
    with pytest.raises(PermissionDenied):
        weighings.close_weighing(by=company.viewer("leo"), weighing=points)
    with pytest.raises(PermissionDenied, match="not among"):
        share_out(company, "tomas", points, "50", "50")


def test_those_asked_are_told_and_find_it_on_their_home_page(company, points, head):
    for record in Record.objects.filter(kind="strategy.WeighingAsked"):
        tell_of_question(record.pk)
    told = Notice.objects.filter(kind="strategy.changes")
    assert {one.account.email for one in told} == {company.leo.email, company.ana.email}
    assert "Say how the effort of The next one" in text(company.client("ana").get("/"))
    share_out(company, "ana", points, "30", "70")
    assert not waiting_for(company.viewer("ana")).exists()
    assert waiting_for(company.viewer("leo")).exists()


def test_whoever_asks_himself_is_not_told(company, draft, head):
    weighings.ask_for_weights(by=head, strategy=draft, way="points", person=company.nkechi)
    record = Record.objects.filter(kind="strategy.WeighingAsked").get()
    assert tell_of_question(record.pk) == 0
    assert tell_of_question(record.pk - 1) == 0
    assert not waiting_for(company.viewer("ana")).exists()


def test_a_question_is_closed_before_its_draft_comes_into_force(company, points, draft, head):
    with pytest.raises(Refused, match="still being asked"):
        strategies.bring_into_force(by=head, strategy=draft)
    weighings.close_weighing(by=head, weighing=points)
    strategies.bring_into_force(by=head, strategy=draft)
    with pytest.raises(PermissionDenied, match="closed"):
        share_out(company, "leo", points, "30", "70")
    assert not waiting_for(company.viewer("leo")).exists()


def test_it_is_done_on_pages(company, draft, pair):
    answer = send(company, "nkechi", "new_weighing", draft.pk, way="points", person=company.leo.pk)
    one = Weighing.objects.get()
    assert answer.url == reverse("strategy:weighing", args=[one.pk])
    assert "0 of 1 person answered" in text(page(company, "nkechi", "strategy", draft.pk))
    send(company, "nkechi", "weighing", one.pk, person=company.ana.pk)
    again = send(company, "nkechi", "weighing", one.pk, person=company.ana.pk)
    assert again.status_code == 422
    assert "asked already" in text(again)
    assert send(company, "leo", "weighing", one.pk, person=company.mei.pk).status_code == 403
    names = [f"points-{key}" for key in one.keys]
    counted = send(company, "leo", "weigh", one.pk, act="count", **{names[0]: "30"})
    assert text(counted) == "70 of 100 points are left."
    many = send(company, "leo", "weigh", one.pk, act="count", **{names[0]: "99", names[1]: "1e308"})
    assert text(many) == "1 of 100 points are left."
    wrong = send(company, "leo", "weigh", one.pk, **{names[0]: "30", names[1]: "80"})
    assert wrong.status_code == 422
    assert "add up to 110" in text(wrong)
    assert 'value="80"' in wrong.content.decode()
    done = send(company, "leo", "weigh", one.pk, **{names[0]: "30", names[1]: "70"})
    assert done.status_code == 302
    assert send(company, "nkechi", "close_weighing", one.pk).status_code == 302
    assert "Take the shares over" in text(page(company, "nkechi", "weighing", one.pk))
    assert "Take the shares over" not in text(page(company, "leo", "weighing", one.pk))
    taken = send(company, "nkechi", "take_over", one.pk)
    assert taken.url == reverse("strategy:strategy", args=[draft.pk])
    assert shares(draft) == [30, 70]
    objectives.remove_objective(by=company.viewer("nkechi"), objective=pair[0])
    assert send(company, "nkechi", "take_over", one.pk).url.endswith(f"/weighings/{one.pk}/")


def test_pairs_left_out_are_asked_for_and_what_was_judged_stays(company, compared):
    one, two, three = compared.keys
    said = {f"pair-{one}-{two}": "3", f"pair-{one}-{three}": "-5", f"pair-{two}-{three}": ""}
    answer = send(company, "leo", "weigh", compared.pk, **said)
    assert answer.status_code == 422
    assert "Compare these two as well." in text(answer)
    assert '<option value="-5" selected>' in answer.content.decode()
    said[f"pair-{two}-{three}"] = "17"
    assert send(company, "leo", "weigh", compared.pk, **said).status_code == 422
    said[f"pair-{two}-{three}"] = "-9"
    assert send(company, "leo", "weigh", compared.pk, **said).status_code == 302


def test_two_tabs_do_not_overwrite_each_other(company, points):
    client, url = company.client("leo"), reverse("strategy:weigh", args=[points.pk])
    stood = re.search(r'name="stands" value="(\w+)"', client.get(url).content.decode()).group(1)
    share_out(company, "leo", points, "10", "90")
    names = [f"points-{key}" for key in points.keys]
    answer = client.post(url, {names[0]: "30", names[1]: "70", "stands": stood})
    assert answer.status_code == 422
    assert "while your page was open" in text(answer)
