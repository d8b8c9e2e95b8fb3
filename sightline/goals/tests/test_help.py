"""Asking a colleague for help with a goal: who reads what, who answers, how it ends."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from sightline.foundation.core.errors import Refused
from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.foundation.ledger.models import Record
from sightline.foundation.ledger.queries import event_of
from sightline.foundation.notices.models import Notice
from sightline.goals.actions.check_ins import check_in
from sightline.goals.actions.closings import close_goal
from sightline.goals.actions.help import HelpWanted, answer_help, ask_for_help
from sightline.goals.actions.help import let_help_of_leavers_lapse as let_lapse
from sightline.goals.actions.telling import tell_of
from sightline.goals.jobs import let_help_lapse
from sightline.goals.models import CheckIn, HelpRequest
from sightline.goals.queries.help import own_requests
from sightline.goals.rules.help import BY_ASKED, BY_ASKER, may_become
from sightline.goals.tests.making import agreed, fresh
from sightline.people.actions.employments import end_employment
from sightline.people.models import RoleGrant

pytestmark = pytest.mark.django_db
NEED = "A morning of yours, to read the two slow queries."


@pytest.fixture
def goal(company, period):
    """Mei's goal, which only she and Ana see."""
    mei, ana = company.viewer("mei"), company.viewer("ana")
    return agreed(mei, ana, period, visibility="private", title="Queries under a second")


@pytest.fixture
def request_(company, goal):
    """Mei asks Tomás for help with it."""
    return ask_for_help(by=company.viewer("mei"), goal=goal, asked=company.tomas, words=NEED)


def answered(company, request, answer, key="tomas", **said):
    answer_help(by=company.viewer(key), request=request, answer=answer, **said)
    request.refresh_from_db()
    return request


def told(company, key):
    run_waiting_jobs()
    rows = Notice.objects.filter(account=company.account(key), kind="goals.help")
    return [one.sentence for one in rows.order_by("pk")]


def page(company, key, name, *args, status=200):
    answer = company.client(key).get(reverse(name, args=args))
    assert answer.status_code == status
    return answer.content.decode()


def test_who_is_asked_reads_the_words_and_the_title_and_nothing_else(company, goal, request_):
    text = page(company, "tomas", "goals:help_request", request_.pk)
    assert NEED in text
    assert "Queries under a second" in text
    assert reverse("goals:goal", args=[goal.pk]) not in text
    page(company, "tomas", "goals:goal", goal.pk, status=404)
    assert told(company, "tomas") == ["Chen Mei asks for your help with “Queries under a second”."]
    assert "Chen Mei asks for your help" in page(company, "tomas", "home")
    assert NEED in page(company, "tomas", "home")


def test_a_title_changed_later_is_not_told_to_whom_was_asked_before(company, goal, request_):
    type(goal).objects.filter(pk=goal.pk).update(title="Something narrower")
    assert "Something narrower" not in page(company, "tomas", "goals:help_request", request_.pk)


def test_nobody_else_reads_a_request(company, request_):
    for key in ("ana", "ingrid", "nkechi", "yusuf"):
        page(company, key, "goals:help_request", request_.pk, status=404)
    assert not own_requests(company.viewer("ana")).exists()


def test_who_sees_the_goal_sees_that_help_was_asked_for_and_not_what_was_answered(company, period):
    goal = agreed(company.viewer("mei"), company.viewer("ana"), period)
    said = ask_for_help(by=company.viewer("mei"), goal=goal, asked=company.tomas, words=NEED)
    assert "Waiting" in page(company, "yusuf", "goals:goal", goal.pk)
    answered(company, said, "declined", words="I am away with my father.")
    text = page(company, "yusuf", "goals:goal", goal.pk)
    assert NEED in text
    assert "Ended" in text
    assert "Cannot" not in text
    assert "father" not in text
    assert "father" in page(company, "mei", "goals:help_request", said.pk)


