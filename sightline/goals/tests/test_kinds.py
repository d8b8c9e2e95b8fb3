"""Goals of milestones and goals that keep a number within a band: agreed, ticked, told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.models import Record
from sightline.foundation.ledger.queries import event_of
from sightline.goals.actions import catchball
from sightline.goals.actions.check_ins import Ticked, check_in
from sightline.goals.actions.closings import carry_over, close_goal
from sightline.goals.actions.goals import rewrite_draft
from sightline.goals.models import CheckIn, Goal, Tick, Wording
from sightline.goals.queries.goals import standing_of
from sightline.goals.queries.milestones import done_days
from sightline.goals.rules.milestones import MOST, Milestone
from sightline.goals.rules.status import Status
from sightline.goals.tests.making import a_period, a_text, agreed, days_ago, drafted, fresh, serves

pytestmark = pytest.mark.django_db
NO_NUMBER = {"start_value": None, "target_value": None, "value_unit": ""}


@pytest.fixture
def steps(company, period):
    """Three milestones: one was due a month ago, one is due in a month, one with the goal."""
    on = company.today
    return (
        Milestone(0, "Contract signed", 2, on - timedelta(days=30)),
        Milestone(0, "Pilot runs", 1, on + timedelta(days=30)),
        Milestone(0, "All shops moved", 1),
    )


@pytest.fixture
def of_steps(steps):
    return NO_NUMBER | {"kind": Wording.Kind.MILESTONES, "milestones": steps}


@pytest.fixture
def goal(company, period, of_steps):
    """Mei's goal of three milestones, agreed with Ana."""
    return agreed(company.viewer("mei"), company.viewer("ana"), period, **of_steps)


@pytest.fixture
def kept(company, period):
    """Mei's goal to keep a number between 2 and 4."""
    limits = {"band_low": Decimal(2), "band_high": Decimal(4), "inside_percent": 90}
    said = {"kind": Wording.Kind.BAND, "start_value": None, "target_value": None} | limits
    return agreed(company.viewer("mei"), company.viewer("ana"), period, **said)


def ticked(company, goal, *numbers, on=None, undone=(), sure="0.8"):
    """The goal after Mei ticked these."""
    said = Ticked(frozenset(numbers), frozenset(undone), on)
    mei = company.viewer("mei")
    check_in(by=mei, goal=goal, value=None, confidence=Decimal(sure), ticked=said)
    return fresh(goal)


def test_milestones_are_part_of_what_both_sides_agree_on(company, goal, steps):
    assert [one.number for one in goal.milestones] == [1, 2, 3]
    revision = goal.revisions.get()
    assert [one.title for one in revision.milestones] == [one.title for one in steps]
    changed = (*goal.milestones[:2], Milestone(0, "Half the shops moved"))
    text = replace(a_text(goal.period), **NO_NUMBER, kind="milestones", milestones=changed)
    catchball.revise(by=company.viewer("ana"), goal=goal, text=text, reason="Half is enough.")
    assert fresh(goal).milestones == goal.milestones, "what was agreed holds"
    catchball.accept(by=company.viewer("mei"), goal=fresh(goal), number=2)
    assert [one.number for one in fresh(goal).milestones] == [1, 2, 4]
    assert fresh(goal).version == goal.version + 1, "what serves it must be confirmed"
    client = company.client("mei")
    text = client.get(reverse("goals:goal", args=[goal.pk])).content.decode()
    assert "<del>All shops moved" in text
    assert "<ins>Half the shops moved" in text


def test_what_was_ticked_stays_done_when_the_milestone_is_worded_otherwise(company, goal):
    goal = ticked(company, goal, 1, on=days_ago(company, 40))
    first = replace(goal.milestones[0], title="Contract signed by both", weight=6)
    milestones = (first, *goal.milestones[1:])
    text = replace(a_text(goal.period), **NO_NUMBER, kind="milestones", milestones=milestones)
    catchball.revise(by=company.viewer("mei"), goal=goal, text=text, reason="Clearer.")
    catchball.accept(by=company.viewer("ana"), goal=fresh(goal), number=2)
    assert fresh(goal).done_percent == Decimal("75")
    assert done_days([fresh(goal)]) == {goal.pk: {1: days_ago(company, 40)}}


