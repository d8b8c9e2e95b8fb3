"""What needs the viewer, the nearest first: from what is really open, never from notices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sightline.conversations.queries import waiting
from sightline.development.queries import plans
from sightline.foundation.exchange import queries as exchange
from sightline.foundation.jobs import queries as jobs
from sightline.foundation.ui.words import day as in_words
from sightline.goals.queries import goals
from sightline.people.models import Role
from sightline.people.queries import open_ends, teams
from sightline.people.viewer import Viewer
from sightline.reviews.queries import waiting as reviews
from sightline.reviews.wording import todo
from sightline.strategy.models import Commitment
from sightline.strategy.queries import open_ends as strategy


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that waits for the viewer, as ui/todo.html takes it."""

    title: str
    text: str
    href: str
    act: str
    icon: str = ""
    person: str = ""
    word: str = ""
    kind: str = ""
    due_on: date = date.max


def needs_of(viewer: Viewer, team: list[Any]) -> list[Need]:
    """All that waits for the viewer; `team` as teams.team_now_and_soon gives it."""
    found = [
        *_of_talks(viewer),
        *_of_feedback(viewer),
        *_of_development(viewer),
        *_of_reviews(viewer),
        *_of_a_manager(viewer, team),
        *_of_strategy(viewer),
        *_of_goals(viewer),
        *_of_hr(viewer),
        *_of_operations(viewer),
    ]
    return sorted(found, key=lambda need: (need.due_on, need.title))


def _of_talks(viewer: Viewer) -> Iterator[Need]:
    for due in waiting.due_in_talks(viewer):
        yield _promise(due) if due.is_promise else _talk(due, is_today=due.due_on == viewer.today)


def _talk(due: waiting.Due, *, is_today: bool) -> Need:
    return Need(
        title=_("Talk with %s") % due.partner,
        text=due.text if is_today else _("Did you talk? Say so, or move it."),
        href=reverse("conversations:talk", args=[due.series_id]),
        act=_("Open"),
        person=due.partner,
        word=_("Today") if is_today else in_words(due.due_on, "near"),
        kind="info" if is_today else "warn",
        due_on=due.due_on,
    )


def _promise(due: waiting.Due) -> Need:
    return Need(
        title=due.text,
        text=_("Promised to %s") % due.partner,
        href=reverse("conversations:talk", args=[due.series_id]),
        act=_("Open"),
        icon="handshake",
        word=_("due %s") % in_words(due.due_on, "near"),
        kind="warn",
        due_on=due.due_on,
    )


def _of_feedback(viewer: Viewer) -> Iterator[Need]:
    for asked in waiting.requests_waiting(viewer):
        is_own = asked.asker_id == asked.about_id
        words = (
            _("%(asker)s asks for your feedback") if is_own else _("%(asker)s asks about %(about)s")
        )
        yield Need(
            title=words % {"asker": asked.asker.name, "about": asked.about.name},
            text=asked.question,
            href=reverse("conversations:request", args=[asked.pk]),
            act=_("Answer"),
            person=asked.asker.name,
            due_on=viewer.today,
        )


def _of_a_manager(viewer: Viewer, team: list[Any]) -> Iterator[Need]:
    horizon = viewer.today + teams.SOON
    for row in team:
        if row.starts and row.from_on > viewer.today:
            yield _somebody(
                viewer,
                row,
                title=_("%s starts in your team") % row.employee.name,
                text=f"{row.position.title}, {row.position.unit.name}",
                on=row.from_on,
            )
        elif row.back_on and row.back_on <= horizon:
            yield _somebody(
                viewer,
                row,
                title=_("%s comes back from leave") % row.employee.name,
                text=_("A good week for a first talk."),
                on=row.back_on,
            )
        if not row.has_purpose:
            yield Need(
                title=_("Say what the post of %s is there for") % row.employee.name,
                text=_("%s has no responsibilities yet; goals and reviews build on them.")
                % row.position.title,
                href=reverse("people:responsibilities", args=[row.position_id]),
                act=_("Write"),
                icon="pencil-line",
            )


def _somebody(viewer: Viewer, row: Any, *, title: str, text: str, on: date) -> Need:
    return Need(
        title=title,
        text=text,
        href=reverse("person", args=[row.employee_id]),
        act=_("Open"),
        person=row.employee.name,
        word=_in_days((on - viewer.today).days),
        kind="info",
        due_on=on,
    )


def _of_reviews(viewer: Viewer) -> Iterator[Need]:
    for one in reviews.waiting_for(viewer):
        yield Need(**asdict(todo(one, viewer.today)))


