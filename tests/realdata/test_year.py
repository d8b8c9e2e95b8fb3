"""The performance year, run on the public data set by the people of one city.

Chapter by chapter, each on what the one before left: strategy, period, goals, check-ins. What the
data knows of how people do (`performance_group`) decides how far they come.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

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
from sightline.site.getting_started import beginning_of
from sightline.strategy.actions.commitments import agree_commitment, propose_commitment
from sightline.strategy.actions.objectives import add_objective, add_perspective, set_shares
from sightline.strategy.actions.strategies import bring_into_force, draft_strategy
from sightline.strategy.models import Commitment, Objective, Strategy
from tests.realdata import managers

pytestmark = pytest.mark.django_db
CITY = "Chicago"
PERCENT_REACHED = {"Top": 90, "Middle": 50, "Bottom": 10}


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

    def viewer(self, person: managers.Person) -> Viewer:
        """One of the data as a viewer."""
        found = viewer_as(Employee.objects.get(number=person.number))
        assert found is not None
        return found

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
    for chapter in (roles, strategy, commitments, period, goals, check_ins):
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


# ── Chapters to come ─────────────────────────────────────────────────────────────────────────
# A talk of the head with each of the group, a review cycle for the city, a decision with its
# evidence: each a function like those above, named in `year`, with its test below.


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


def test_only_the_letters_are_left_of_the_first_steps(year):
    waiting = [one.step.key for one in beginning_of(year.founder).steps if one.is_open]
    assert waiting == ["invitations"]
