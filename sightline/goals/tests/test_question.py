"""The question whom one's work serves: answered by the person, read by the person alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from sightline.foundation.core.errors import Refused
from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.foundation.ledger.queries import records_about
from sightline.foundation.notices.models import Notice
from sightline.goals import policies
from sightline.goals.actions import periods
from sightline.goals.actions.questions import answer_question, ask_everybody, skip_question
from sightline.goals.models import Period, SightAnswer, SightShare
from sightline.goals.queries import questions, sight
from sightline.goals.tests.making import a_period, agreed, serves
from sightline.people.actions.leaves import take_leave
from sightline.strategy.actions import objectives, strategies
from sightline.strategy.models import Objective

pytestmark = pytest.mark.django_db


@pytest.fixture
def asking(company):
    """A period in the midst of which everybody is asked."""
    return a_period(company, asks=True)


@pytest.fixture
def two(company):
    """Two objectives of the strategy in force."""
    rows = Objective.objects.select_related("strategy", "perspective")
    return list(rows.filter(strategy__stage="in_force")[:2])


def address(period, **asked):
    return reverse("goals:question", args=[period.pk], query=asked)


def answered(company, key, period, points, none=0):
    return answer_question(by=company.viewer(key), period=period, shares=points, none_percent=none)


def page(company, key, period, **asked):
    answer = company.client(key).get(address(period, **asked))
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def sent(company, key, period, **said):
    return company.client(key).post(address(period), {"sent": "1"} | said)


def points_of(two, *points):
    return {f"points-{one.pk}": str(given) for one, given in zip(two, points, strict=False)}


def test_the_question_shows_no_trace_and_the_answer_stands_beside_the_goals(company, asking, two):
    mei, ana = company.viewer("mei"), company.viewer("ana")
    serves(mei, agreed(mei, ana, asking, weight_percent=100), two[0], 80)
    asked = page(company, "mei", asking)
    assert two[0].title in asked
    assert "80%" not in asked
    answer = sent(company, "mei", asking, **points_of(two, 50, 20), none="30")
    assert answer.status_code == 302
    told = page(company, "mei", asking)
    assert "you 50%, your goals 80%" in told
    assert "you 20%, your goals 0%" in told
    assert "Your goals say less of it" in told
    assert "agree in part" in told
    held = questions.held(mei, questions.answer_of(mei, asking))
    assert held.agreement == pytest.approx(0.7)


def test_points_have_to_come_to_a_hundred(company, asking, two):
    answer = sent(company, "mei", asking, **points_of(two, 50, 20), none="20")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "10 points are left to give." in text
    assert 'value="50"' in text
    answer = sent(company, "mei", asking, **points_of(two, 90, 20))
    assert "10 points too many" in answer.content.decode()
    for wrong in ("-5", "101", "1e308", "12,5", "9" * 400, "half"):
        answer = sent(company, "mei", asking, **points_of(two, wrong), none="95")
        assert answer.status_code == 422
    assert not SightAnswer.objects.exists()
    with pytest.raises(Refused):
        answered(company, "mei", asking, {two[0]: -10}, 110)


def test_the_sum_is_told_while_one_types_and_without_scripts(company, asking, two):
    said = points_of(two, 50, 20) | {"sent": "1"}
    client = company.client("mei")
    part = client.post(address(asking), said, headers={"hx-request": "true"}).content.decode()
    assert "30 points are left to give." in part
    assert "<html" not in part
    whole = client.post(address(asking), said | {"none": "30", "add_up": "1"})
    assert "100 points are given." in whole.content.decode()
    assert not SightAnswer.objects.exists()


def test_an_answer_can_be_changed_while_the_period_runs_and_not_after(company, asking, two):
    first = answered(company, "mei", asking, {two[0]: 100})
    again = page(company, "mei", asking, again=1)
    assert 'value="100"' in again
    answered(company, "mei", asking, {two[1]: 40}, 60)
    kept = SightAnswer.objects.get()
    assert kept.pk == first.pk
    assert list(SightShare.objects.values_list("objective", "percent")) == [(two[1].pk, 40)]
    Period.objects.filter(pk=asking.pk).update(until_on=company.today)
    asking.refresh_from_db()
    assert "Change the answer" not in page(company, "mei", asking)
    assert sent(company, "mei", asking, none="100").status_code == 403
    with pytest.raises(PermissionDenied):
        answered(company, "mei", asking, {}, 100)


def test_a_page_that_is_old_is_told_and_not_obeyed(company, asking, two):
    client = company.client("mei")
    drawn = client.get(address(asking)).context["form"]["stands"].value()
    answered(company, "mei", asking, {two[0]: 100})
    old = {"stands": drawn, "none": "100"}
    answer = client.post(address(asking), old)
    assert answer.status_code == 422
    assert "changed while your page was open" in answer.content.decode()


def test_it_is_skipped_with_a_word(company, asking, two):
    assert sent(company, "mei", asking, skip="1").status_code == 422
    assert sent(company, "mei", asking, skip="1", words="On loan to the bank").status_code == 302
    assert "On loan to the bank" in page(company, "mei", asking)
    assert not questions.unanswered(company.viewer("mei")).exists()
    answered(company, "mei", asking, {two[0]: 100})
    assert SightAnswer.objects.get().skipped_because == ""


def test_only_objectives_of_the_strategy_that_holds_take_points(company, asking, two):
    head, year = company.viewer("nkechi"), company.today.year
    answered(company, "mei", asking, {two[0]: 60}, 40)
    one = strategies.draft_strategy(
        by=head,
        name="The next one",
        from_on=company.today,
        until_on=company.today.replace(year=year + 3, day=1),
    )
    view = objectives.add_perspective(by=head, strategy=one, name="Us", hue=1)
    said = {"title": "Only this", "description": "", "owner": company.leo}
    only = objectives.add_objective(by=head, perspective=view, **said)
    objectives.set_shares(by=head, strategy=one, shares={only: 100})
    strategies.bring_into_force(by=head, strategy=one)
    told = page(company, "mei", asking)
    assert "The strategy has changed since you answered" in told
    assert two[0].title in told
    assert "Former strategy" in told
    assert two[0].title not in page(company, "mei", asking, again=1)
    with pytest.raises(Refused):
        answered(company, "mei", asking, {two[0]: 100})
    answered(company, "mei", asking, {only: 100})
    assert "The strategy has changed" not in page(company, "mei", asking)


def test_only_who_works_here_is_asked(company, asking, two):
    guest = replace(company.viewer("mei"), is_employed=False)
    assert not policies.may_answer_question(guest, asking)


def test_whoever_has_no_goals_is_told_so(company, asking, two):
    answered(company, "mei", asking, {two[0]: 100})
    told = page(company, "mei", asking)
    assert "You have no agreed goals in this period" in told
    assert "otherwise than your goals do" in told


def test_nobody_finds_the_answer_of_another(company, asking, two):
    answered(company, "mei", asking, {two[0]: 100})
    for key in ("ana", "ingrid", "nkechi"):
        assert "answered on" not in page(company, key, asking)
        assert questions.answer_of(company.viewer(key), asking) is None
    told = "answered the question of This half about the line of sight"
    for reader, count in ((company.mei, 1), (company.ingrid, 0), (company.ana, 0)):
        records = records_about(company.mei.ref, reader=reader.ref, limit=50)
        assert [one.sentence for one in records].count(told) == count


def test_home_and_one_notice_ask_until_there_is_an_answer(company, asking, two):
    needs = "Say which objectives your work serves"
    assert needs in company.client("mei").get(reverse("home")).content.decode()
    assert ask_everybody() > 3
    assert ask_everybody() == 0
    run_waiting_jobs()
    told = Notice.objects.filter(kind="goals.question")
    assert told.get(account=company.account("mei")).url == address(asking)
    answered(company, "mei", asking, {two[0]: 100})
    assert told.get(account=company.account("mei")).read_at
    assert not told.get(account=company.account("ana")).read_at
    assert needs not in company.client("mei").get(reverse("home")).content.decode()


def test_who_answered_before_or_is_away_gets_no_notice(company, asking, two):
    answered(company, "mei", asking, {two[0]: 100})
    take_leave(
        by=company.viewer("ingrid"),
        employee=company.tomas,
        kind="Parental",
        from_on=company.today,
        until_on=company.today + timedelta(days=30),
    )
    ask_everybody()
    told = set(Notice.objects.filter(kind="goals.question").values_list("account", flat=True))
    assert company.account("ana").pk in told
    assert not told & {company.account("mei").pk, company.account("tomas").pk}


def test_a_period_asks_when_hr_says_so_and_when_a_third_is_over(company, period, two):
    hr = company.viewer("ingrid")
    assert company.client("mei").get(address(period)).status_code == 403
    rhythm = {"cadence_days": 14, "standing_percent": 30, "agree_by_on": None}
    periods.change_period(by=hr, period=period, asks=True, **rhythm)
    assert period.asked_from == period.from_on + timedelta(days=60)
    periods.change_period(by=hr, period=period, **rhythm)
    assert Period.objects.get().asks
    assert questions.unanswered(company.viewer("mei")).exists()
    Period.objects.update(asked_from=company.today + timedelta(days=1))
    assert not questions.unanswered(company.viewer("mei")).exists()
    assert ask_everybody() == 0
    assert company.client("mei").get(address(period)).status_code == 200
    periods.change_period(by=hr, period=period, asks=False, **rhythm)
    assert not Period.objects.get().asks
    change = reverse("goals:change_period", args=[period.pk])
    assert "asks" in company.client("ingrid").get(change).content.decode()


def test_without_a_strategy_nobody_is_asked(company, asking, two):
    SightShare.objects.all().delete()
    type(two[0].strategy).objects.update(stage="superseded")
    assert not questions.unanswered(company.viewer("mei")).exists()
    assert ask_everybody() == 0


ANSWERING = ["mei", "tomas", "ana", "leo", "nkechi", "ingrid", "fatima"]


def ended(company, asking):
    """The period, two days after its end; its goals and answers stay."""
    until = company.today - timedelta(days=2)
    Period.objects.filter(pk=asking.pk).update(until_on=until)
    return Period.objects.get(pk=asking.pk)


def test_figures_come_when_the_period_is_over_and_from_five_answers(company, asking, two):
    mei, ana = company.viewer("mei"), company.viewer("ana")
    serves(mei, agreed(mei, ana, asking, weight_percent=100), two[0], 80)
    for key in ANSWERING[:4]:
        answered(company, key, asking, {two[0]: 80}, 20)
    skip_question(by=company.viewer("cida"), period=asking, words="No time")
    head = company.viewer("nkechi")
    assert sight.sight_of_organisation(head, ended(company, asking)).agreement is None
    Period.objects.filter(pk=asking.pk).update(until_on=asking.until_on)
    answered(company, "nkechi", asking, {two[0]: 100})
    assert sight.sight_of_organisation(head, asking).agreement is None
    over = ended(company, asking)
    found = sight.sight_of_organisation(head, over).agreement
    assert found.answers == 5
    assert found.mean == pytest.approx((1 + 3 * 0.2 + 0) / 5)
    assert found.apart == 4
    text = company.client("mei").get(reverse("goals:sight"), {"period": over.pk})
    assert "80% of the 5 who answered" in unescape(text.content.decode())


def test_units_tell_no_few_answers_to_whoever_reads(company, asking, two):
    for key in ANSWERING:
        answered(company, key, asking, {two[0]: 100})
    over = ended(company, asking)
    head = company.viewer("nkechi")
    whole = sight.sight_of_organisation(head, over).agreement
    assert whole.answers == len(ANSWERING)
    for unit in company.units.values():
        found = sight.sight_of_unit(head, unit, over).agreement
        if found is not None:
            rest = whole.answers - found.answers
            assert found.answers >= 5
            assert rest == 0 or rest >= 5
    assert sight.sight_of_unit(head, company.units["PLAT"], over).agreement is None


def test_own_data_tells_the_answer(company, asking, two):
    answered(company, "mei", asking, {two[0]: 70}, 30)
    file = company.client("mei").get(reverse("own_data_file")).json()
    (told,) = file["which objectives the work serves"]
    assert told["none_percent"] == 30
    assert told["shares"] == [{"objective": two[0].title, "percent": 70}]
