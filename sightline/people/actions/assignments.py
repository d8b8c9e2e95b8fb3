"""Who holds which post under whom: moves, managers, working time, second lines."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.errors import Refused
from sightline.foundation.core.spans import Span
from sightline.foundation.ledger.record import record
from sightline.people import policies
from sightline.people.actions.dated import copy_of
from sightline.people.actions.holding import hold_organisation
from sightline.people.actions.lines import redraw_reporting_lines
from sightline.people.events import (
    AssignmentChanged,
    DottedLineDrawn,
    DottedLineEnded,
    PlanCancelled,
)
from sightline.people.models import Assignment, DottedLine, Employee, Employment, Position
from sightline.people.rules.posts import fullest_day_percent
from sightline.people.rules.succession import turns_of_followers
from sightline.people.viewer import Viewer


@transaction.atomic
def move(
    *,
    by: Viewer,
    employee: Employee,
    position: Position,
    manager: Employee | None,
    on: date,
    share_percent: int | None = None,
    reason: str = "",
) -> Assignment:
    """Bring a person into another position from a day on, until the next change already planned."""
    require(policies.may_change_employee(by, employee))
    require(policies.may_hire_into(by, position.unit))
    changes: dict[str, Any] = {"position": position, "manager": manager}
    if share_percent:
        changes["share_percent"] = share_percent
    return _change(by, employee, on, Assignment.Cause.MOVED, reason, changes)


@transaction.atomic
def change_manager(
    *, by: Viewer, employee: Employee, manager: Employee | None, on: date, reason: str = ""
) -> Assignment:
    """Give a person another manager from a day on."""
    require(policies.may_change_employee(by, employee))
    return _change(by, employee, on, Assignment.Cause.MANAGER, reason, {"manager": manager})


@transaction.atomic
def change_share(
    *, by: Viewer, employee: Employee, share_percent: int, on: date, reason: str = ""
) -> Assignment:
    """Change how much of full time a person works, in percent, from a day on."""
    require(policies.may_change_employee(by, employee))
    changes = {"share_percent": share_percent}
    return _change(by, employee, on, Assignment.Cause.SHARE, reason, changes)


def _change(
    by: Viewer,
    employee: Employee,
    on: date,
    cause: Assignment.Cause,
    reason: str,
    changes: dict[str, Any],
) -> Assignment:
    """End what holds on the day and start its changed copy, as long as it would have lasted."""
    hold_organisation()
    current = (
        Assignment.objects.on(on)
        .select_for_update(of=("self",), no_key=True)
        .select_related("position__unit", "manager")
        .filter(employee=employee)
        .first()
    )
    if current is None:
        raise Refused(_("%s holds no post on that day.") % employee.name, field="on")
    if all(getattr(current, name) == value for name, value in changes.items()):
        raise Refused(_("That is how it is already; nothing would change."))
    before = told(current)
    changed = Assignment(
        pk=current.pk if current.from_on == on else None,
        employee=employee,
        position=changes.get("position", current.position),
        manager=changes.get("manager", current.manager),
        share_percent=changes.get("share_percent", current.share_percent),
        cause=cause,
        reason=reason,
        from_on=on,
        until_on=current.until_on,
    )
    if current.from_on < on:
        current.until_on = on
        current.save()
    put_in_post(changed)
    redraw_reporting_lines([employee.pk])
    record(
        AssignmentChanged(employee.pk, cause, str(on), before, told(changed)), by=by, reason=reason
    )
    return changed


def told(assignment: Assignment) -> dict[str, str]:
    """An assignment in words, for the ledger."""
    return {
        "position": f"{assignment.position.title}, {assignment.position.unit.name}",
        "manager": assignment.manager.name if assignment.manager else "",
        "share": f"{assignment.share_percent}%",
    }


def put_in_post(assignment: Assignment) -> None:
    """Store an assignment after looking at the post and at the manager.

    When the post is to move to another unit or job, whoever holds it moves with it.
    """
    hold_organisation(assignment.position)
    _refuse_post_that_is_not_there(assignment)
    rest = _rest_after_the_post_moves(assignment)
    _refuse_full_post(assignment)
    _refuse_manager_who_is_not_there(assignment)
    assignment.save()
    if rest:
        put_in_post(rest)


def _rest_after_the_post_moves(assignment: Assignment) -> Assignment | None:
    """Cut the assignment where its position's row ends; what is left of it, in the row after."""
    moves_on = assignment.position.until_on
    if assignment.until_on <= moves_on:
        return None
    after = Position.objects.filter(code=assignment.position.code, from_on=moves_on).first()
    if after is None:
        words = _("The position %(title)s closes on %(day)s.")
        told = {"title": assignment.position.title, "day": moves_on}
        raise Refused(words % told, field="position")
    rest = copy_of(assignment, position=after, from_on=moves_on)
    assignment.until_on = moves_on
    return rest