def test_a_tick_moves_what_is_done_and_the_chance_and_can_be_taken_back(company, goal):
    late = ticked(company, goal)
    assert (late.done_percent, late.plan_percent) == (0, 50), "the third follows to the last day"
    assert standing_of(late, company.today).status == Status.BEHIND
    done = ticked(company, goal, 1, on=days_ago(company, 31))
    assert (done.done_percent, done.value) == (50, None)
    assert done.chance_percent > late.chance_percent
    assert standing_of(done, company.today).status == Status.ON_TRACK
    back = ticked(company, goal, undone=[1])
    assert (back.done_percent, back.chance_percent) == (0, late.chance_percent)
    assert [tick.done_on for tick in Tick.objects.order_by("pk")] == [days_ago(company, 31), None]


def test_ticking_what_is_ticked_keeps_its_day(company, goal):
    ticked(company, goal, 1, on=days_ago(company, 31))
    ticked(company, goal, 1, 2, undone=[3])
    days = {1: days_ago(company, 31), 2: company.viewer("mei").today}
    assert done_days([goal]) == {goal.pk: days}
    assert Tick.objects.count() == 2


def test_before_anything_is_late_or_done_the_owner_gives_the_word(company, period, of_steps):
    steps = (Milestone(0, "One"),)
    said = of_steps | {"milestones": steps}
    goal = agreed(company.viewer("mei"), company.viewer("ana"), period, **said)
    for sure, word in (("0.8", Status.ON_TRACK), ("0.5", Status.AT_RISK), ("0.2", Status.BEHIND)):
        goal = ticked(company, goal, sure=sure)
        assert goal.chance_percent is None
        assert standing_of(goal, company.today).status == word


def test_the_record_tells_what_was_ticked(company, goal):
    ticked(company, goal, 1)
    event = event_of(Record.objects.filter(kind__endswith="CheckedIn").latest("pk"))
    assert event.ticked == f"Contract signed: {company.viewer('mei').today}"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"done": frozenset({9})}, "done"),
        ({"undone": frozenset({9})}, "done"),
        ({"done": frozenset({1}), "on": 1}, "done_on"),
        ({"done": frozenset({1}), "on": -100}, "done_on"),
    ],
)
def test_what_is_ticked_must_be_a_milestone_and_a_day_that_was(company, goal, said, field):
    if "on" in said:
        said = said | {"on": company.viewer("mei").today + timedelta(days=said["on"])}
    facts = {"goal": goal, "value": None, "confidence": Decimal(1)}
    with pytest.raises(Refused) as refusal:
        check_in(by=company.viewer("mei"), ticked=Ticked(**said), **facts)
    assert refusal.value.reasons[0][0] == field
    assert not CheckIn.objects.exists()


def step_faults(company):
    far = company.today + timedelta(days=400)
    return [
        (),
        tuple(Milestone(0, f"Step {n}") for n in range(MOST + 1)),
        (Milestone(0, " "),),
        (Milestone(0, "Heavy", 101),),
        (Milestone(0, "Light", 0),),
        (Milestone(0, "Far", 1, far),),
        (Milestone(0, "Early", 1, days_ago(company, 90)),),
    ]