def test_both_follow_a_promise_until_it_is_kept(company, request_):
    day = company.today + timedelta(days=9)
    answered(company, request_, "promised", promised_for=day, words="Tuesday.")
    assert request_.promised_for == day
    assert "Help promised to Chen Mei" in page(company, "tomas", "home")
    later = day + timedelta(days=2)
    answered(company, request_, "promised", promised_for=later)
    answered(company, request_, "done")
    assert (request_.stage, request_.promised_for) == ("done", None)
    assert [one.stage for one in request_.steps.all()] == ["promised", "promised", "done"]
    first, _again, last = told(company, "mei")
    assert first.startswith("Tomás Silva will help with")
    assert last.startswith("Tomás Silva says that the help")
    assert "asks for your help" not in page(company, "tomas", "home")
    assert "Done" in page(company, "mei", "goals:help")


def test_who_asks_takes_it_back_or_says_that_it_is_done(company, goal, request_):
    with pytest.raises(Refused, match="answers offered"):
        answered(company, request_, "declined", key="mei", words="No")
    answered(company, request_, "withdrawn", key="mei")
    assert told(company, "tomas")[-1].startswith("Chen Mei needs no more help")
    with pytest.raises(Refused, match="come to its end"):
        answered(company, request_, "done")
    again = ask_for_help(by=company.viewer("mei"), goal=goal, asked=company.tomas, words=NEED)
    assert answered(company, again, "done", key="mei").stage == "done"


