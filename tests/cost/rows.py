"""More of everything that a page could list: a team, units, jobs, pays, notices, failed jobs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from sightline.conversations.actions.agenda import promise, raise_point
from sightline.conversations.actions.feedback import Words, give_feedback
from sightline.conversations.actions.meetings import plan_meeting
from sightline.conversations.actions.requests import ask_for_feedback
from sightline.conversations.actions.series import open_series
from sightline.conversations.models import Series
from sightline.decisions.actions.drafting import begin_decision
from sightline.decisions.models import Evidence, Proposal
from sightline.development.actions.levels import Level, show_levels
from sightline.development.actions.plans import Doing, add_action, move_action
from sightline.development.models import ShownLevel
from sightline.foundation.core.dates import now
from sightline.foundation.drafts.actions import Typed, save_draft
from sightline.foundation.drafts.rules import Mark
from sightline.foundation.identity.actions import NewAccount, create_account
from sightline.foundation.jobs.models import Job
from sightline.foundation.ledger.models import Record
from sightline.foundation.notices.kinds import KINDS
from sightline.foundation.notices.notify import notify
from sightline.goals.actions.catchball import revise
from sightline.goals.actions.check_ins import check_in
from sightline.goals.models import Goal, HelpRequest, Period
from sightline.goals.tests.making import (
    NOT_YET,
    a_period,
    a_text,
    agreed,
    drafted,
    fresh,
    proposed,
    serves,
)
from sightline.people.actions.assignments import draw_dotted_line
from sightline.people.actions.employments import Details, connect_account, hire
from sightline.people.actions.leaves import take_leave
from sightline.people.actions.pay import set_pay
from sightline.people.actions.posts import (
    Duty,
    define_job,
    describe_competency,
    open_position,
    set_requirements,
    set_responsibilities,
)
from sightline.people.actions.roles import grant_role
from sightline.people.actions.units import open_unit
from sightline.people.models import Assignment, Employee, Position, Role, Unit
from sightline.people.viewer import viewer_as
from sightline.reviews.actions.cycles import plan_cycle
from sightline.reviews.actions.forms import submit_form
from sightline.reviews.actions.opening import add_late
from sightline.reviews.actions.peers import nominate
from sightline.reviews.actions.templates import write_template
from sightline.reviews.models import Cycle, TemplateVersion
from sightline.reviews.tests.making import PARTS, POINTS, a_plan, everything, form_of
from sightline.strategy.actions.commitments import propose_commitment
from sightline.strategy.actions.measures import (
    MeasureFacts,
    add_measure,
    record_actual,
    set_targets,
)
from sightline.strategy.actions.objectives import add_objective, draw_cause
from sightline.strategy.actions.strategies import draft_strategy
from sightline.strategy.actions.target_shares import UnitPart, split_target
from sightline.strategy.actions.weighings import ask_another
from sightline.strategy.models import Measure, Objective, Weighing
from tests.access.house import House
from tests.company import Company


def fill(house: House, count: int) -> None:
    """So many of everything, under Ana, Tomás and his post."""
    for number in range(count):
        structure(house, number)
        person = newcomer(house, number)
        around(house, person, number)
        talked(house, person, number)
        reviewed(house, person, number)
    duties(house, count)
    decisions(house, count)
    strategy(house, count)
    goals(house, count)
    growth(house)


def structure(house: House, number: int) -> None:
    """One more unit, job and competency; the job of Tomás asks for the competency."""
    company, hr = house.company, house.company.viewer("ingrid")
    since = company.calendar.days(-30)
    open_unit(
        by=hr,
        code=f"U{number}",
        name=f"Unit {number}",
        kind="team",
        parent=company.units["PLAT"],
        on=since,
    )
    define_job(by=hr, code=f"J{number}", title=f"Job {number}", family="More", level=1)
    competency = describe_competency(
        by=hr,
        code=f"C{number}",
        name=f"Competency {number}",
        definition="What it is",
        levels=[("Some", "Does it"), ("More", "Does it well")],
    )
    job = company.positions["PLAT-IMPORT"].job
    asked = {need.competency: need.level for need in job.requirements.on(company.today)}
    set_requirements(by=hr, job=job, levels=asked | {competency: 1}, on=company.today)


def newcomer(house: House, number: int) -> Employee:
    """One more person in Ana's team, in a post of his own, with an account."""
    company, hr = house.company, house.company.viewer("ingrid")
    since = company.calendar.days(-20)
    post = open_position(
        by=hr,
        code=f"P{number}",
        title=f"Post {number}",
        unit=company.units["PLAT"],
        job=company.positions["PLAT-IMPORT"].job,
        on=since,
    )
    person = hire(
        by=hr,
        details=Details(f"5{number:04}", f"Person {number}", email=f"p{number}@example.org"),
        position=post,
        manager=company.ana,
        on=since,
    )
    account = create_account(by=hr, new=NewAccount(person.email, person.name))
    connect_account(by=hr, employee=person, account=account)
    return person


