"""Development plans: drafted by one of the two, agreed by both, changed by revisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sightline.development import policies, rules
from sightline.development.events import (
    ActionMoved,
    ActionTakenOut,
    DraftChanged,
    DraftDiscarded,
    PlanAgreed,
    PlanChanged,
    PlanClosed,
    PlanDrafted,
    PlanProposed,
)
from sightline.development.models import ActionStep, Agreement, Plan, PlanAction, Revision
from sightline.development.queries.plans import accord_on, sides_needed
from sightline.foundation.access.decisions import require
from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.core.known import known
from sightline.foundation.ledger.record import record
from sightline.people.models import Competency, Employee, Job
from sightline.people.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Aim:
    """What a plan is for: in words, up to which day, and the job that the person aspires to."""

    aim: str
    until_on: date
    aspires_to: Job | None = None

    def told(self) -> dict[str, str]:
        """As the ledger keeps it."""
        aspires = self.aspires_to.title if self.aspires_to else ""
        return {"aim": self.aim, "until_on": str(self.until_on), "aspires_to": aspires}


@dataclass(frozen=True, slots=True)
class Doing:
    """What an action is: what to do, how one will know, by when, for what, with whose help."""

    what: str
    how_known: str
    due_on: date
    competency: Competency | None = None
    helper: Employee | None = None

    def told(self) -> dict[str, str]:
        """As the ledger keeps it."""
        return {
            "what": self.what,
            "how_known": self.how_known,
            "due_on": str(self.due_on),
            "competency": self.competency.name if self.competency else "",
            "helper": self.helper.name if self.helper else "",
        }


@transaction.atomic
def draft_plan(*, by: Viewer, employee: Employee, aim: Aim) -> Plan:
    """Begin a plan. It is its writer's alone until it is proposed."""
    require(policies.may_draft_plan(by, employee))
    _refuse_past_end(by, aim)
    _refuse_second_plan(employee)
    try:
        with transaction.atomic():
            plan = Plan.objects.create(
                employee=employee,
                drafted_by=by.employee,
                aim=aim.aim,
                aspires_to=aim.aspires_to,
                from_on=by.today,
                until_on=aim.until_on,
            )
    except IntegrityError as double:
        raise Refused(_("You have a draft for this person already. Go on with that.")) from double
    Revision.objects.create(plan=plan, number=1, by=by.employee, at=now())
    record(PlanDrafted(by.employee.pk, plan.pk, **aim.told()), by=by)
    return plan


@transaction.atomic
def change_plan(*, by: Viewer, plan: Plan, aim: Aim) -> Plan:
    """Another aim, end or aspiration. Once proposed, the other side must agree anew."""
    plan = _held(plan)
    require(policies.may_change_plan(by, plan))
    _refuse_past_end(by, aim)
    before = Aim(plan.aim, plan.until_on, plan.aspires_to)
    if before == aim:
        return plan
    late = plan.actions.exclude(stage__in=rules.ENDED).filter(due_on__gt=aim.until_on)
    if late.exists():
        raise Refused(_("An action is due after that day."), field="until_on")
    plan.aim, plan.until_on, plan.aspires_to = aim.aim, aim.until_on, aim.aspires_to
    plan.save()
    _revise(by, plan, before.told(), aim.told(), _("What the plan is for"))
    return plan


@transaction.atomic
def add_action(*, by: Viewer, plan: Plan, doing: Doing) -> PlanAction:
    """One thing more to do."""
    plan = _held(plan)
    require(policies.may_change_plan(by, plan))
    _refuse_bad_days(by, plan, doing, was_due=None)
    action = PlanAction(plan=plan)
    _write(action, doing)
    _revise(by, plan, {}, doing.told(), _("New: %s") % doing.what)
    return action


@transaction.atomic
def change_action(*, by: Viewer, action: PlanAction, doing: Doing) -> PlanAction:
    """Say an action anew: other words, day, competency or help."""
    plan = _held(action.plan)
    require(policies.may_change_plan(by, plan))
    action = PlanAction.objects.select_related("competency", "helper").get(pk=action.pk)
    if action.stage in rules.ENDED:
        raise Refused(_("This action has ended. Take it up again first, or add a new one."))
    before = Doing(action.what, action.how_known, action.due_on, action.competency, action.helper)
    if before == doing:
        return action
    _refuse_bad_days(by, plan, doing, was_due=before.due_on)
    _write(action, doing)
    _revise(by, plan, before.told(), doing.told(), _("Changed: %s") % doing.what)
    return action


@transaction.atomic
def take_out_action(*, by: Viewer, action: PlanAction) -> None:
    """Take an action out of a draft. Of a plan that was proposed, actions are dropped instead."""
    plan = _held(action.plan)
    require(policies.may_change_plan(by, plan))
    if plan.stage != Plan.Stage.DRAFT:
        raise Refused(_("Others have read this action. Drop it and say why."))
    PlanAction.objects.filter(pk=action.pk).delete()
    record(ActionTakenOut(by.employee.pk, plan.pk, action.what), by=by)


@transaction.atomic
def discard_draft(*, by: Viewer, plan: Plan) -> None:
    """Throw a draft away, with its actions. Nobody but its writer has read it."""
    plan = _held(plan)
    require(policies.may_discard(by, plan))
    PlanAction.objects.filter(plan=plan).delete()
    Revision.objects.filter(plan=plan).delete()
    Plan.objects.filter(pk=plan.pk).delete()
    record(DraftDiscarded(by.employee.pk, plan.pk), by=by)


