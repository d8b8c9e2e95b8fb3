"""The pages of goals, as people see them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from sightline.foundation.drafts.actions import Typed, save_draft
from sightline.foundation.drafts.rules import Mark
from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.foundation.notices.models import Notice
from sightline.goals.actions.catchball import revise
from sightline.goals.actions.check_ins import check_in, disagree
from sightline.goals.actions.closings import close_goal
from sightline.goals.actions.goals import set_visibility
from sightline.goals.actions.periods import close_period
from sightline.goals.models import Closing, Contribution, Disagreement, Goal, Period
from sightline.goals.tests.making import a_period, a_text, agreed, drafted, fresh, proposed, serves
from sightline.strategy.models import Objective

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared(company, period):
    """A goal of Platform that serves an objective."""
    ana, leo = company.viewer("ana"), company.viewer("leo")
    goal = agreed(ana, leo, period, unit=company.units["PLAT"], title="Two regions")
    serves(ana, goal, Objective.objects.select_related("strategy")[0])
    return goal


@pytest.fixture
def goal(company, period, shared):
    """Mei's goal that serves Platform's, with a word said."""
    mei = company.viewer("mei")
    one = agreed(mei, company.viewer("ana"), period)
    serves(mei, one, shared, 70)
    check_in(by=mei, goal=one, value=Decimal("0.75"), confidence=Decimal("0.6"), note="Slow start")
    return fresh(one)


def page(company, key, name, *given, **asked):
    """The text of a page."""
    answer = company.client(key).get(reverse(name, args=given), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def sent(company, key, address, /, *given, **said):
    """The answer to a form; a browser sends something in any case."""
    return company.client(key).post(reverse(address, args=given), {"sent": "1"} | said)


def words_of(period, **said):
    """What a form sends for a goal."""
    text = a_text(period, **said)
    return {
        "title": text.title,
        "kind": "number",
        "start_value": "1.2",
        "target_value": "0.4",
        "value_unit": "%",
        "weight_percent": str(text.weight_percent),
        "from_on": text.from_on.isoformat(),
        "due_on": text.due_on.isoformat(),
    }


def test_the_page_of_a_goal_holds_its_thread_its_course_and_its_words(company, goal):
    text = page(company, "mei", "goals:goal", goal.pk)
    for said in (
        "Two regions",
        "Slow start",
        "Cut checkout errors",
        "30% of it is local",
        "On track",
    ):
        assert said in text
    assert "goal-course__plan" in text


def test_a_goal_that_is_due_after_what_it_serves_says_so(company, goal, period):
    ana, leo = company.viewer("ana"), company.viewer("leo")
    early = {"title": "Early", "due_on": goal.due_on - timedelta(days=9)}
    serves(company.viewer("mei"), goal, agreed(ana, leo, period, measured_by="x", **early), 20)
    assert "due later than what it serves" in page(company, "mei", "goals:goal", goal.pk)
    assert "shrink" not in page(company, "mei", "goals:goal", goal.pk)


def test_a_colleague_reads_the_goal_and_not_how_it_was_agreed(company, goal):
    text = page(company, "yusuf", "goals:goal", goal.pk)
    assert "Slow start" in text
    assert "How it was agreed" not in text
    assert "Propose a change" not in text


def test_a_goal_goes_from_draft_to_agreed_by_forms(company, period):
    said = words_of(period) | {"owner": "me", "period": period.pk, "visibility": "everyone"}
    assert sent(company, "mei", "goals:new", **said).status_code == 302
    goal = Goal.objects.get()
    assert sent(company, "mei", "goals:propose", goal.pk, reason="As we said").status_code == 302
    changed = words_of(period, weight_percent=45) | {"reason": "It is more work."}
    assert sent(company, "ana", "goals:revise", goal.pk, **changed).status_code == 302
    assert "It is more work." in page(company, "mei", "goals:goal", goal.pk)
    assert "It is more work." in page(company, "mei", "goals:accept", goal.pk)
    assert sent(company, "mei", "goals:accept", goal.pk).status_code == 302
    assert (fresh(goal).stage, fresh(goal).weight_percent) == ("agreed", 45)
    for act in ("goals:change", "goals:remove", "goals:propose"):
        answer = company.client("mei").get(reverse(act, args=[goal.pk]))
        assert answer.url == reverse("goals:goal", args=[goal.pk])


def test_a_stale_acceptance_is_told_and_not_taken(company, period):
    goal = proposed(company.viewer("mei"), period)
    client = company.client("ana")
    drawn = client.get(reverse("goals:accept", args=[goal.pk])).context["form"].now
    text = a_text(period, weight_percent=60)
    revise(by=company.viewer("mei"), goal=goal, text=text, reason="On second thoughts.")
    answer = client.post(reverse("goals:accept", args=[goal.pk]), {"stands": drawn})
    assert answer.status_code == 422
    assert fresh(goal).stage == "proposed"


def test_a_draft_rewritten_in_another_tab_is_not_written_over(company, period):
    goal = drafted(company.viewer("mei"), period)
    address = reverse("goals:change", args=[goal.pk])
    client = company.client("mei")
    drawn = client.get(address).context["form"].now
    first = client.post(address, words_of(period, title="The one tab") | {"stands": drawn})
    second = client.post(address, words_of(period, title="The other tab") | {"stands": drawn})
    assert (first.status_code, second.status_code) == (302, 422)
    assert "The other tab" in second.content.decode()
    assert fresh(goal).title == "The one tab"


def test_what_cannot_be_is_said_beside_its_field_and_kept(company, period):
    said = words_of(period) | {
        "owner": "me",
        "period": period.pk,
        "visibility": "everyone",
        "target_value": "1.2",
        "due_on": (period.until_on + timedelta(days=3)).isoformat(),
        "why": "A reason worth keeping",
    }
    answer = sent(company, "mei", "goals:new", **said)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "nothing would have to move" in text
    assert "A reason worth keeping" in text
    assert not Goal.objects.exists()


@pytest.mark.parametrize("value", ["1e308", "0,5x", "", "١٢"])
def test_a_value_that_is_none_is_refused_with_what_was_typed(company, goal, value):
    sent_value = {"value": value, "confidence": "0.75", "note": "Kept"}
    answer = sent(company, "mei", "goals:check_in", goal.pk, **sent_value)
    if answer.status_code == 422:
        assert "Kept" in answer.content.decode()
    else:
        assert fresh(goal).value == Decimal(12)


def test_all_goals_are_said_on_one_page_and_those_left_alone_are_left_out(company, goal, period):
    other = agreed(company.viewer("mei"), company.viewer("ana"), period, title="Left alone")
    said = {f"g{goal.pk}-value": "0.6", f"g{goal.pk}-confidence": "0.90"}
    said |= {f"g{other.pk}-value": "", f"g{other.pk}-confidence": "0.75"}
    assert sent(company, "mei", "goals:check_ins", **said).status_code == 302
    assert fresh(goal).value == Decimal("0.6")
    assert fresh(other).value is None


def test_how_sure_one_is_is_not_dropped_for_want_of_a_value(company, goal, period):
    said = {f"g{goal.pk}-value": "", f"g{goal.pk}-confidence": "0.20"}
    answer = sent(company, "mei", "goals:check_ins", **said)
    assert answer.status_code == 422
    assert "Say where it stands" in answer.content.decode()
    sums = {"kind": "children", "start_value": None, "target_value": None}
    parts = agreed(company.viewer("mei"), company.viewer("ana"), period, title="Parts", **sums)
    said = {f"g{goal.pk}-confidence": "0.60", f"g{parts.pk}-confidence": "0.20"}
    assert sent(company, "mei", "goals:check_ins", **said).status_code == 302
    assert fresh(parts).confidence == Decimal("0.20")


def test_what_was_typed_for_a_goal_closed_meanwhile_is_told_and_not_lost(company, goal, period):
    other = agreed(company.viewer("mei"), company.viewer("ana"), period, title="Still runs")
    close_goal(by=company.viewer("ana"), goal=goal, outcome="done")
    said = {
        f"g{goal.pk}-value": "0.6",
        f"g{goal.pk}-note": "Almost there",
        f"g{other.pk}-value": "0.7",
        f"g{other.pk}-confidence": "0.90",
    }
    answer = sent(company, "mei", "goals:check_ins", **said)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "or was closed" in text
    assert "0.6 · Almost there" in text
    assert fresh(other).value is None


@pytest.mark.parametrize("name", ["goals:check_ins", "goals:check_ins_due"])
def test_what_was_typed_for_the_only_goal_is_told_when_it_runs_no_more(company, goal, name):
    said = {f"g{goal.pk}-note": "Almost there", f"g{goal.pk}-confidence": "0.60"}
    set_visibility(by=company.viewer("mei"), goal=goal, visibility="line")
    close_goal(by=company.viewer("ana"), goal=fresh(goal), outcome="done")
    for key, named in (("mei", goal.title), ("yusuf", "a goal you may not see")):
        answer = sent(company, key, name, **said)
        assert answer.status_code == 422
        assert f"“{named}” is no longer yours" in answer.content.decode()
        assert "Almost there" in answer.content.decode()


def test_a_row_left_alone_says_nothing_though_one_has_become_surer_meanwhile(company, period):
    mei, ana = company.viewer("mei"), company.viewer("ana")
    sums = {"kind": "children", "start_value": None, "target_value": None}
    left, other = (agreed(mei, ana, period, title=title, **sums) for title in ("Left", "Other"))
    drawn = company.client("mei").get(reverse("goals:check_ins")).context["form"].forms
    said = {
        form.add_prefix(name): form[name].value() or "" for form in drawn for name in form.fields
    }
    assert f'name="g{left.pk}-drawn" value="0.75"' in page(company, "mei", "goals:check_ins")
    check_in(by=mei, goal=left, value=None, confidence=Decimal("0.2"))
    said[f"g{other.pk}-confidence"] = "0.90"
    assert sent(company, "mei", "goals:check_ins", **said).status_code == 302
    assert (fresh(left).confidence, fresh(other).confidence) == (Decimal("0.20"), Decimal("0.90"))


def test_what_was_typed_in_the_rows_of_a_list_comes_back_into_them_alone(company, goal):
    key, note = f"g{goal.pk}-", "The last step is slow"
    fields = {f"{key}note": [note], f"{key}confidence": ["0.60"], f"{key}drawn": ["0.60"]}
    typed = Typed(fields, Mark(0, "one", 1))
    save_draft(by=company.account("mei"), key="goals:check-ins", typed=typed)
    check_in(by=company.viewer("mei"), goal=goal, value=Decimal(1), confidence=Decimal("0.2"))
    text = page(company, "mei", "goals:check_ins")
    assert note in text
    assert f'name="{key}drawn" value="0.60"' in text
    Goal.objects.update(measured_on=goal.from_on)
    assert note not in page(company, "mei", "goals:check_ins_due")


@pytest.mark.parametrize("name", ["mine", "team", "unit", "all", "periods", "sight"])
def test_every_list_opens_empty_and_full(company, name, request):
    assert page(company, "ana", f"goals:{name}")
    request.getfixturevalue("goal")
    assert page(company, "ana", f"goals:{name}")


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("running", True),
        ("behind", False),
        ("silent", False),
        ("proposed", False),
        ("stale", False),
        ("loose", False),
        ("draft", False),
        ("closed", False),
        ("missed", False),
    ],
)
def test_a_list_is_narrowed_by_state(company, goal, state, found):
    text = page(company, "leo", "goals:all", state=state, q="checkout")
    assert (goal.title in text) == found


def test_what_a_goal_serves_is_chosen_changed_confirmed_and_taken_back(company, goal, shared):
    said = {"share_percent": "30", "objective": Objective.objects.all()[1].pk}
    assert sent(company, "mei", "goals:serve", goal.pk, **said).status_code == 302
    link = Contribution.objects.get(goal=goal, parent=shared)
    assert sent(company, "mei", "goals:share", link.pk, share_percent="80").status_code == 422
    assert sent(company, "mei", "goals:share", link.pk, share_percent="60").status_code == 302
    assert sent(company, "mei", "goals:confirm", link.pk).status_code == 422
    there = company.client("mei").get(reverse("goals:confirm", args=[link.pk]), follow=True)
    assert "has not changed since" in there.content.decode()
    Goal.objects.filter(pk=shared.pk).update(version=shared.version + 1)
    assert "has changed since" in page(company, "mei", "goals:confirm", link.pk)
    assert sent(company, "mei", "goals:confirm", link.pk).status_code == 302
    assert sent(company, "mei", "goals:unserve", link.pk).status_code == 302
    assert not Contribution.objects.filter(pk=link.pk).exists()


def test_two_things_are_not_served_by_one_answer(company, goal, shared):
    said = {"share_percent": "10", "objective": Objective.objects.all()[1].pk}
    answer = sent(company, "mei", "goals:serve", goal.pk, **said, parent_text="Two regions")
    assert answer.status_code == 422
    assert "Choose one thing" in answer.content.decode()


def test_a_goal_to_serve_is_found_by_a_word(company, goal, shared):
    answer = company.client("mei").get(
        reverse("goals:pick_parent", args=[goal.pk]), {"q": "regions"}
    )
    assert [one["label"] for one in answer.json()["results"]] == ["Two regions"]


def test_a_goal_is_closed_and_carried_over_by_forms(company, goal, period):
    said = {"outcome": "missed", "words": ""}
    assert sent(company, "ana", "goals:close", goal.pk, **said).status_code == 422
    said["words"] = "Two people left."
    assert sent(company, "ana", "goals:close", goal.pk, **said).status_code == 302
    assert "Two people left." in page(company, "mei", "goals:goal", goal.pk)
    later = a_period(
        company,
        name="The half after",
        from_on=period.until_on,
        until_on=period.until_on + timedelta(days=90),
    )
    assert sent(company, "mei", "goals:carry", goal.pk, period=later.pk).status_code == 302
    assert Goal.objects.get(carried_from=goal).period == later
    assert Closing.objects.get().by == company.ana


def test_the_line_of_sight_tells_what_is_meant_and_what_is_done(company, goal):
    text = page(company, "nkechi", "goals:sight")
    assert "Unity of goals" in text
    assert "Deviations to talk about" in text
    assert "Platform" in page(company, "ana", "goals:sight_of_unit", company.units["TECH"].pk)
    assert goal.title in page(company, "mei", "goals:sight_of_person", company.mei.pk)


def test_how_many_people_serve_an_objective_stands_on_the_page_of_a_unit_without_parts(
    company, goal
):
    head = '<th scope="col" class="num">People</th>'
    assert head in page(company, "ana", "goals:sight_of_unit", company.units["PLAT"].pk)
    assert head not in page(company, "mei", "goals:sight_of_person", company.mei.pk)


def test_a_roll_up_is_explained_to_those_who_see_none_of_its_parts(company, goal, shared):
    text = page(company, "yusuf", "goals:working", shared.pk)
    assert "Roll-up" in text
    assert goal.title in text
    Goal.objects.filter(pk=goal.pk).update(visibility="line")
    text = page(company, "yusuf", "goals:working", shared.pk)
    assert "not everyone may see are left out" in text
    assert goal.title not in text


def test_a_private_goal_that_leads_nowhere_is_listed_for_those_alone_who_see_it(company, period):
    mei, ana = company.viewer("mei"), company.viewer("ana")
    agreed(mei, ana, period, title="Something of my own", visibility="private")
    assert "Something of my own" in page(company, "ana", "goals:unsettled")
    assert "Goals that lead nowhere" not in page(company, "nkechi", "goals:unsettled")


def test_the_list_of_what_serves_nothing_holds_drafts_and_is_not_called_running(company, period):
    agreed(company.viewer("mei"), company.viewer("ana"), period, title="Agreed, serving nothing")
    drafted(company.viewer("mei"), period, title="Written, serving nothing")
    led = page(company, "mei", "goals:unsettled")
    assert f'href="{reverse("goals:all")}?state=loose">The list of goals that serve nothing<' in led
    listed = page(company, "mei", "goals:all", state="loose")
    assert "Agreed, serving nothing" in listed
    assert "Written, serving nothing" in listed


def test_who_has_left_is_not_named_on_a_goal(company, goal, period):
    other = agreed(company.viewer("tomas"), company.viewer("ana"), period, title="Ended")
    close_goal(by=company.viewer("ana"), goal=other, outcome="missed", words="Two people left.")
    Closing.objects.update(by=company.rui)
    disagree(by=company.viewer("mei"), goal=goal, words="The last step moves the number.")
    Disagreement.objects.update(by=company.rui)
    for one in (other, goal):
        assert company.rui.name not in page(company, "yusuf", "goals:goal", one.pk)
        assert company.rui.name in page(company, "nkechi", "goals:goal", one.pk)
    assert "Two people left." in page(company, "yusuf", "goals:goal", other.pk)
    assert "The owner disagrees" in page(company, "yusuf", "goals:goal", goal.pk)


def test_a_period_is_shown_up_to_its_last_day(company):
    a_period(company, name="One half", from_on=date(2030, 1, 1), until_on=date(2030, 7, 1))
    text = page(company, "mei", "goals:periods")
    assert "30 Jun" in text
    assert "1 Jul" not in text


def test_a_nul_is_no_word_of_a_goal(company, goal, shared):
    asked = {"q": "\0regions"}
    answer = company.client("mei").get(reverse("goals:pick_parent", args=[goal.pk]), asked)
    assert [one["label"] for one in answer.json()["results"]] == ["Two regions"]
    said = {"share_percent": "10", "parent_text": "\0regions"}
    assert sent(company, "mei", "goals:serve", goal.pk, **said).status_code in {302, 422}


def test_the_other_side_finds_a_notice_and_what_needs_an_answer(company, period):
    goal = proposed(company.viewer("mei"), period)
    run_waiting_jobs()
    assert Notice.objects.filter(account=company.account("ana"), kind="goals.changes").exists()
    assert goal.title in page(company, "ana", "home")


def test_a_draft_stands_in_no_list_but_its_author_s(company, period):
    drafted(company.viewer("ana"), period, employee=company.mei, title="Not yet said")
    assert "Not yet said" in page(company, "ana", "goals:team")
    for key, name in (("mei", "mine"), ("leo", "all"), ("ingrid", "all")):
        assert "Not yet said" not in page(company, key, f"goals:{name}")
    assert "Not yet said" not in page(company, "mei", "own_data")


def test_hr_opens_changes_and_closes_a_period(company):
    said = {
        "name": "Q9",
        "kind": "quarter",
        "from_on": "2030-01-01",
        "last_on": "2030-03-31",
        "cadence_days": "7",
        "standing_percent": "20",
    }
    assert sent(company, "ingrid", "goals:open_period", **said).status_code == 302
    assert sent(company, "ingrid", "goals:open_period", **said).status_code == 422
    period = Period.objects.get()
    assert str(period.until_on) == "2030-04-01"
    rhythm = {"cadence_days": "14", "standing_percent": "30"}
    assert sent(company, "ingrid", "goals:change_period", period.pk, **rhythm).status_code == 302
    assert sent(company, "ingrid", "goals:close_period", period.pk).status_code == 302
    assert sent(company, "ingrid", "goals:close_period", period.pk).status_code == 422
    assert sent(company, "ingrid", "goals:reopen_period", period.pk).status_code == 302


def test_a_second_share_begins_with_what_is_left(company, period):
    goal = drafted(company.viewer("mei"), period)
    assert 'value="100"' in page(company, "mei", "goals:serve", goal.pk)
    serves(company.viewer("mei"), goal, Objective.objects.select_related("strategy")[0], 60)
    text = page(company, "mei", "goals:serve", goal.pk)
    assert 'value="40"' in text
    assert 'value="100"' not in text


def test_a_draft_is_kept_when_the_last_period_closes_while_it_is_written(company, period):
    said = words_of(period) | {"owner": "me", "period": period.pk, "visibility": "everyone"}
    said["title"] = "Written for an hour"
    close_period(by=company.viewer("ingrid"), period=period)
    answer = sent(company, "mei", "goals:new", **said)
    text = answer.content.decode()
    assert (answer.status_code, Goal.objects.count()) == (422, 0)
    assert "Written for an hour" in text
    assert "This period is not open." in text


def test_before_a_period_is_open_the_page_says_who_opens_it(company):
    told, led = page(company, "mei", "goals:new"), page(company, "ingrid", "goals:new")
    assert "HR opens it" in told
    assert "<select" not in told
    assert reverse("goals:open_period") in led
    assert "Draft a goal" not in company.client("mei").get("/").content.decode()
    a_period(company)
    assert "<select" in page(company, "mei", "goals:new")
    assert "Draft a goal" in company.client("mei").get("/").content.decode()