def around(house: House, person: Employee, number: int) -> None:
    """What hangs on one person more."""
    company, hr = house.company, house.company.viewer("ingrid")
    days = company.calendar.days
    take_leave(by=hr, employee=person, kind="Leave", from_on=days(-1), until_on=days(5))
    grant_role(
        by=hr, employee=person, role=Role.PEOPLE_PARTNER, unit=company.units["CARE"], on=days(-1)
    )
    for key in ("ana", "tomas"):
        about = {"employee": company.people[key], "on": days(-300 + number)}
        set_pay(by=hr, amount=Decimal(90_000 + number), currency="EUR", **about)
        account = company.account(key)
        notify(account=account, kind=next(iter(KINDS)), sentence="News", key=f"news {number}")
        typed = Typed({"text": ["Words"]}, Mark(0, "page", 1), title=f"Draft {number}")
        save_draft(by=account, key=f"draft-{number}", typed=typed)
    draw_dotted_line(by=hr, employee=person, manager=company.tomas, purpose="Help", on=days(-1))
    draw_dotted_line(by=hr, employee=company.tomas, manager=person, purpose="Help", on=days(-1))
    failed_at = now() - timedelta(minutes=number)
    Job.objects.create(
        task="a.b",
        state="failed",
        enqueued_at=failed_at,
        run_after=failed_at,
        finished_at=failed_at,
    )


def reviewed(house: House, person: Employee, number: int) -> None:
    """One more in each cycle, written by Ana; one more plan, and one more that Tomás writes."""
    company, hr = house.company, house.company.viewer("ingrid")
    version = TemplateVersion.objects.get(pk=house.things["template of reviews"][0])
    plan = a_plan(company, name=f"Plan {number}", version=version)
    plan_cycle(by=hr, plan=plan)
    write_template(by=hr, name=f"Template {number}", points=POINTS, parts=PARTS)
    for name in ("open cycle", "calibrating cycle", "shared cycle"):
        cycle = Cycle.objects.get(pk=house.things[name][0])
        stage, cycle.stage = cycle.stage, Cycle.Stage.OPEN
        gathered_at, cycle.peers_gathered_at = cycle.peers_gathered_at, None
        cycle.save()
        review = add_late(by=hr, cycle=cycle, employee=person, reason="New")
        nominate(by=company.viewer("ana"), review=review, peers=[company.tomas])
        form = form_of(cycle, person, "manager")
        submit_form(by=company.viewer("ana"), form=form, said=everything(form, 3))
        cycle.stage, cycle.peers_gathered_at = stage, gathered_at
        cycle.save()


