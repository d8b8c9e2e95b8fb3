"""Plans of many people at once, each with all that happened to it: taken over from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.development import policies, rules
from sightline.development.actions.plans import Aim, Doing
from sightline.development.events import PlanTakenOver
from sightline.development.models import (
    ActionStep,
    Agreement,
    Plan,
    PlanAction,
    Revision,
    Side,
)
from sightline.foundation.access.decisions import require
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.record import record_all
from sightline.people.models import Employee
from sightline.people.viewer import Viewer

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Went:
    """An action went on, on a day, in somebody's words."""

    stage: str
    on: date
    by: Employee
    words: str = ""


@dataclass(frozen=True, slots=True)
class PastAction:
    """An action and how it went."""

    doing: Doing
    went: Sequence[Went] = ()


@dataclass(frozen=True, slots=True)
class PastPlan:
    """A plan and how it went: who drafted it when, who agreed when, how it was closed."""

    employee: Employee
    drafted_by: Employee
    aim: Aim
    from_on: date
    agreed: Sequence[tuple[Side, Employee, date]]
    actions: Sequence[PastAction]
    closed_on: date | None = None
    closing_words: str = ""


@transaction.atomic
def take_over_plans(*, by: Viewer, plans: Iterable[PastPlan]) -> int:
    """Write plans as they went elsewhere; tells how many. HR administrators only.

    Refused: a plan with a step that its action could not have taken, or that nobody agreed to.
    """
    require(policies.may_enter_levels(by))
    count, remaining = 0, iter(plans)
    while lot := list(islice(remaining, AT_ONCE)):
        for past in lot:
            _refuse_disorder(past)
        written = _write(lot)
        told = [_told(past, plan) for past, (plan, _rows) in zip(lot, written, strict=True)]
        record_all(told, by=by)
        count += len(written)
    return count


def _refuse_disorder(past: PastPlan) -> None:
    if not past.agreed or not past.actions:
        words = _("The plan of %s needs an action, and somebody who agreed to it.")
        raise Refused(words % past.employee.name)
    for action in past.actions:
        stage = PlanAction.Stage.OPEN.value
        for went in action.went:
            if not rules.action_may_go(stage, went.stage):
                words = _("An action of %s cannot go there from where it is.")
                raise Refused(words % past.employee.name)
            stage = went.stage


Written = tuple[Plan, list[PlanAction]]


def _write(lot: Sequence[PastPlan]) -> list[Written]:
    plans = Plan.objects.bulk_create([_plan(past) for past in lot])
    pairs = list(zip(lot, plans, strict=True))
    revisions = Revision.objects.bulk_create(
        Revision(
            plan=plan, number=1, by=past.drafted_by, at=_at(past.from_on), holds=_by_both(past)
        )
        for past, plan in pairs
    )
    Agreement.objects.bulk_create(
        Agreement(revision=revision, side=side, by=who, at=_at(on))
        for past, revision in zip(lot, revisions, strict=True)
        for side, who, on in past.agreed
    )
    actions = PlanAction.objects.bulk_create(
        [_action(plan, one) for past, plan in pairs for one in past.actions], batch_size=500
    )
    remaining = iter(actions)
    written = [(plan, list(islice(remaining, len(past.actions)))) for past, plan in pairs]
    ActionStep.objects.bulk_create(
        [step for past, rows in zip(lot, written, strict=True) for step in _steps(past, rows[1])],
        batch_size=500,
    )
    return written


def _plan(past: PastPlan) -> Plan:
    stage = Plan.Stage.AGREED if _by_both(past) else Plan.Stage.PROPOSED
    return Plan(
        employee=past.employee,
        drafted_by=past.drafted_by,
        aim=past.aim.aim,
        aspires_to=past.aim.aspires_to,
        from_on=past.from_on,
        until_on=past.aim.until_on,
        stage=Plan.Stage.CLOSED if past.closed_on else stage,
        closed_on=past.closed_on,
        closing_words=past.closing_words,
    )


def _by_both(past: PastPlan) -> bool:
    return {side for side, _who, _on in past.agreed} == set(Side.values)


def _action(plan: Plan, past: PastAction) -> PlanAction:
    doing = past.doing
    return PlanAction(
        plan=plan,
        what=doing.what,
        how_known=doing.how_known,
        due_on=doing.due_on,
        competency=doing.competency,
        helper=doing.helper,
        stage=past.went[-1].stage if past.went else PlanAction.Stage.OPEN,
    )


def _steps(past: PastPlan, rows: Sequence[PlanAction]) -> Iterator[ActionStep]:
    for action, row in zip(past.actions, rows, strict=True):
        for went in action.went:
            yield ActionStep(
                action=row, stage=went.stage, words=went.words, by=went.by, at=_at(went.on)
            )


def _told(past: PastPlan, plan: Plan) -> PlanTakenOver:
    return PlanTakenOver(
        employee_id=past.employee.pk,
        plan_id=plan.pk,
        from_on=str(past.from_on),
        aim=past.aim.told(),
        actions=[action.doing.told() for action in past.actions],
        words=[went.words for action in past.actions for went in action.went if went.words],
    )


def _at(day: date) -> datetime:
    """Noon of a day: what was taken over knows no hour."""
    return datetime.combine(day, time(12), tzinfo=UTC)