@pytest.mark.parametrize(
    ("answer", "said", "sentence"),
    [
        ("promised", {}, "by when"),
        ("promised", {"promised_for": -1}, "today or later"),
        ("declined", {"words": "  "}, "why"),
        ("withdrawn", {}, "answers offered"),
        ("lapsed", {}, "answers offered"),
        ("", {}, "answers offered"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(company, request_, answer, said, sentence):
    if "promised_for" in said:
        said = {"promised_for": company.today + timedelta(days=said["promised_for"])}
    with pytest.raises(Refused, match=sentence):
        answered(company, request_, answer, **said)
    assert not request_.steps.exists()


def test_only_the_two_answer(company, request_):
    with pytest.raises(PermissionDenied, match="Who asks"):
        answered(company, request_, "done", key="ana")


@pytest.mark.parametrize(
    ("asked", "words", "sentence"),
    [
        ("mei", NEED, "somebody else"),
        ("rui", NEED, "does not work here"),
        ("priya", NEED, "does not work here"),
        ("tomas", " ", "what you need"),
    ],
)
def test_a_request_that_cannot_be_is_refused(company, goal, asked, words, sentence):
    who = company.people[asked]
    with pytest.raises(Refused, match=sentence):
        ask_for_help(by=company.viewer("mei"), goal=goal, asked=who, words=words)


def test_the_same_person_is_asked_once_at_a_time(company, goal, request_):
    with pytest.raises(Refused, match="already"):
        ask_for_help(by=company.viewer("mei"), goal=goal, asked=company.tomas, words="Again")
    with pytest.raises(PermissionDenied, match="Whose goal"):
        ask_for_help(by=company.viewer("ana"), goal=goal, asked=company.tomas, words=NEED)


def test_with_the_goal_ends_what_was_asked_for_it(company, goal, request_):
    close_goal(by=company.viewer("ana"), goal=goal, outcome="dropped", words="Not now.")
    request_.refresh_from_db()
    assert request_.stage == "lapsed"
    assert told(company, "tomas")[-1] == (
        "“Queries under a second” was closed; Chen Mei needs no more help with it."
    )
    assert "The goal was closed, or one of you" in page(
        company, "tomas", "goals:help_request", request_.pk
    )


@pytest.mark.parametrize(("leaver", "stays"), [("tomas", "mei"), ("mei", "tomas")])
def test_with_one_of_the_two_a_request_ends(company, request_, leaver, stays):
    hr, who = company.viewer("ingrid"), company.people[leaver]
    end_employment(by=hr, employee=who, on=company.today, reason="Moves away", reports_to=None)
    let_help_lapse.call()
    request_.refresh_from_db()
    assert request_.stage == "lapsed"
    assert any("works here no more" in one for one in told(company, stays))
    assert let_lapse(by=hr, day=company.today) == 0


def test_a_check_in_names_whose_help_is_needed(company, goal):
    mei = company.viewer("mei")
    wanted = HelpWanted(company.tomas, NEED)
    said = {"value": Decimal(1), "confidence": Decimal("0.5")}
    done = check_in(by=mei, goal=goal, wanted=wanted, **said)
    assert done.help_requests.get().asked == company.tomas
    with pytest.raises(Refused, match="already"):
        check_in(by=mei, goal=fresh(goal), wanted=wanted, **said)


def test_the_forms_of_check_ins_ask_and_keep_what_was_typed(company, goal):
    client = company.client("mei")
    one = reverse("goals:check_in", args=[goal.pk])
    sent = {"value": "1", "confidence": "0.50"}
    half = client.post(one, sent | {"words": NEED})
    assert half.status_code == 422
    assert "Say whom you ask" in half.content.decode()
    other = client.post(one, sent | {"asked": str(company.tomas.pk)})
    assert "Say what you need" in other.content.decode()
    assert not CheckIn.objects.exists()
    key = f"g{goal.pk}-"
    row = {f"{key}{name}": value for name, value in sent.items()}
    row |= {f"{key}words": NEED, f"{key}asked": str(company.tomas.pk)}
    several = reverse("goals:check_ins")
    assert client.post(several, row).status_code == 302
    assert HelpRequest.objects.get().check_in == CheckIn.objects.get()
    again = client.post(several, row)
    assert again.status_code == 422
    assert NEED in again.content.decode()


def test_one_asks_and_answers_on_pages(company, goal):
    mei, tomas = company.client("mei"), company.client("tomas")
    ask = reverse("goals:ask_for_help", args=[goal.pk])
    assert mei.get(ask).status_code == 200
    assert mei.post(ask, {"asked": str(company.mei.pk), "words": NEED}).status_code == 422
    assert mei.post(ask, {"asked": str(company.tomas.pk), "words": NEED}).status_code == 302
    one = reverse("goals:help_request", args=[HelpRequest.objects.get().pk])
    stale = tomas.get(one).context["form"]["stands"].value()
    refused = tomas.post(one, {"answer": "declined", "words": ""})
    assert refused.status_code == 422
    assert "why" in refused.content.decode()
    day = str(company.today + timedelta(days=3))
    sent = {"answer": "promised", "promised_for": day, "stands": stale}
    assert tomas.post(one, sent).status_code == 302
    assert tomas.post(one, sent).status_code == 422
    assert mei.post(one, {"answer": "withdrawn"}).status_code == 302
    late = tomas.post(one, {"answer": "done", "words": "I did it"})
    assert late.status_code == 422
    assert "was not kept" in late.content.decode()
    assert company.client("yusuf").get(reverse("goals:help")).status_code == 200


def test_the_ledger_knows_that_help_was_asked_for_and_not_the_words(company, request_):
    record = Record.objects.get(kind="goals.HelpAsked")
    assert (record.actor, record.subject) == (company.mei.ref, company.tomas.ref)
    event = event_of(record)
    assert event is not None
    assert NEED not in repr(event)
    assert event.sentence().startswith("asked for help with goal")


def test_a_request_that_waits_may_become_what_each_side_makes_of_it():
    assert all(may_become(stage, "done", BY_ASKED) for stage in ("open", "promised"))
    assert not may_become("open", "withdrawn", BY_ASKED)
    assert may_become("open", "withdrawn", BY_ASKER)
    assert not may_become("done", "promised", BY_ASKED)


def test_why_somebody_cannot_is_read_by_the_two_alone_though_another_leads_the_unit_now(
    company, period
):
    ana, leo = company.viewer("ana"), company.viewer("leo")
    goal = agreed(ana, leo, period, unit=company.units["PLAT"], title="Of the unit")
    one = ask_for_help(by=ana, goal=goal, asked=company.mei, words=NEED)
    answered(company, one, "declined", key="mei", words="My father is ill.")
    RoleGrant.objects.filter(unit=company.units["PLAT"]).update(employee=company.tomas)
    url = reverse("goals:help_request", args=[one.pk])
    for key, reads in (("mei", True), ("ana", True), ("tomas", False)):
        answer = company.client(key).get(url)
        assert answer.status_code == 200
        assert ("My father is ill." in answer.content.decode()) is reads


def test_telling_twice_does_not_mark_the_request_as_read(company, request_):
    run_waiting_jobs()
    record = Record.objects.filter(kind="goals.HelpAsked").latest("pk")
    assert Notice.objects.filter(account=company.account("tomas"), read_at=None).exists()
    tell_of(record.pk)
    assert Notice.objects.filter(account=company.account("tomas"), read_at=None).exists()