def growth(house: House) -> None:
    """Everything that the post of Tomás asks for judged; a plan with an action for each of it."""
    company, ana = house.company, house.company.viewer("ana")
    job = company.positions["PLAT-IMPORT"].job
    asked = [need.competency for need in job.requirements.on(company.today)]
    for who in [company.tomas, *others_like(company.positions["PLAT-IMPORT"], company)]:
        levels = {one: Level(Decimal(1), seen_in="A piece of work") for one in asked}
        show_levels(by=ana, employee=who, levels=levels, source=ShownLevel.Source.MANAGER)
    plan = company.tomas.plans.get()
    for competency in asked:
        doing = Doing("One thing more", "It is there", plan.until_on, competency, company.mei)
        action = add_action(by=ana, plan=plan, doing=doing)
        move_action(by=ana, action=action, stage="doing", words="Begun")


def others_like(position: Position, company: Company) -> list[Employee]:
    """Those who hold a post of the same job under Ana."""
    held = Assignment.objects.on(company.today).filter(manager=company.ana)
    rows = held.filter(position__job=position.job).select_related("employee")
    return [row.employee for row in rows if row.employee != company.tomas]


def talked(house: House, person: Employee, number: int) -> None:
    """One more of whatever people say to each other: with the newcomer, and between the cast."""
    company = house.company
    ana, tomas, ingrid = (company.viewer(key) for key in ("ana", "tomas", "ingrid"))
    newcomer = viewer_as(person)
    assert newcomer is not None
    for viewer in (ana, tomas, ingrid):
        since = company.calendar.days(-15)
        opened = {"purpose": "One-to-one", "cadence_days": 7, "on": since}
        talks = open_series(by=viewer, partner=person, **opened)
        plan_meeting(by=viewer, series=talks, meets_on=company.today)
        due = company.calendar.days(-1)
        promise(by=viewer, series=talks, who=viewer.employee, text="Ask", due_on=due)
        words = Words("On Tuesday", f"You did number {number}", "It helped")
        for author, subject in ((viewer, person), (newcomer, viewer.employee)):
            about = {"by": author, "subject": subject, "words": words, "kind": "praise"}
            give_feedback(readers="subject", **about)
            give_feedback(readers="everyone", **about)
        ask_for_feedback(by=newcomer, asked=viewer.employee, about=person, question="What helps?")
        ask_for_feedback(by=viewer, asked=person, about=viewer.employee, question="What helps?")
    pair = (company.ana, company.tomas)
    shared = Series.objects.get(one__in=pair, other__in=pair)
    raise_point(by=ana, series=shared, text=f"Point {number}")
    promise(by=tomas, series=shared, who=company.ana, text=f"Promise {number}")