def test_milestones_that_cannot_be_are_refused(company, period, of_steps):
    mei = company.viewer("mei")
    goal = drafted(mei, period, **of_steps)
    for steps in step_faults(company):
        text = a_text(period, **of_steps | {"milestones": steps})
        with pytest.raises(Refused) as refusal:
            rewrite_draft(by=mei, goal=goal, text=text)
        assert refusal.value.reasons[0][0] == "milestones"
    assert fresh(goal).milestones == goal.milestones


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"band_low": None}, "band_low"),
        ({"band_high": None}, "band_high"),
        ({"band_low": Decimal(4)}, "band_high"),
        ({"inside_percent": None}, "inside_percent"),
        ({"inside_percent": 101}, "inside_percent"),
        ({"value_unit": " "}, "value_unit"),
    ],
)
def test_a_band_that_cannot_be_is_refused(company, kept, said, field):
    text = a_text(kept.period, start_value=None, target_value=None, kind="band")
    facts = {"band_low": Decimal(2), "band_high": Decimal(4), "inside_percent": 90}
    text = replace(text, **facts | said)
    with pytest.raises(Refused) as refusal:
        catchball.revise(by=company.viewer("mei"), goal=kept, text=text, reason="So.")
    assert refusal.value.reasons[0][0] == field


def test_a_band_is_judged_by_the_days_on_which_it_was_kept(company, kept):
    def told(value, days):
        on = days_ago(company, days)
        facts = {"value": Decimal(value), "confidence": Decimal(1), "on": on}
        check_in(by=company.viewer("mei"), goal=kept, **facts)
        one = fresh(kept)
        return one.done_percent, one.chance_percent, standing_of(one, on).status

    assert told("2", 80) == (100, None, Status.ON_TRACK)
    assert told("4.1", 40)[:2] == (Decimal("97.56"), None)
    assert told("4", 30) == (Decimal("80.39"), None, Status.AT_RISK)
    assert fresh(kept).plan_percent == 90
    assert told("1.9", 29)[2] == Status.AT_RISK
    assert told("1", 0)[1:] == (0, Status.BEHIND)


def test_what_milestones_have_come_to_counts_in_what_they_serve(company, period, goal):
    sums = NO_NUMBER | {"kind": Wording.Kind.CHILDREN, "unit": company.units["PLAT"]}
    above = agreed(company.viewer("ana"), company.viewer("leo"), period, **sums)
    serves(company.viewer("mei"), goal, above)
    ticked(company, goal, 1)
    assert (fresh(above).done_percent, fresh(above).kind) == (50, "children")


def test_what_is_left_of_the_milestones_is_carried_over_with_its_days(company, goal):
    ticked(company, goal, 1)
    first = goal.period.until_on
    later = a_period(company, name="Next", from_on=first, until_on=first + timedelta(days=181))
    new = carry_over(by=company.viewer("mei"), goal=fresh(goal), period=later)
    assert [(one.number, one.title) for one in new.milestones] == [
        *((1, "Pilot runs"), (2, "All shops moved"))
    ]
    assert [one.due_on for one in new.milestones] == [first + timedelta(days=120), None]


def rows(*said):
    """What a form sends for its milestones."""
    names = ("number", "title", "weight", "due_on")
    return {
        f"m{place}-{name}": value
        for place, row in enumerate(said, start=1)
        for name, value in zip(names, row, strict=True)
    }


def words_of(period, /, **said):
    facts = {"title": "Move the shops", "weight_percent": "30", "kind": "milestones"}
    days = {"from_on": str(period.from_on), "due_on": str(a_text(period).due_on)}
    return facts | days | said


def test_milestones_are_written_in_rows_and_what_other_kinds_need_is_left_out(company, period):
    client = company.client("mei")
    due = str(company.today + timedelta(days=9))
    typed = {"start_value": "1,2,3", "band_low": "x"}
    said = words_of(period, owner="me", period=period.pk, visibility="everyone") | typed
    told = rows(("", "Contract signed", "2", due), ("", "", "", ""), ("", "Pilot runs", "", ""))
    answer = client.post(reverse("goals:new"), said | told)
    assert answer.status_code == 302
    goal = Goal.objects.get()
    assert (goal.start_value, goal.band_low, goal.value_unit) == (None, None, "")
    assert [(one.number, one.title, one.weight) for one in goal.milestones] == [
        *((1, "Contract signed", 2), (2, "Pilot runs", 1))
    ]
    drawn = client.get(reverse("goals:change", args=[goal.pk])).content.decode()
    assert 'value="Pilot runs"' in drawn


