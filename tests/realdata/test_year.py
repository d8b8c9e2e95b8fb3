"""The performance year, run on the public data set by the people of one city.

Chapter by chapter, each on what the one before left: strategy, period, goals, check-ins, talks, a
review cycle, a decision. What the data knows of how people do (`performance_group`) decides how far
they come, how they are rated, and who is proposed for a bonus.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from sightline.conversations.actions.agenda import promise, raise_point
from sightline.conversations.actions.meetings import hold_meeting, plan_meeting
from sightline.conversations.actions.notes import keep_note
from sightline.conversations.actions.series import open_series
from sightline.conversations.models import PrivateNote, Series
from sightline.decisions.actions import carrying_out, deciding, drafting, proposing
from sightline.decisions.models import Award, Decision, Proposal
from sightline.decisions.queries.evidence import pickable
from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.goals.actions.catchball import accept, propose_draft
from sightline.goals.actions.check_ins import check_in
from sightline.goals.actions.contributions import set_contribution
from sightline.goals.actions.goals import draft_goal
from sightline.goals.actions.periods import open_period
from sightline.goals.models import Goal, Period
from sightline.goals.rules.texts import GoalText
from sightline.people.actions.roles import grant_role
from sightline.people.models import Employee, Role, Unit
from sightline.people.tests.importing import seen
from sightline.people.viewer import Viewer, viewer_as
from sightline.reviews.actions import acts, cycles, peers
from sightline.reviews.actions.forms import Said, submit_form
from sightline.reviews.actions.templates import Asked, Part, Point, write_template
from sightline.reviews.models import Cycle, CycleStage, Form, PeerSummary, Review
from sightline.site.getting_started import beginning_of
from sightline.strategy.actions.commitments import agree_commitment, propose_commitment
from sightline.strategy.actions.objectives import add_objective, add_perspective, set_shares
from sightline.strategy.actions.strategies import bring_into_force, draft_strategy
from sightline.strategy.models import Commitment, Objective, Strategy
from tests.realdata import managers

pytestmark = pytest.mark.django_db
CITY = "Chicago"
PERCENT_REACHED = {"Top": 90, "Middle": 50, "Bottom": 10}
RATING = {"Top": 5, "Middle": 3, "Bottom": 2}
SCALE = ("Missed", "Partly", "As agreed", "More than agreed", "Outstanding")
NOTE = "Knows every shop by its street; ask about the two that left."


@dataclass
class Year:
    """What the chapters leave."""

    hr: Client
    head: managers.Person
    group: list[managers.Person]
    strategy: Strategy | None = None
    objectives: list[Objective] = field(default_factory=list)
    period: Period | None = None
    goals: dict[str, Goal] = field(default_factory=dict)
    cycle: Cycle | None = None

    def viewer(self, person: managers.Person) -> Viewer:
        """One of the data as a viewer."""
        found = viewer_as(Employee.objects.get(number=person.number))
        assert found is not None
        return found

    def review(self, person: managers.Person) -> Review:
        """The review of one of the data, as it stands now."""
        return Review.objects.get(cycle=self.cycle, employee__number=person.number)

    def best(self) -> managers.Person:
        """Of those who report to the head and do best, the first."""
        return next(one for one in self.group if one.performance == "Top")

    @property
    def founder(self) -> Viewer:
        """Whoever made the first account: HR and system administrator."""
        return seen(Employee.objects.get(number="founder").account)

    @property
    def chief(self) -> managers.Person:
        """Who leads the company."""
        assert self.head.manager is not None
        return self.head.manager


@pytest.fixture(scope="module")
def year(hr: Client) -> Iterator[Year]:
    """The year so far, after the last chapter that is written."""
    data = managers.people()
    head = next(one for one in data if one.city == CITY and one.manager and not one.manager.manager)
    found = Year(hr, head, head.reports)
    chapters = (roles, strategy, commitments, period, goals, check_ins, talks)
    for chapter in (*chapters, cycle, forms, outcomes, bonus):
        chapter(found)
    return found


# ── The chapters ─────────────────────────────────────────────────────────────────────────────


def roles(year: Year) -> None:
    """The chief is made an executive, the head of the city its lead."""
    by = year.founder
    chief, head = year.viewer(year.chief).employee, year.viewer(year.head).employee
    unit = Unit.objects.get(code=managers.code_of(CITY))
    grant_role(by=by, employee=chief, role=Role.EXECUTIVE, on=by.today)
    grant_role(by=by, employee=head, role=Role.UNIT_LEAD, unit=unit, on=by.today)


def strategy(year: Year) -> None:
    """Two objectives for three years; the chief brings them into force."""
    by = year.viewer(year.chief)
    year.strategy = draft_strategy(
        by=by,
        name="Nearer to customers",
        from_on=by.today,
        until_on=by.today + timedelta(days=1096),
    )
    for name, title in (
        ("Customers", "Customers stay because somebody knows them"),
        ("Growth", "Managers grow managers"),
    ):
        view = add_perspective(
            by=by, strategy=year.strategy, name=name, hue=len(year.objectives) + 1
        )
        objective = add_objective(
            by=by, perspective=view, title=title, description="", owner=by.employee
        )
        year.objectives.append(objective)
    shares = dict(zip(year.objectives, (Decimal(70), Decimal(30)), strict=True))
    set_shares(by=by, strategy=year.strategy, shares=shares)
    bring_into_force(by=by, strategy=year.strategy)
    year.objectives = list(Objective.objects.select_related("strategy"))


def commitments(year: Year) -> None:
    """The city takes on the first objective; the chief agrees."""
    unit = Unit.objects.get(code=managers.code_of(CITY))
    offered = propose_commitment(
        by=year.viewer(year.head),
        unit=unit,
        objective=year.objectives[0],
        share_percent=Decimal(60),
    )
    agree_commitment(by=year.viewer(year.chief), commitment=offered)


def period(year: Year) -> None:
    """HR opens the period in which the goals run; half of it is over."""
    by = year.founder
    year.period = open_period(
        by=by,
        name="This half",
        kind="half",
        from_on=by.today - timedelta(days=90),
        until_on=by.today + timedelta(days=90),
    )


def goals(year: Year) -> None:
    """Each who reports to the head proposes to see so many customers, and the head agrees."""
    lead = year.viewer(year.head)
    for person in year.group:
        mine = year.viewer(person)
        goal = draft_goal(
            by=mine, period=year.period, text=words(year, person), employee=mine.employee
        )
        set_contribution(by=mine, goal=goal, serves=year.objectives[0], share_percent=Decimal(80))
        propose_draft(by=mine, goal=goal)
        accept(by=lead, goal=Goal.objects.get(pk=goal.pk), number=1)
        year.goals[person.number] = Goal.objects.get(pk=goal.pk)


def words(year: Year, person: managers.Person) -> GoalText:
    """A goal in the figures of the data."""
    assert year.period is not None
    return GoalText(
        title=f"Visit all {person.customers} customers",
        from_on=year.period.from_on,
        due_on=year.period.until_on - timedelta(days=1),
        measured_by="Visits with notes",
        value_unit="visits",
        start_value=Decimal(0),
        target_value=Decimal(person.customers),
        weight_percent=60,
    )


def check_ins(year: Year) -> None:
    """Everybody says how far he is: the better the data speaks of him, the further."""
    for person in year.group:
        reached = Decimal(person.customers * PERCENT_REACHED[person.performance]) / 100
        goal = Goal.objects.get(pk=year.goals[person.number].pk)
        check_in(by=year.viewer(person), goal=goal, value=reached, confidence=Decimal("0.7"))


def talks(year: Year) -> None:
    """The head talks with each of the group; what was promised and noted stays with the two."""
    head = year.viewer(year.head)
    for person in year.group:
        mine = year.viewer(person)
        series = open_series(
            by=head, partner=mine.employee, purpose="How the customers are", cadence_days=14
        )
        raise_point(by=mine, series=series, text=f"Which of my {person.customers} come first?")
        meeting = plan_meeting(by=head, series=series, meets_on=head.today)
        keep_note(by=head, meeting=meeting, text=NOTE)
        promise(by=head, series=series, who=mine.employee, text="Call the three that are quiet")
        hold_meeting(by=head, meeting=meeting)


def cycle(year: Year) -> None:
    """HR opens a cycle for the city; the reviews are made in the background."""
    by = year.founder
    begins = by.today - timedelta(days=30)
    parts = [
        Part(kind="goals", title="Goals", weight_percent=60),
        Part(kind="responsibilities", title="The post", weight_percent=40),
        Part(
            kind="written",
            title="In words",
            answered_by=("self", "manager", "peer"),
            questions=(Asked("What do customers say?"),),
        ),
    ]
    points = [Point(value, word, f"{word}.") for value, word in enumerate(SCALE, start=1)]
    version = write_template(by=by, name="Half-year", points=points, parts=parts)
    plan = cycles.Plan(
        name="This half, looked back on",
        version=version,
        period_from_on=by.today - timedelta(days=90),
        period_until_on=by.today,
        days={kind: (begins, by.today + timedelta(days=30)) for kind in CycleStage.Kind.values},
        units=[Unit.objects.get(code=managers.code_of(CITY))],
    )
    planned = cycles.try_out(by=by, cycle=cycles.plan_cycle(by=by, plan=plan))
    cycles.open_cycle(by=by, cycle=planned)
    run_waiting_jobs()
    year.cycle = Cycle.objects.get(pk=planned.pk)


def forms(year: Year) -> None:
    """Each of the group writes, and the head of each; of the best three colleagues do too."""
    lead, best = year.viewer(year.head), year.best()
    colleagues = [year.viewer(one) for one in year.group if one is not best][:3]
    peers.nominate(
        by=year.viewer(best),
        review=year.review(best),
        peers=[one.employee for one in colleagues],
    )
    named = year.review(best).nominations.values_list("pk", flat=True)
    answers = dict.fromkeys(named, (True, ""))
    peers.confirm_peers(by=lead, review=year.review(best), answers=answers)
    for number, one in enumerate(colleagues):
        submit(one, year.review(best), "peer", f"Opinion {number} of a colleague.")
    for person in year.group:
        review, value = year.review(person), RATING[person.performance]
        submit(year.viewer(person), review, "self", "They ask for me by name.", value=3)
        submit(lead, review, "manager", f"{person.customers} customers know who to call.", value)


def submit(by: Viewer, review: Review, role: str, words: str, value: int | None = None) -> None:
    """One form: every item rated alike, the question answered, sent off."""
    form = Form.objects.get(review=review, role=role, rater=by.employee)
    sections = review.cycle.version.sections.all()
    questions = [one.pk for section in sections for one in section.questions.all()]
    items = review.items.values_list("pk", flat=True) if value else ()
    said = Said(
        ratings=dict.fromkeys(items, (value, "")),
        answers=dict.fromkeys(questions, words),
        proposed_value=value,
    )
    submit_form(by=by, form=form, said=said)


def outcomes(year: Year) -> None:
    """HR raises one rating with a reason; the head shares what is final, and each has read it."""
    hr, lead = year.founder, year.viewer(year.head)
    cycles.begin_calibration(by=hr, cycle=year.cycle)
    run_waiting_jobs()
    raised = next(one for one in year.group if one.performance == "Middle")
    acts.calibrate(by=hr, review=year.review(raised), to_value=4, reason="Two left for others.")
    cycles.close_calibration(by=hr, cycle=year.cycle)
    for person in year.group:
        acts.share(by=lead, review=year.review(person), words="Let us talk about the second half.")
        acts.acknowledge(by=year.viewer(person), review=year.review(person), reply="Read.")


def bonus(year: Year) -> None:
    """The head proposes a bonus for the best on evidence; HR checks, the chief approves."""
    head, hr, chief = year.viewer(year.head), year.founder, year.viewer(year.chief)
    best = year.viewer(year.best())
    decision = drafting.begin_decision(by=head, employee=best.employee, kind="bonus")
    terms = drafting.Terms(
        grounds="All customers were visited as agreed, and the notes say what each of them needs.",
        on=head.today,
        amount=Decimal(4000),
        currency="USD",
    )
    drafting.write_proposal(by=head, decision=decision, terms=terms)
    records = [one.record.pk for one in pickable(head, best.employee)]
    drafting.pick_evidence(by=head, decision=decision, records=records)
    proposing.propose(by=head, decision=decision)
    proposing.check_proposal(by=hr, decision=decision, words="No pay is kept here yet.")
    proposing.pass_to_person(by=hr, decision=decision)
    deciding.reply_to_proposal(by=best, decision=decision, stance="agrees")
    deciding.open_evidence(by=chief, proposal=Proposal.objects.get(decision=decision))
    deciding.approve(by=chief, decision=decision, reason="The customers say so too.")
    assert carrying_out.carry_out_when_due(decision.pk)


# ── What stands at the end ───────────────────────────────────────────────────────────────────


def test_the_strategy_holds_and_everybody_reads_it(year):
    page = year.hr.get("/strategy/", follow=True).content.decode()
    assert "Nearer to customers" in page
    assert all(one.title in page for one in year.objectives)


def test_the_city_has_taken_its_share_on(year):
    assert Commitment.objects.get().agreed_percent == 60


def test_every_goal_was_agreed_by_both_sides_on_the_same_words(year):
    assert len(year.goals) == len(year.group)
    for goal in Goal.objects.filter(pk__in=[one.pk for one in year.goals.values()]):
        assert goal.stage == Goal.Stage.AGREED
        signed = goal.revisions.get().acceptances.values_list("side", flat=True)
        assert sorted(signed) == ["lead", "owner"]


def test_progress_is_what_was_checked_in(year):
    for person in year.group:
        goal = Goal.objects.get(pk=year.goals[person.number].pk)
        assert round(goal.done_percent) == PERCENT_REACHED[person.performance], person.number


def test_the_line_of_sight_leads_from_every_goal_to_the_objective(year):
    page = year.hr.get("/line-of-sight/", follow=True).content.decode()
    assert year.objectives[0].title in page
    goal = next(iter(year.goals.values()))
    page = year.hr.get(f"/goals/{goal.pk}/").content.decode()
    assert year.objectives[0].title in page


def test_what_was_noted_in_a_talk_is_read_by_who_noted_it_alone(year):
    assert Series.objects.count() == len(year.group)
    assert set(PrivateNote.objects.values_list("author__number", flat=True)) == {year.head.number}
    talk = Series.objects.first()
    page = year.hr.get(f"/talks/{talk.pk}/")
    assert page.status_code == 404
    assert NOTE not in page.content.decode()


def test_the_cycle_made_a_review_for_everybody_of_the_city(year):
    people = [one for one in managers.people() if one.city == CITY]
    assert Review.objects.filter(cycle=year.cycle).count() == len(people)


def test_final_ratings_are_those_proposed_but_for_the_one_that_was_raised(year):
    raised = []
    for person in year.group:
        review = year.review(person)
        assert review.stage == Review.Stage.ACKNOWLEDGED
        assert review.proposed_value == RATING[person.performance]
        raised += [person] * (review.final_value != review.proposed_value)
    assert len(raised) == 1
    assert year.review(raised[0]).final_value == 4


def test_what_three_colleagues_said_is_told_without_their_names(year):
    review = year.review(year.best())
    assert PeerSummary.objects.get().review == review
    page = year.hr.get(f"/reviews/{review.pk}/").content.decode()
    assert all(f"Opinion {number} of a colleague." in page for number in range(3))
    asked = review.nominations.values_list("peer__name", flat=True)
    assert not [name for name in asked if name in page]


def test_the_bonus_was_decided_by_a_second_person_on_sealed_evidence(year):
    decision = Decision.objects.get()
    assert decision.stage == "carried_out"
    assert decision.proposals.get().verdict.by.number == year.chief.number
    assert Award.objects.get().amount == 4000
    page = year.hr.get(f"/decisions/{decision.pk}/").content.decode()
    assert "Final rating 5 of 5: Outstanding" in page


def test_only_the_letters_are_left_of_the_first_steps(year):
    waiting = [one.step.key for one in beginning_of(year.founder).steps if one.is_open]
    assert waiting == ["invitations"]
