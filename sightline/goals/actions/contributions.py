"""What a goal serves, with which share; circles are refused with the circle shown."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.record import record
from sightline.goals import policies
from sightline.goals.actions.figures import locked_upwards, redraw
from sightline.goals.actions.goals import draft_goal
from sightline.goals.actions.texts import about
from sightline.goals.events import ContributionConfirmed, ContributionRemoved, ContributionSet
from sightline.goals.models import Contribution, Goal, Period
from sightline.goals.queries.drift import is_stale
from sightline.goals.rules.plans import WHOLE, shares_fault
from sightline.goals.rules.texts import GoalText
from sightline.people.models import Assignment, Employee, Responsibility
from sightline.people.viewer import Viewer
from sightline.strategy.models import Objective
from sightline.strategy.queries.versions import successor_of
from sightline.strategy.rules.causes import circle_through
from sightline.strategy.rules.numbers import plain

Served = Goal | Objective | Responsibility


@transaction.atomic
def set_contribution(
    *, by: Viewer, goal: Goal, serves: Served, share_percent: Decimal
) -> Contribution:
    """Let a goal serve something with a share of itself, or with another share than before.

    The goal, and all that lies above what it is to serve, are locked first: of two links that
    would close a circle between them the second one is refused.
    """
    require(policies.may_contribute(by, goal))
    ends = [goal.pk, serves.pk] if isinstance(serves, Goal) else [goal.pk]
    locked = locked_upwards(ends, whole=True)
    _refuse_what_cannot_be_served(by, goal, serves)
    _refuse_circle(by, goal, serves)
    field = _field(serves)
    kept = Contribution.objects.filter(goal=goal, **{field: serves}).first()
    one = kept or Contribution(goal=goal, **{field: serves})
    _refuse_too_much(goal, one, share_percent)
    one.share_percent = share_percent
    _confirm(one, by)
    redraw(locked, [serves.pk] if isinstance(serves, Goal) else [])
    _touch(goal)
    record(ContributionSet(goal.pk, about(goal, by), named(serves), plain(share_percent)), by=by)
    return one


@transaction.atomic
def draft_from_responsibility(
    *,
    by: Viewer,
    employee: Employee,
    responsibility: Responsibility,
    period: Period,
    text: GoalText,
    visibility: str = Goal.Visibility.EVERYONE,
) -> Goal:
    """Begin a goal that serves what the post of its owner is there for."""
    goal = draft_goal(by=by, period=period, text=text, employee=employee, visibility=visibility)
    set_contribution(by=by, goal=goal, serves=responsibility, share_percent=WHOLE)
    return goal


@transaction.atomic
def remove_contribution(*, by: Viewer, contribution: Contribution) -> None:
    """Let a goal no longer serve something."""
    goal, serves = contribution.goal, contribution.target
    require(policies.may_contribute(by, goal))
    locked = locked_upwards([goal.pk], whole=True)
    contribution.delete()
    redraw(locked, [serves.pk] if isinstance(serves, Goal) else [])
    _touch(goal)
    record(ContributionRemoved(goal.pk, about(goal, by), named(serves)), by=by)


@transaction.atomic
def confirm_contribution(*, by: Viewer, contribution: Contribution) -> None:
    """Say that a goal still serves what has changed since.

    An objective of a former strategy goes over to what it has become; one that is gone is refused.
    """
    goal, serves = contribution.goal, contribution.target
    require(policies.may_contribute(by, goal))
    refuse_confirmation(contribution)
    if isinstance(serves, Objective) and not serves.strategy.is_in_force:
        serves = contribution.objective = successor_of(serves) or serves
    _confirm(contribution, by)
    _touch(goal)
    version = contribution.parent_version or 0
    record(ContributionConfirmed(goal.pk, about(goal, by), named(serves), version), by=by)


def refuse_confirmation(contribution: Contribution) -> None:
    """Refuse to confirm what has ended with its strategy, and what has not changed.

    What has become another with the strategy goes over, unless the goal serves it already.
    """
    serves = contribution.target
    if isinstance(serves, Objective) and not serves.strategy.is_in_force:
        new = successor_of(serves)
        if new is None:
            raise Refused(_("Its strategy holds no more. Take it back and serve what holds."))
        if Contribution.objects.filter(goal=contribution.goal, objective=new).exists():
            raise Refused(_("It serves what has become of it already. Take this one back."))
    if not is_stale(contribution):
        raise Refused(_("What it serves has not changed since; there is nothing to confirm."))


def _field(serves: Served) -> str:
    if isinstance(serves, Goal):
        return "parent"
    return "objective" if isinstance(serves, Objective) else "responsibility"


def named(serves: Served) -> str:
    """What is served, for the ledger: an objective by its words, a goal by its number only."""
    said = str(serves.pk) if isinstance(serves, Goal) else ""
    said = serves.title if isinstance(serves, Objective) else said
    return f"{_field(serves)}:{said}"


def _confirm(one: Contribution, by: Viewer) -> None:
    parent = Goal.objects.filter(pk=one.parent_id or 0).first()
    one.parent_version = parent.version if parent else None
    one.confirmed_by, one.confirmed_on = by.employee, by.today
    one.save()


def _touch(goal: Goal) -> None:
    goal.changed_at = now()
    goal.save(update_fields=["changed_at"])


def _refuse_what_cannot_be_served(by: Viewer, goal: Goal, serves: Served) -> None:
    if isinstance(serves, Goal):
        _refuse_parent(goal, serves)
    elif isinstance(serves, Objective):
        if not serves.strategy.is_in_force:
            raise Refused(_("Only objectives of the strategy in force are served."), field="serves")
    elif not _is_of_post(goal, serves, by):
        raise Refused(_("This is no responsibility of the owner’s post."), field="serves")


def _refuse_parent(goal: Goal, parent: Goal) -> None:
    if parent.pk == goal.pk:
        raise Refused(_("A goal cannot serve itself."), field="serves")
    if parent.stage not in {Goal.Stage.PROPOSED, Goal.Stage.AGREED}:
        raise Refused(_("A goal serves what is proposed or agreed and still runs."), field="serves")


def _is_of_post(goal: Goal, serves: Responsibility, by: Viewer) -> bool:
    held = Assignment.objects.on(by.today).filter(employee=goal.employee_id)
    return goal.employee_id is not None and held.filter(position=serves.position_id).exists()


def _refuse_too_much(goal: Goal, one: Contribution, share_percent: Decimal) -> None:
    if not 0 < share_percent <= 100:
        raise Refused(_("A share lies above 0 and up to 100%."), field="share_percent")
    others = Contribution.objects.filter(goal=goal).exclude(pk=one.pk)
    shares = [*others.values_list("share_percent", flat=True), share_percent]
    if (total := shares_fault(shares)) is not None:
        words = _("Together the shares would be %s%%; a goal has 100%%.")
        raise Refused(words % plain(total), field="share_percent")


def _refuse_circle(by: Viewer, goal: Goal, serves: Served) -> None:
    """A circle is told goal by goal; one that the viewer may not see stands as such."""
    if not isinstance(serves, Goal):
        return
    circle = circle_through(_links_above(serves), (goal.pk, serves.pk))
    if circle:
        known = Goal.objects.filter(policies.goals_visible_to(by), pk__in=circle)
        titles = dict(known.values_list("pk", "title"))
        way = " → ".join(titles.get(pk, _("a goal you may not see")) for pk in circle)
        raise Refused(_("That would be a circle: %s.") % way, field="serves")


def _links_above(goal: Goal) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    level, known = [goal.pk], {goal.pk}
    while level:
        rows = Contribution.objects.filter(goal__in=level, parent__isnull=False)
        links = [(child, parent or 0) for child, parent in rows.values_list("goal", "parent")]
        found += links
        level = list({parent for _child, parent in links} - known)
        known.update(level)
    return found