def _refuse_post_that_is_not_there(assignment: Assignment) -> None:
    position = assignment.position
    if assignment.from_on not in position.span:
        words = _("The position %(title)s stands from %(from)s to %(until)s only.")
        told = {
            "title": position.title,
            "from": position.from_on,
            "until": position.ends_on or _("further notice"),
        }
        raise Refused(words % told, field="position")


def _refuse_full_post(assignment: Assignment) -> None:
    others = (
        Assignment.objects.meeting(assignment.span)
        .filter(position=assignment.position)
        .exclude(employee=assignment.employee)
        .select_related("employee")
    )
    held = [(other.span, other.share_percent) for other in others]
    mine = (assignment.span, assignment.share_percent)
    if fullest_day_percent([*held, mine], assignment.span) > 100:
        names = ", ".join(sorted({other.employee.name for other in others}))
        words = _("%(title)s is held by %(names)s; a post holds one full time.")
        raise Refused(
            words % {"title": assignment.position.title, "names": names}, field="position"
        )


def _refuse_manager_who_is_not_there(assignment: Assignment, field: str = "manager") -> None:
    manager = assignment.manager
    if manager is None:
        return
    if manager.pk == assignment.employee_id:
        raise Refused(_("Nobody reports to themselves."), field=field)
    employment = Employment.objects.on(assignment.from_on).filter(employee=manager).first()
    if employment is None:
        words = _("%(name)s does not work here on %(day)s.")
        told = {"name": manager.name, "day": assignment.from_on}
        raise Refused(words % told, field=field)
    if employment.until_on < assignment.until_on:
        words = _("%(name)s leaves on %(day)s. Name somebody who stays.")
        told = {"name": manager.name, "day": employment.until_on}
        raise Refused(words % told, field=field)


def take_over_reports(
    *, by: Viewer, leaver: Employee, successor: Employee | None, on: date
) -> list[int]:
    """Give all who report to a leaver a new manager from a day on; tells who they are.

    Without a successor it is, on each day, whoever would have been the leaver's own manager.
    Refused when a new manager does not work here for as long.
    """
    reporting = Assignment.objects.meeting(Span(on)).select_related("position__unit", "manager")
    above = list(reporting.filter(employee=leaver))
    moved = []
    for row in reporting.filter(manager=leaver).select_related("employee"):
        _hand_over(by, row, _turns(row, leaver, successor, above, max(on, row.from_on)))
        moved.append(row.employee_id)
    return moved


_Turn = tuple[date, Employee | None]
"""From a day on, under a manager."""


def _turns(
    row: Assignment,
    leaver: Employee,
    successor: Employee | None,
    above: list[Assignment],
    on: date,
) -> list[_Turn]:
    """Who follows the leaver: the successor, else the leaver's managers; never oneself.

    When neither can be, it is the manager before the leaver. Who succeeds a head is head.
    """
    out = [row.employee, leaver]
    if successor and successor not in out:
        return [(on, successor)]
    if successor and not any(held.manager for held in above):
        return [(on, None)]
    managers = [(held.span, held.manager) for held in above]
    turns = turns_of_followers(Span(on, row.until_on), managers, out)
    return [*turns] or [(on, _manager_before(row, out))]


