from datetime import timedelta
from decimal import Decimal
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import connection

from sightline.development.actions import bulk, plans
from sightline.development.actions.levels import Level, show_levels
from sightline.development.actions.plans import Aim, Doing
from sightline.development.events import PlanChanged, PlanTakenOver
from sightline.development.models import Agreement, Plan, PlanAction, Revision, Side
from sightline.development.queries import plans as queries
from sightline.foundation.core.errors import Refused
from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.foundation.ledger.events import sentence_of
from sightline.foundation.ledger.models import Record
from sightline.foundation.ledger.queries import event_of, records_about
from sightline.foundation.notices.models import Notice
from sightline.foundation.ui.words import day as in_words
from sightline.people.actions.assignments import change_manager
from sightline.people.models import Competency, Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def until(company):
    return company.today + timedelta(days=120)


@pytest.fixture
def draft(company, until):
    """Cida's own draft with one action."""
    cida = company.viewer("cida")
    plan = plans.draft_plan(by=cida, employee=company.cida, aim=Aim("To say no", until))
    add(company, "cida", plan)
    return plan


@pytest.fixture
def proposed(company, draft):
    return plans.propose_plan(by=company.viewer("cida"), plan=draft)


@pytest.fixture
def agreed(company, proposed):
    return plans.agree_plan(by=company.viewer("ana"), plan=proposed, revision=1)


def add(company, by, plan, **more):
    facts = {
        "what": "Say no once a month",
        "how_known": "What stays is kept",
        "due_on": plan.until_on,
    }
    return plans.add_action(by=company.viewer(by), plan=plan, doing=Doing(**facts | more))


def sides(plan):
    latest = Revision.objects.filter(plan=plan).latest("number")
    return set(latest.agreements.values_list("side", flat=True))


def read_by(reader, about):
    """The kinds of events of plans that somebody reads in the ledger about somebody."""
    kinds = [one.record.kind for one in records_about(about.ref, reader=reader.ref)]
    return [kind.removeprefix("development.") for kind in kinds if "development." in kind]


def test_a_draft_exists_for_its_writer_alone(company, draft):
    readers = [key for key in ("cida", "ana", "leo", "fatima", "ingrid", "nkechi", "mei")
               if queries.plan_seen_by(company.viewer(key), draft.pk)]  # fmt: skip
    assert readers == ["cida"]


def test_a_proposed_plan_exists_for_the_line_and_hr(company, proposed):
    keys = ("cida", "ana", "leo", "fatima", "ingrid", "nkechi", "mei", "yusuf", "samuel", "ruth")
    readers = [key for key in keys if queries.plan_seen_by(company.viewer(key), proposed.pk)]
    assert readers == ["cida", "ana", "leo", "fatima", "ingrid", "nkechi"]


def test_whoever_proposes_agrees_and_the_other_side_is_asked(company, proposed):
    assert (proposed.stage, sides(proposed)) == (Plan.Stage.PROPOSED, {Side.EMPLOYEE})
    assert proposed in queries.waiting_for(company.viewer("ana"))
    assert proposed not in queries.waiting_for(company.viewer("cida"))


def test_a_plan_is_agreed_when_both_have_agreed(company, agreed):
    assert (agreed.stage, sides(agreed)) == (Plan.Stage.AGREED, {Side.EMPLOYEE, Side.MANAGER})
    assert not queries.waiting_for(company.viewer("ana")).filter(pk=agreed.pk)


def test_a_change_of_an_agreed_plan_asks_the_other_side_anew(company, agreed):
    add(company, "ana", agreed, what="Hold the planning round alone")
    agreed.refresh_from_db()
    assert (agreed.stage, sides(agreed)) == (Plan.Stage.PROPOSED, {Side.MANAGER})
    assert Agreement.objects.filter(revision__plan=agreed).count() == 3
    assert agreed in queries.waiting_for(company.viewer("cida"))
    plans.agree_plan(by=company.viewer("cida"), plan=agreed, revision=2)
    agreed.refresh_from_db()
    assert agreed.stage == Plan.Stage.AGREED