@transaction.atomic
def propose_plan(*, by: Viewer, plan: Plan) -> Plan:
    """Put a draft before the other side; whoever proposes agrees to it."""
    plan = _held(plan)
    require(policies.may_propose(by, plan))
    if not plan.actions.exists():
        raise Refused(_("A plan needs one action at least."))
    _refuse_second_plan(plan.employee)
    number = plan.revisions.get().number
    record(PlanProposed(plan.employee_id, plan.pk, number), by=by)
    _agree(by, plan)
    return plan


@transaction.atomic
def agree_plan(*, by: Viewer, plan: Plan, revision: int) -> Plan:
    """Agree to a revision of a plan: the one that was read. It holds when both have agreed.

    Where nobody is left who must agree, for the manager is gone, either side lets it hold.
    """
    plan = _held(plan)
    require(policies.may_agree(by, plan))
    accord = accord_on(plan, by.today)
    if accord.revision.number != revision:
        raise Refused(_("The plan was changed while you read it. Look at it again."))
    if not accord.waits_for(policies.side_of(by, plan)):
        raise Refused(_("You have agreed already."))
    _agree(by, plan)
    return plan


@transaction.atomic
def move_action(*, by: Viewer, action: PlanAction, stage: str, words: str = "") -> PlanAction:
    """Say how far an action is. What ends it or takes it up again needs words."""
    plan = _held(action.plan)
    action = PlanAction.objects.select_related("plan__employee").get(pk=action.pk)
    require(policies.may_move_action(by, action))
    before = action.stage
    if not rules.action_may_go(before, stage):
        raise Refused(_("The action cannot go there from where it is."), field="stage")
    if rules.words_needed(before, stage) and not words.strip():
        raise Refused(_("Say in a sentence how it went, or why."), field="words")
    action.stage = stage
    action.save()
    ActionStep.objects.create(action=action, stage=stage, words=words, by=by.employee, at=now())
    moved = ActionMoved(plan.employee_id, plan.pk, action.pk, action.what, before, stage, words)
    record(moved, by=by)
    return action


@transaction.atomic
def close_plan(*, by: Viewer, plan: Plan, words: str) -> Plan:
    """End a plan, with words on what it brought. Actions stay as they are."""
    plan = _held(plan)
    require(policies.may_close_plan(by, plan))
    if not words.strip():
        raise Refused(_("Say in a sentence what the plan brought."), field="words")
    plan.stage, plan.closed_on, plan.closing_words = Plan.Stage.CLOSED, by.today, words
    plan.save()
    record(PlanClosed(plan.employee_id, plan.pk, words), by=by)
    return plan


def _held(plan: Plan) -> Plan:
    """The plan as it stands, kept from others until this transaction ends."""
    rows = Plan.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("employee", "aspires_to").get(pk=plan.pk)


def _write(action: PlanAction, doing: Doing) -> None:
    action.what, action.how_known, action.due_on = doing.what, doing.how_known, doing.due_on
    action.competency, action.helper = doing.competency, doing.helper
    action.save()


def _revise(
    by: Viewer, plan: Plan, before: Mapping[str, str], after: Mapping[str, str], change: str
) -> None:
    """Number the change and ask the other side to agree. In a draft it is only noted."""
    told = dict(before), dict(after)
    if plan.stage == Plan.Stage.DRAFT:
        record(DraftChanged(by.employee.pk, plan.pk, *told), by=by)
        return
    number = plan.revisions.order_by("-number")[0].number + 1
    Revision.objects.create(plan=plan, number=number, by=by.employee, at=now(), change=change)
    record(PlanChanged(plan.employee_id, plan.pk, number, *told), by=by)
    _agree(by, plan)


def _agree(by: Viewer, plan: Plan) -> None:
    """The viewer's side agrees to the latest revision; with that the plan may hold."""
    side = known(policies.side_of(by, plan), "the policies let only the two sides come here")
    latest = plan.revisions.order_by("-number")[0]
    said = {"by": by.employee, "at": now()}
    Agreement.objects.get_or_create(revision=latest, side=side, defaults=said)
    given = latest.agreements.values_list("side", flat=True)
    by_all = rules.agreed_by_all(sides_needed(plan.employee, by.today), given)
    if by_all:
        latest.holds = True
        latest.save(update_fields=["holds"])
    plan.stage = Plan.Stage.AGREED if by_all else Plan.Stage.PROPOSED
    plan.save()
    record(PlanAgreed(plan.employee_id, plan.pk, latest.number, side, by_all), by=by)


def _refuse_second_plan(employee: Employee) -> None:
    # Two drafts may go out at once.
    Employee.objects.select_for_update(no_key=True).get(pk=employee.pk)
    running = [Plan.Stage.PROPOSED, Plan.Stage.AGREED]
    if Plan.objects.filter(employee=employee, stage__in=running).exists():
        raise Refused(_("There is a plan already. Change that one, or close it first."))


def _refuse_past_end(by: Viewer, aim: Aim) -> None:
    if aim.until_on <= by.today:
        raise Refused(_("A plan ends on a day to come."), field="until_on")


def _refuse_bad_days(by: Viewer, plan: Plan, doing: Doing, was_due: date | None) -> None:
    if doing.due_on > plan.until_on:
        words = _("The plan ends before that day. Choose an earlier one.")
        raise Refused(words, field="due_on")
    if doing.due_on < by.today and doing.due_on != was_due:
        raise Refused(_("That day has passed. Choose one to come."), field="due_on")
    if doing.helper and doing.helper.pk == plan.employee_id:
        raise Refused(_("Help comes from somebody else."), field="helper")
