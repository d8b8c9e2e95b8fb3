"""Many goals proposed at once, from a file of HR's; and taken back while nobody has answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.record import record, record_all
from sightline.goals import policies
from sightline.goals.actions.contributions import named
from sightline.goals.events import ContributionSet, GoalImportUndone, GoalProposed
from sightline.goals.models import Acceptance, Contribution, Goal, Period, Revision, Side
from sightline.goals.rules.texts import GoalText
from sightline.people.events import ImportUndone, PeopleImported
from sightline.people.models import Employee, Unit
from sightline.people.viewer import Viewer
from sightline.strategy.models import Objective
from sightline.strategy.rules.numbers import plain

BATCH = 500

Reported = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Brought:
    """One goal of a file: whose it is, what it says, and what it serves."""

    owner: Employee | Unit
    period: Period
    text: GoalText
    visibility: str
    serves: Goal | Objective | None
    share_percent: Decimal


@transaction.atomic
def propose_goals(
    *, by: Viewer, brought: Sequence[Brought], import_id: int, report: Reported
) -> list[int]:
    """Propose goals to their owners in HR's name; tells their keys, for the undo.

    It comes from neither side: the owner answers first, then whoever leads the owner. The rows
    have been checked by the plan.
    """
    require(policies.may_bring_goals(by))
    report(50, 100, _("Writing"))
    goals = Goal.objects.bulk_create([_goal(by, one) for one in brought], batch_size=BATCH)
    pairs = list(zip(brought, goals, strict=True))
    reason = _("Brought by HR from a file.")
    Revision.objects.bulk_create(
        [_revision(by, one, goal, reason) for one, goal in pairs], batch_size=BATCH
    )
    links = [_link(by, one, goal) for one, goal in pairs if one.serves is not None]
    Contribution.objects.bulk_create(links, batch_size=BATCH)
    report(80, 100, _("Recording"))
    record_all((_linked(by, link) for link in links), by=by)
    record_all((_proposed(by, one, goal, reason) for one, goal in pairs), by=by)
    record(PeopleImported(import_id, _("goals"), len(goals), 0, 0), by=by)
    return [goal.pk for goal in goals]


def _goal(by: Viewer, one: Brought) -> Goal:
    return Goal(
        employee=one.owner if isinstance(one.owner, Employee) else None,
        unit=one.owner if isinstance(one.owner, Unit) else None,
        period=one.period,
        visibility=one.visibility,
        stage=Goal.Stage.PROPOSED,
        turn=Side.OWNER,
        drafted_by=by.employee,
        changed_at=now(),
        **asdict(one.text),
    )


def _revision(by: Viewer, one: Brought, goal: Goal, reason: str) -> Revision:
    return Revision(
        goal=goal,
        number=1,
        author=by.employee,
        side=Side.LEAD,
        reason=reason,
        written_at=now(),
        **asdict(one.text),
    )


def _link(by: Viewer, one: Brought, goal: Goal) -> Contribution:
    parent = one.serves if isinstance(one.serves, Goal) else None
    return Contribution(
        goal=goal,
        parent=parent,
        parent_version=parent.version if parent else None,
        objective=one.serves if isinstance(one.serves, Objective) else None,
        share_percent=one.share_percent,
        confirmed_by=by.employee,
        confirmed_on=by.today,
    )


def _subject(by: Viewer, goal: Goal) -> str:
    return goal.employee.ref if goal.employee else by.employee.ref


def _linked(by: Viewer, link: Contribution) -> ContributionSet:
    serves, share = named(link.target), plain(link.share_percent)
    return ContributionSet(link.goal_id, _subject(by, link.goal), serves, share)


def _proposed(by: Viewer, one: Brought, goal: Goal, reason: str) -> GoalProposed:
    said = {name: str(value) for name, value in asdict(one.text).items()}
    return GoalProposed(goal.pk, _subject(by, goal), 1, Side.LEAD, said, reason)


@transaction.atomic
def take_goals_back(*, by: Viewer, goals: Sequence[int], import_id: int, report: Reported) -> None:
    """Take back what an import proposed; refused when anybody has answered or leans on it."""
    require(policies.may_bring_goals(by))
    for first in range(0, len(goals), BATCH):
        report(first, len(goals), _("Restoring"))
        _remove(by, list(goals[first : first + BATCH]), import_id)
    record(ImportUndone(import_id, _("goals")), by=by)


def _remove(by: Viewer, keys: list[int], import_id: int) -> None:
    rows = Goal.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys)
    held = list(rows.select_related("employee").order_by("pk"))
    _refuse_answered(held, len(keys))
    Contribution.objects.filter(goal__in=keys).delete()
    Revision.objects.filter(goal__in=keys).delete()
    events = [GoalImportUndone(goal.pk, _subject(by, goal), import_id) for goal in held]
    try:
        Goal.objects.filter(pk__in=keys).delete()
    except ProtectedError as error:
        leaning = min(map(str, error.protected_objects))
        raise Refused(_("One of the goals is in use since: %s.") % leaning) from error
    record_all(events, by=by)


def _refuse_answered(held: list[Goal], count: int) -> None:
    if len(held) < count:
        raise Refused(_("%d of the imported goals are no longer there.") % (count - len(held)))
    accepted = Acceptance.objects.filter(revision__goal__in=held)
    signed = set(accepted.values_list("revision__goal", flat=True))
    parents = Contribution.objects.filter(parent__in=held)
    leaned_on = set(parents.values_list("parent", flat=True))
    for goal in held:
        is_new = goal.stage == Goal.Stage.PROPOSED and goal.latest_number == 1
        if not is_new or goal.pk in signed:
            raise Refused(_("“%s” was answered since the import.") % goal.title)
        if goal.pk in leaned_on:
            raise Refused(_("Something serves “%s” since the import.") % goal.title)