def test_one_agrees_to_what_one_has_read(company, proposed):
    add(company, "cida", proposed)
    with pytest.raises(Refused, match="while you read it"):
        plans.agree_plan(by=company.viewer("ana"), plan=proposed, revision=1)


def test_nobody_agrees_twice(company, proposed):
    with pytest.raises(Refused, match="already"):
        plans.agree_plan(by=company.viewer("cida"), plan=proposed, revision=1)


def test_who_has_no_manager_agrees_alone(company, until):
    nkechi = company.viewer("nkechi")
    plan = plans.draft_plan(by=nkechi, employee=company.nkechi, aim=Aim("To listen", until))
    add(company, "nkechi", plan)
    assert plans.propose_plan(by=nkechi, plan=plan).stage == Plan.Stage.AGREED


def test_a_draft_is_on_the_record_of_its_writer_alone(company, until):
    count = Record.objects.count()
    ana = company.viewer("ana")
    plan = plans.draft_plan(by=ana, employee=company.cida, aim=Aim("To say no", until))
    action = add(company, "ana", plan)
    plans.take_out_action(by=ana, action=add(company, "ana", plan, what="Too much"))
    plans.change_action(by=ana, action=action, doing=Doing("x", "y", until))
    told = Record.objects.order_by("pk")[count:]
    assert {one.subject for one in told} == {company.ana.ref}
    drafted = ["DraftChanged", "ActionTakenOut", "DraftChanged", "DraftChanged", "PlanDrafted"]
    assert read_by(company.ana, company.ana)[:5] == drafted
    for reader in (company.ingrid, company.samuel, company.cida):
        assert not set(drafted) & set(read_by(reader, company.ana))
    plans.propose_plan(by=ana, plan=plan)
    assert Record.objects.filter(subject=company.cida.ref, pk__gt=told[0].pk).count() == 2
    assert read_by(company.ingrid, company.cida)[:2] == ["PlanAgreed", "PlanProposed"]


def test_what_is_done_with_a_draft_reads_as_the_writers_own_doing(company, draft, until):
    cida = company.viewer("cida")
    plans.discard_draft(by=cida, plan=draft)
    told = [one.sentence for one in records_about(company.cida.ref, reader=company.cida.ref)]
    assert told[:3] == [
        "threw a draft of a development plan away",
        "wrote in a draft of a development plan",
        f"began a draft of a development plan up to {in_words(until)}",
    ]


def test_what_was_recorded_of_a_draft_before_is_not_told_as_of_a_plan():
    stored = {"employee_id": 1, "plan_id": 2, "before": {}, "after": {}}
    said = sentence_of("development.PlanChanged", stored | {"revision": 1})
    assert said == "a draft of a development plan was changed"
    assert "revision 2" in sentence_of("development.PlanChanged", stored | {"revision": 2})


def test_a_plan_whose_manager_is_gone_still_comes_to_hold(company, proposed):
    change_manager(
        by=company.viewer("ingrid"), employee=company.cida, manager=None, on=company.today
    )
    cida = company.viewer("cida")
    assert proposed in queries.waiting_for(cida)
    client, address = company.client("cida"), f"/development/plans/{proposed.pk}/"
    assert "Nobody else has to agree any more" in client.get(address).content.decode()
    assert plans.agree_plan(by=cida, plan=proposed, revision=1).stage == Plan.Stage.AGREED
    with pytest.raises(PermissionDenied, match="Nothing waits"):
        plans.agree_plan(by=cida, plan=proposed, revision=1)


def test_what_is_due_stays_due_while_a_change_waits_for_agreement(company, agreed):
    action = agreed.actions.get()
    PlanAction.objects.filter(pk=action.pk).update(due_on=company.today)
    add(company, "ana", agreed, what="Hold the planning round alone")
    assert list(queries.actions_due(company.viewer("cida"))) == [action]