@pytest.mark.parametrize(
    "row", [("", "", "2", ""), ("", "x", "200", ""), ("", "x", "1,5", ""), ("", "x", "", "soon")]
)
def test_a_row_that_cannot_be_understood_is_kept_and_marked(company, period, row):
    goal = drafted(company.viewer("mei"), period)
    said = words_of(period) | rows(("", "Contract signed", "", ""), row)
    answer = company.client("mei").post(reverse("goals:change", args=[goal.pk]), said)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "a row is not complete" in text
    assert 'value="Contract signed"' in text
    assert fresh(goal).kind == "number"


def test_a_check_in_ticks_beside_what_another_page_ticked(company, goal):
    client, address = company.client("mei"), reverse("goals:check_in", args=[goal.pk])
    drawn = client.get(address).content.decode()
    assert "Contract signed" in drawn
    facts = {"confidence": "0.75", "note": "", "was": "", "done_on": str(company.today)}
    for number in (1, 2):  # two pages, drawn before anything was done
        assert client.post(address, facts | {"done": [str(number)]}).status_code == 302
    assert done_days([goal])[goal.pk].keys() == {1, 2}
    back = facts | {"done": ["1"], "was": "1,2,x", "note": "The pilot stopped."}
    assert client.post(address, back).status_code == 302
    assert done_days([goal])[goal.pk].keys() == {1}
    text = client.get(reverse("goals:goal", args=[goal.pk])).content.decode()
    assert "not done after all" in text
    assert "next, due" in text
    working = client.get(reverse("goals:working", args=[goal.pk])).content.decode()
    assert "All done at this speed" in working


def test_of_several_goals_those_with_a_tick_are_said_and_others_left_alone(company, goal, kept):
    client, row = company.client("mei"), f"g{goal.pk}"
    page = client.get(reverse("goals:check_ins")).content.decode()
    assert "keep between 2% and 4%" in page.replace("\xa0", " ")
    said = {
        f"{row}-done": ["2"],
        f"{row}-was": "",
        f"{row}-done_on": str(company.today),
        f"{row}-confidence": "0.75",
        f"{row}-drawn": "0.75",
        f"g{kept.pk}-confidence": "0.75",
        f"g{kept.pk}-drawn": "0.75",
    }
    assert client.post(reverse("goals:check_ins"), said).status_code == 302
    assert [one.goal for one in CheckIn.objects.all()] == [goal]
    again = said | {f"{row}-was": "2"}
    assert client.post(reverse("goals:check_ins"), again).status_code == 422
    assert CheckIn.objects.count() == 1


def test_ticks_for_a_goal_that_was_closed_meanwhile_are_told(company, goal):
    close_goal(by=company.viewer("mei"), goal=goal, outcome="dropped", words="No shops left.")
    row = f"g{goal.pk}"
    said = {f"{row}-done": ["1", "2"], f"{row}-was": "1", f"{row}-confidence": "0.75"}
    answer = company.client("mei").post(reverse("goals:check_ins"), said)
    assert answer.status_code == 422
    assert "milestones ticked" in answer.content.decode()
    left = company.client("mei").post(reverse("goals:check_ins"), said | {f"{row}-was": "2,1"})
    assert "milestones ticked" not in left.content.decode()


def test_a_goal_within_its_band_shows_the_band_and_what_was_agreed(company, kept):
    client = company.client("mei")
    address = reverse("goals:check_in", args=[kept.pk])
    assert client.post(address, {"value": "3", "confidence": "0.75"}).status_code == 302
    text = client.get(reverse("goals:goal", args=[kept.pk])).content.decode()
    assert "goal-course__keep" in text
    assert "agreed: 90" in text
    assert client.get(reverse("goals:working", args=[kept.pk])).status_code == 200


def test_a_stranger_ticks_nothing(company, goal):
    address = reverse("goals:check_in", args=[goal.pk])
    said = {"confidence": "0.75", "done": ["1"], "was": ""}
    assert company.client("samuel").post(address, said).status_code in {403, 404}
    assert company.client("yusuf").post(address, said).status_code == 403
    assert not Tick.objects.exists()