def _manager_before(row: Assignment, out: list[Employee]) -> Employee | None:
    earlier = Assignment.objects.filter(employee=row.employee, from_on__lt=row.from_on)
    last = earlier.select_related("manager").last()
    return last.manager if last and last.manager not in out else None


def _hand_over(by: Viewer, row: Assignment, turns: list[_Turn]) -> None:
    """Cut an assignment into one for each of the managers to come."""
    before = told(row)
    ends = [*(day for day, _manager in turns[1:]), row.until_on]
    if row.from_on < turns[0][0]:
        Assignment.objects.filter(pk=row.pk).update(until_on=turns[0][0])
    for (day, manager), end in zip(turns, ends, strict=True):
        piece = row if day == row.from_on else copy_of(row)
        piece.manager, piece.cause = manager, Assignment.Cause.MANAGER
        piece.from_on, piece.until_on = day, end
        _refuse_manager_who_is_not_there(piece, field="reports_to")
        piece.save()
        after = told(piece)
        record(AssignmentChanged(row.employee_id, piece.cause, str(day), before, after), by=by)
        before = after


@transaction.atomic
def cancel_plan(*, by: Viewer, assignment: Assignment) -> None:
    """Call off a change that has not begun: what held before it goes on in its place."""
    require(policies.may_change_employee(by, assignment.employee))
    hold_organisation(assignment)
    if assignment.from_on <= by.today:
        raise Refused(_("This has begun already; make a new change instead."))
    before = Assignment.objects.filter(
        employee=assignment.employee, until_on=assignment.from_on
    ).first()
    if before is None:
        raise Refused(_("This is how the person starts; end the employment instead."))
    assignment.delete()
    before.until_on = assignment.until_on
    put_in_post(before)
    redraw_reporting_lines([assignment.employee_id])
    what = told(assignment)["position"]
    record(PlanCancelled(assignment.employee_id, what, str(assignment.from_on)), by=by)


@transaction.atomic
def draw_dotted_line(
    *, by: Viewer, employee: Employee, manager: Employee, purpose: str, on: date
) -> DottedLine:
    """Let a person answer to a second one, for something named."""
    require(policies.may_change_employee(by, employee))
    hold_organisation()
    if manager.pk == employee.pk:
        raise Refused(_("Nobody reports to themselves."), field="manager")
    until_on = min(_works_until(employee, on, "on"), _works_until(manager, on, "manager"))
    if DottedLine.objects.filter(employee=employee, manager=manager, until_on__gt=on).exists():
        words = _("%(name)s answers to %(manager)s already.")
        told = {"name": employee.name, "manager": manager.name}
        raise Refused(words % told, field="manager")
    line = DottedLine.objects.create(
        employee=employee, manager=manager, purpose=purpose, from_on=on, until_on=until_on
    )
    record(DottedLineDrawn(employee.pk, manager.name, purpose, str(on)), by=by)
    return line


def _works_until(employee: Employee, on: date, field: str) -> date:
    """The end of the employment that holds on a day; refused when there is none."""
    employment = Employment.objects.on(on).filter(employee=employee).first()
    if employment is None:
        words = _("%(name)s does not work here on %(day)s.")
        raise Refused(words % {"name": employee.name, "day": on}, field=field)
    return employment.until_on


@transaction.atomic
def end_dotted_line(*, by: Viewer, line: DottedLine, on: date) -> None:
    """End a second line."""
    require(policies.may_change_employee(by, line.employee))
    hold_organisation(line)
    if on <= line.from_on:
        raise Refused(_("It can end on a later day than it began."), field="on")
    if on >= line.until_on:
        raise Refused(_("The dotted line ends before that day already."), field="on")
    line.until_on = on
    line.save()
    record(DottedLineEnded(line.employee_id, line.manager.name, str(on)), by=by)