def test_what_is_due_in_a_plan_that_held_by_one_word_alone_stays_due(company, proposed):
    hr, cida, day = company.viewer("ingrid"), company.viewer("cida"), company.today
    change_manager(by=hr, employee=company.cida, manager=None, on=day)
    plans.agree_plan(by=cida, plan=proposed, revision=1)
    change_manager(by=hr, employee=company.cida, manager=company.ana, on=day)
    action = proposed.actions.get()
    PlanAction.objects.filter(pk=action.pk).update(due_on=day)
    add(company, "cida", proposed, what="Hold the planning round alone")
    proposed.refresh_from_db()
    assert proposed.stage == Plan.Stage.PROPOSED
    assert list(queries.actions_due(cida)) == [action]


def test_which_revisions_hold_is_found_for_plans_of_before(company, agreed):
    add(company, "ana", agreed, what="Hold the planning round alone")
    nkechi, later = company.viewer("nkechi"), agreed.until_on
    alone = plans.draft_plan(by=nkechi, employee=company.nkechi, aim=Aim("To listen", later))
    add(company, "nkechi", alone)
    plans.propose_plan(by=nkechi, plan=alone)
    held = set(Revision.objects.filter(holds=True))
    assert {agreed.revisions.get(number=1), alone.revisions.get()} < held
    assert agreed.revisions.get(number=2) not in held
    Revision.objects.update(holds=False)
    migration = import_module("sightline.development.migrations.0002_note_which_revisions_hold")
    migration.note_what_holds(apps, SimpleNamespace(connection=connection))
    assert set(Revision.objects.filter(holds=True)) == held


def test_what_is_due_in_a_plan_that_never_held_does_not_wait(company, proposed):
    proposed.actions.update(due_on=company.today)
    assert not queries.actions_due(company.viewer("cida"))


def test_a_plan_without_an_action_is_not_proposed(company, until):
    ana = company.viewer("ana")
    plan = plans.draft_plan(by=ana, employee=company.cida, aim=Aim("To say no", until))
    with pytest.raises(Refused, match="one action"):
        plans.propose_plan(by=ana, plan=plan)


def test_there_is_one_plan_and_one_draft_at_a_time(company, draft, until):
    cida = company.viewer("cida")
    with pytest.raises(Refused, match="a draft"):
        plans.draft_plan(by=cida, employee=company.cida, aim=Aim("Another", until))
    plans.propose_plan(by=cida, plan=draft)
    with pytest.raises(Refused, match="a plan already"):
        plans.draft_plan(by=cida, employee=company.cida, aim=Aim("Another", until))


def test_a_change_says_before_and_after_and_nothing_changed_is_no_change(company, proposed, until):
    staff, cida = Job.objects.get(code="OFFICE-MGR"), company.viewer("cida")
    plans.change_plan(by=cida, plan=proposed, aim=Aim("To say no kindly", until, staff))
    event = event_of(Record.objects.filter(kind=PlanChanged.kind()).latest("pk"))
    assert (event.before["aim"], event.after["aim"]) == ("To say no", "To say no kindly")
    count = Revision.objects.filter(plan=proposed).count()
    plans.change_plan(by=cida, plan=proposed, aim=Aim("To say no kindly", until, staff))
    assert Revision.objects.filter(plan=proposed).count() == count == 2


def test_days_and_helpers_that_cannot_be_are_refused(company, proposed):
    with pytest.raises(Refused, match="ends before"):
        add(company, "cida", proposed, due_on=proposed.until_on + timedelta(days=1))
    with pytest.raises(Refused, match="has passed"):
        add(company, "cida", proposed, due_on=company.today - timedelta(days=1))
    with pytest.raises(Refused, match="somebody else"):
        add(company, "cida", proposed, helper=company.cida)
    cida = company.viewer("cida")
    with pytest.raises(Refused, match="day to come"):
        plans.change_plan(by=cida, plan=proposed, aim=Aim("To say no", company.today))
    early = company.today + timedelta(days=2)
    with pytest.raises(Refused, match="due after"):
        plans.change_plan(by=cida, plan=proposed, aim=Aim("To say no", early))