def _of_development(viewer: Viewer) -> Iterator[Need]:
    for plan in plans.waiting_for(viewer):
        own = plan.employee_id == viewer.employee.pk
        yield Need(
            title=_("Agree to your development plan")
            if own
            else _("Agree to the development plan of %s") % plan.employee.name,
            text=Truncator(plan.aim).words(18),
            href=reverse("development:plan", args=[plan.pk]),
            act=_("Read"),
            icon="sprout" if own else "",
            person="" if own else plan.employee.name,
            due_on=plan.changed_at.date(),
        )
    for action in plans.actions_due(viewer):
        days = (action.due_on - viewer.today).days
        yield Need(
            title=Truncator(action.what).words(14),
            text=_("From your development plan"),
            href=reverse("development:progress", args=[action.pk]),
            act=_("Say how far it is"),
            icon="sprout",
            word=_in_days(days) if days >= 0 else _("Due since then"),
            kind="info" if days >= 0 else "warn",
            due_on=action.due_on,
        )


def _of_strategy(viewer: Viewer) -> Iterator[Need]:
    for one in strategy.proposals_for(viewer):
        yield _commitment(one, _("%s waits for your answer") % one.unit.name, _("Answer"))
    for one in strategy.passed_back_to(viewer) if viewer.units_led else ():
        yield _commitment(one, _("The offer of %s came back") % one.unit.name, _("Look"))
    for measure in strategy.unmeasured_of(viewer):
        yield Need(
            title=_("Record what came of: %s") % measure.name,
            text=_("“%s” has no value of the last half year.") % measure.objective.title,
            href=reverse("strategy:new_actual", args=[measure.pk]),
            act=_("Record"),
            icon="ruler",
        )


def _commitment(one: Commitment, title: str, act: str) -> Need:
    share = f"{one.share_percent.normalize():f}"
    return Need(
        title=title,
        text=_("%(share)s %% of its effort for “%(objective)s”")
        % {"share": share, "objective": one.objective.title},
        href=reverse("strategy:unit", args=[one.unit_id]),
        act=act,
        icon="waypoints",
    )


def _of_goals(viewer: Viewer) -> Iterator[Need]:
    waiting = goals.open_for(viewer)
    for goal in waiting.answers[:10]:
        change = goal.agreed_number is not None
        yield Need(
            title=(_("Answer the change of “%s”") if change else _("Agree on “%s”")) % goal.title,
            text=f"{goal.owner}, {goal.period.name}",
            href=reverse("goals:goal", args=[goal.pk]),
            act=_("Read"),
            icon="goal",
            word=_("Your turn"),
            kind="info",
        )
    if silent := waiting.silent:
        yield Need(
            title=ngettext("Check in on %d goal", "Check in on %d goals", len(silent))
            % len(silent),
            text=_("The longest without a word: %s") % silent[0].title,
            href=reverse("goals:check_ins"),
            act=_("Check in"),
            icon="circle-check",
        )
    if stale := waiting.stale:
        yield Need(
            title=ngettext(
                "%d goal serves something that has changed",
                "%d goals serve something that has changed",
                len(stale),
            )
            % len(stale),
            text=_("Say whether it still does: %s") % stale[0].title,
            href=reverse("goals:goal", args=[stale[0].pk]),
            act=_("Look"),
            icon="goal",
            word=_("To be confirmed"),
            kind="warn",
        )


def _of_hr(viewer: Viewer) -> Iterator[Need]:
    if viewer.is_hr_administrator:
        leaderless = open_ends.units_without_lead(viewer, viewer.today).count()
        if leaderless:
            yield Need(
                title=ngettext("%d unit has no lead", "%d units have no lead", leaderless)
                % leaderless,
                text=_("Nobody commits to objectives for them."),
                href=reverse("people:units"),
                act=_("Look"),
                icon="building-2",
            )
    if (viewer.is_hr_administrator or viewer.units_partnered) and viewer.account:
        for table in exchange.waiting_for(viewer.account):
            yield Need(
                title=_("The import of %s waits for your word") % table.file_name,
                text=_("Its dry run is done; nothing has been changed yet."),
                href=reverse("people:import", args=[table.pk]),
                act=_("Look"),
                icon="file-up",
            )


def _of_operations(viewer: Viewer) -> Iterator[Need]:
    if not viewer.has_role(Role.SYSTEM_ADMINISTRATOR):
        return
    if failed := jobs.backlog().failed:
        yield Need(
            title=ngettext("%d job has failed", "%d jobs have failed", failed) % failed,
            text=_("It is not tried again by itself."),
            href=reverse("operations"),
            act=_("Look"),
            icon="activity",
            word=_("Failed"),
            kind="bad",
            due_on=viewer.today,
        )


def _in_days(days: int) -> str:
    if days <= 0:
        return _("Today")
    if days == 1:
        return _("Tomorrow")
    return _("In %d days") % days