def duties(house: House, count: int) -> None:
    """As many responsibilities of the post of Tomás."""
    company = house.company
    written = [Duty(f"Duty {number}", "Well done", 100 // count) for number in range(count)]
    set_responsibilities(
        by=company.viewer("ingrid"),
        position=company.positions["PLAT-IMPORT"],
        duties=written,
        on=company.today,
    )


def strategy(house: House, count: int) -> None:
    """As many objectives, causes and drafts; measures and takers of Leo's objective."""
    company, head = house.company, house.company.viewer("nkechi")
    first = Objective.objects.get(pk=house.things["objective of the draft"][0])
    held = Objective.objects.get(pk=house.things["objective of leo"][0])
    question = Weighing.objects.get(pk=house.things["question about shares"][0])
    for number in range(count):
        facts = MeasureFacts(f"Measure {number}", "up", "lag", held.strategy.from_on)
        facts = replace(facts, baseline=Decimal(1))
        said = {"title": f"Objective {number}", "description": "", "owner": company.leo}
        more = add_objective(by=head, perspective=first.perspective, **said)
        draw_cause(by=head, from_objective=first, to_objective=more)
        add_measure(by=head, objective=more, facts=facts)
        measured(house, add_measure(by=head, objective=held, facts=facts))
        taken_on(house, held, number)
        days = {"from_on": company.calendar.days(900), "until_on": company.calendar.days(990)}
        draft_strategy(by=head, name=f"Strategy {number}", **days)
        person = Employee.objects.get(number=f"5{number:04}")
        ask_another(by=head, weighing=question, person=person)
    shared = Measure.objects.get(pk=house.things["measure of leo"][0])
    shared_out(house, shared, ["PLAT", *(f"U{number}" for number in range(count))])


def measured(house: House, measure: Measure) -> None:
    """A target of a measure, and a value that Leo recorded."""
    company, leo = house.company, house.company.viewer("leo")
    due = {company.calendar.days(300): Decimal(9)}
    set_targets(by=company.viewer("nkechi"), measure=measure, targets=due)
    record_actual(by=leo, measure=measure, on=leo.today, value=Decimal(3))
    shared_out(house, measure, ["PLAT"])


def shared_out(house: House, measure: Measure, codes: list[str]) -> None:
    """The first target of a measure, a part of it for each of these units."""
    parts = [UnitPart(Unit.objects.get(code=code), [Decimal(1)]) for code in codes]
    due_on = measure.targets.all()[0].due_on
    by = house.company.viewer("nkechi")
    split_target(by=by, measure=measure, due_on=due_on, way="additive", parts=parts)


def taken_on(house: House, objective: Objective, number: int) -> None:
    """One more unit that offers effort to an objective."""
    company, hr = house.company, house.company.viewer("ingrid")
    unit = Unit.objects.get(code=f"U{number}")
    grant_role(by=hr, employee=company.ana, role=Role.UNIT_LEAD, unit=unit, on=hr.today)
    share = Decimal(10)
    ana = company.viewer("ana")
    propose_commitment(by=ana, unit=unit, objective=objective, share_percent=share)


def goals(house: House, count: int) -> None:
    """As many goals of Tomás in a talk, and of Mei with check-ins, revisions and a parent."""
    company = house.company
    mei, ana, tomas = (company.viewer(key) for key in ("mei", "ana", "tomas"))
    period = Period.objects.get(pk=house.things["period"][0])
    shared = Goal.objects.get(pk=house.things["goal of Platform"][0])
    mine = Goal.objects.select_related("period").get(pk=house.things["goal of mei"][0])
    proposal = Goal.objects.select_related("period").get(pk=house.things["proposal to tomas"][0])
    for number in range(count):
        title = f"Goal {number}"
        one = agreed(tomas, ana, period, title=title)
        serves(tomas, one, shared)
        serves(tomas, agreed(tomas, ana, period, title=f"{title} of its own"), mine)
        check_in(by=tomas, goal=one, value=NOT_YET, confidence=Decimal("0.5"), note="So far")
        check_in(by=mei, goal=mine, value=Decimal(1), confidence=Decimal("0.5"))
        HelpRequest.objects.create(
            goal=mine,
            asker=mei.employee,
            asked=tomas.employee,
            goal_title=title,
            words="A morning",
            asked_at=now(),
        )
        proposed(tomas, period, title=f"{title} to come")
        drafted(tomas, period, title=f"{title} begun")
        loose = agreed(tomas, ana, period, title=f"{title} that leads nowhere")
        text = a_text(period, title=f"{title}, put otherwise")
        revise(by=ana, goal=proposal, text=text, reason="It reads better.")
        revise(by=ana, goal=fresh(loose), text=text, reason="It reads better.")
        a_period(company, name=f"Period {number}")


def decisions(house: House, count: int) -> None:
    """As many drafts of Ana, as much more evidence of what was passed to Tomás and of her draft."""
    ana, tomas = house.company.viewer("ana"), house.company.tomas
    records = list(Record.objects.exclude(subject=tomas.ref).order_by("pk")[:count])
    for thing in ("decision about tomas", "draft about tomas"):
        proposal = Proposal.objects.filter(decision=house.things[thing][0]).latest("number")
        for place, one in enumerate(records, start=20):
            Evidence.objects.create(
                proposal=proposal,
                record=one,
                commitment=bytes(one.commitment),
                sentence="Something that happened",
                kind="career",
                happened_on=house.company.today,
                place=place,
            )
    for _number in range(count):
        begin_decision(by=ana, employee=tomas, kind="bonus")