def test_an_action_is_said_anew(company, proposed):
    action = proposed.actions.get()
    doing = Doing("Say no twice a month", action.how_known, action.due_on)
    plans.change_action(by=company.viewer("ana"), action=action, doing=doing)
    proposed.refresh_from_db()
    assert proposed.actions.get().what == "Say no twice a month"
    assert sides(proposed) == {Side.MANAGER}
    plans.change_action(by=company.viewer("ana"), action=action, doing=doing)
    assert Revision.objects.filter(plan=proposed).count() == 2


def test_an_action_ends_and_is_taken_up_again_with_words(company, agreed):
    cida, action = company.viewer("cida"), agreed.actions.get()
    plans.move_action(by=cida, action=action, stage="doing")
    with pytest.raises(Refused, match="in a sentence"):
        plans.move_action(by=cida, action=action, stage="done")
    plans.move_action(by=cida, action=action, stage="done", words="Twice, and nobody minded.")
    with pytest.raises(Refused, match="has ended"):
        plans.change_action(by=cida, action=action, doing=Doing("x", "y", agreed.until_on))
    with pytest.raises(Refused, match="cannot go there"):
        plans.move_action(by=cida, action=action, stage="dropped", words="No.")
    plans.move_action(by=cida, action=action, stage="doing", words="The third was harder.")
    assert [step.stage for step in action.steps.all()] == ["doing", "done", "doing"]
    agreed.refresh_from_db()
    assert agreed.stage == Plan.Stage.AGREED


def test_actions_do_not_move_in_a_draft(company, draft):
    with pytest.raises(PermissionDenied, match="Propose"):
        plans.move_action(by=company.viewer("cida"), action=draft.actions.get(), stage="doing")


def test_an_action_is_taken_out_of_a_draft_and_dropped_later(company, draft):
    cida = company.viewer("cida")
    plans.take_out_action(by=cida, action=add(company, "cida", draft, what="Too much"))
    assert draft.actions.count() == 1
    plans.propose_plan(by=cida, plan=draft)
    with pytest.raises(Refused, match="Drop it"):
        plans.take_out_action(by=cida, action=draft.actions.get())


def test_a_draft_is_thrown_away_and_nothing_stays_but_the_record(company, draft):
    plans.discard_draft(by=company.viewer("cida"), plan=draft)
    assert not Plan.objects.filter(pk=draft.pk).exists()
    assert not PlanAction.objects.filter(plan=draft.pk).exists()


def test_a_plan_is_closed_with_words_and_stays(company, agreed):
    ana = company.viewer("ana")
    with pytest.raises(Refused, match="brought"):
        plans.close_plan(by=ana, plan=agreed, words=" ")
    closed = plans.close_plan(by=ana, plan=agreed, words="Two of three.")
    assert (closed.stage, closed.closed_on) == (Plan.Stage.CLOSED, company.today)
    with pytest.raises(PermissionDenied, match="closed"):
        add(company, "ana", closed)


@pytest.mark.parametrize("key", ["leo", "fatima", "ingrid", "mei", "yusuf"])
def test_others_than_the_two_change_nothing(company, agreed, key):
    viewer, action = company.viewer(key), agreed.actions.get()
    doing = Doing("x", "y", agreed.until_on)
    for act in (
        lambda: plans.add_action(by=viewer, plan=agreed, doing=doing),
        lambda: plans.move_action(by=viewer, action=action, stage="doing"),
        lambda: plans.close_plan(by=viewer, plan=agreed, words="Enough."),
        lambda: plans.draft_plan(by=viewer, employee=company.cida, aim=Aim("x", agreed.until_on)),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_wrong_moments_are_denied_with_a_reason(company, agreed):
    cida = company.viewer("cida")
    with pytest.raises(PermissionDenied, match="proposed already"):
        plans.propose_plan(by=cida, plan=agreed)
    with pytest.raises(PermissionDenied, match="Nothing waits"):
        plans.agree_plan(by=cida, plan=agreed, revision=1)


def test_a_draft_is_not_closed_nor_changed_by_the_other_side(company, draft):
    with pytest.raises(PermissionDenied, match="thrown away"):
        plans.close_plan(by=company.viewer("cida"), plan=draft, words="Enough.")
    with pytest.raises(PermissionDenied, match="writer’s"):
        add(company, "ana", draft)


def told():
    run_waiting_jobs()
    return sorted((one.account.employee.first_name, one.sentence) for one in Notice.objects.all())


def test_the_other_side_is_told_once_of_each_step_and_of_a_draft_nothing(company, draft):
    run_waiting_jobs()
    Notice.objects.all().delete()
    add(company, "cida", draft, what="One more")
    assert told() == []
    plans.propose_plan(by=company.viewer("cida"), plan=draft)
    ana = (company.ana.first_name, f"{company.cida.name} proposes a development plan.")
    assert told() == [ana]
    plans.agree_plan(by=company.viewer("ana"), plan=draft, revision=1)
    assert told() == [ana, (company.cida.first_name, "Your development plan was agreed to.")]


def test_changes_closing_and_levels_are_told_and_history_is_not(company, agreed):
    run_waiting_jobs()
    Notice.objects.all().delete()
    ana, cida = company.viewer("ana"), company.viewer("cida")
    add(company, "cida", agreed)
    assert told() == [
        (
            company.ana.first_name,
            f"{company.cida.name} changed the development plan; it waits for your word.",
        )
    ]
    plans.agree_plan(by=ana, plan=agreed, revision=2)
    plans.close_plan(by=ana, plan=agreed, words="Enough.")
    clarity = {Competency.objects.get(code="clarity"): Level(Decimal(3))}
    long_ago = company.today - timedelta(days=200)
    for on in (company.today, long_ago):
        show_levels(by=ana, employee=company.cida, levels=clarity, source="manager", on=on)
    show_levels(by=cida, employee=company.cida, levels=clarity, source="self")
    assert [sentence for name, sentence in told() if name == company.cida.first_name] == [
        "Ana Ribeiro judged which levels you show.",
        "Your development plan was agreed to.",
        "Your development plan was closed.",
    ]


def test_an_action_that_is_due_soon_needs_its_owner_alone(company, agreed):
    action = agreed.actions.get()
    action.due_on = company.today + timedelta(days=3)
    action.save()
    assert action in queries.actions_due(company.viewer("cida"))
    assert action not in queries.actions_due(company.viewer("ana"))


def past(company, **more):
    doing = Doing("Say no", "It stays no", company.today + timedelta(days=9))
    start = company.today - timedelta(days=30)
    facts = {
        "employee": company.cida,
        "drafted_by": company.ana,
        "aim": Aim("To say no", company.today + timedelta(days=60)),
        "from_on": start,
        "agreed": [(Side.MANAGER, company.ana, start), (Side.EMPLOYEE, company.cida, start)],
        "actions": [bulk.PastAction(doing, [bulk.Went("doing", start, company.cida, "Begun")])],
    }
    return bulk.PastPlan(**facts | more)


def test_plans_are_taken_over_as_they_went(company):
    assert bulk.take_over_plans(by=company.viewer("ingrid"), plans=[past(company)]) == 1
    plan = company.cida.plans.get()
    assert (plan.stage, plan.actions.get().stage) == (Plan.Stage.AGREED, "doing")
    assert plan.revisions.get().holds
    event = event_of(Record.objects.filter(kind=PlanTakenOver.kind()).latest("pk"))
    assert event.actions[0]["what"] == "Say no"


def test_plans_that_cannot_have_gone_so_are_refused(company):
    ingrid = company.viewer("ingrid")
    with pytest.raises(Refused, match="needs an action"):
        bulk.take_over_plans(by=ingrid, plans=[past(company, agreed=[])])
    doing = past(company).actions[0].doing
    back = [bulk.Went("done", company.today, company.cida)] * 2
    with pytest.raises(Refused, match="cannot go there"):
        bulk.take_over_plans(
            by=ingrid, plans=[past(company, actions=[bulk.PastAction(doing, back)])]
        )
    with pytest.raises(PermissionDenied):
        bulk.take_over_plans(by=company.viewer("fatima"), plans=[past(company)])
