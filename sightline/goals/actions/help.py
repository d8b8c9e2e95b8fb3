"""Asking a colleague for help with a goal, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.events import Actor
from sightline.foundation.ledger.record import record
from sightline.goals import policies
from sightline.goals.events import HelpAnswered, HelpAsked, HelpLapsed, HelpWithdrawn
from sightline.goals.models import CheckIn, Goal, HelpRequest, HelpStep
from sightline.goals.rules import help as rules
from sightline.people.models import Employee, Employment
from sightline.people.queries.people import employees_seen_by
from sightline.people.viewer import Viewer


@dataclass(frozen=True, slots=True)
class HelpWanted:
    """Whom one asks, and what for."""

    asked: Employee
    words: str


@transaction.atomic
def ask_for_help(
    *,
    by: Viewer,
    goal: Goal,
    asked: Employee,
    words: str,
    check_in: CheckIn | None = None,
    at: datetime | None = None,
) -> HelpRequest:
    """Ask a colleague for help with a running goal; who is asked reads these words and its title,
    whoever may see the goal."""
    require(policies.may_check_in(by, goal))
    Goal.objects.select_for_update(no_key=True, of=("self",)).get(pk=goal.pk)  # may press twice
    _refuse_to_ask(by, goal, asked, words)
    request = HelpRequest.objects.create(
        goal=goal,
        check_in=check_in,
        asker=by.employee,
        asked=asked,
        goal_title=goal.title,
        words=words.strip(),
        asked_at=at or now(),
    )
    record(HelpAsked(goal.pk, asked.ref, request.pk), by=by)
    return request


def _refuse_to_ask(by: Viewer, goal: Goal, asked: Employee, words: str) -> None:
    if asked.pk == by.employee.pk:
        raise Refused(_("Ask somebody else; what you do yourself needs no request."), field="asked")
    works = Employment.objects.on(by.today).filter(employee=asked)
    if not (works.exists() and employees_seen_by(by).filter(pk=asked.pk).exists()):
        raise Refused(_("%s does not work here today.") % asked.name, field="asked")
    if not words.strip():
        raise Refused(_("Say what you need; nobody can help who does not know."), field="words")
    waiting = HelpRequest.objects.filter(goal=goal, asked=asked, stage__in=rules.WAITING)
    if waiting.exists():
        words = _("%s was asked for help with this goal already; that is still open.")
        raise Refused(words % asked.name, field="asked")


@transaction.atomic
def answer_help(
    *,
    by: Viewer,
    request: HelpRequest,
    answer: str,
    promised_for: date | None = None,
    words: str = "",
) -> HelpStep:
    """Say what becomes of a request: who is asked promises, cannot, or has done it; who asks says
    that it is done, or no longer needed. A promise needs its day, a no its reason."""
    require(policies.may_answer_help(by, request))
    request = _held(request)
    steps = policies.steps_open_to(by, request)
    if not steps:
        raise Refused(_("This request has come to its end meanwhile."))
    if not rules.may_become(request.stage, answer, steps):
        raise Refused(_("Choose one of the answers offered."), field="answer")
    if answer != rules.PROMISED:
        promised_for = None
    elif promised_for is None or promised_for < by.today:
        raise Refused(_("Say by when: today or later."), field="promised_for")
    if answer == rules.DECLINED and not words.strip():
        raise Refused(_("Say in a sentence why; only the two of you read it."), field="words")
    step = _step(request, answer, by.employee, words.strip(), promised_for)
    is_asked = request.asked_id == by.employee.pk
    other = request.asker if is_asked else request.asked
    if answer == rules.WITHDRAWN:
        record(HelpWithdrawn(request.goal_id, other.ref, request.pk), by=by)
    else:
        record(HelpAnswered(request.goal_id, other.ref, request.pk, answer), by=by)
    return step


def _held(request: HelpRequest) -> HelpRequest:
    """The request as it stands now, kept from others until this transaction ends."""
    rows = HelpRequest.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("asker", "asked").get(pk=request.pk)


def _step(
    request: HelpRequest,
    stage: str,
    by: Employee | None,
    words: str = "",
    promised_for: date | None = None,
) -> HelpStep:
    request.stage, request.promised_for = stage, promised_for
    request.save(update_fields=["stage", "promised_for"])
    return HelpStep.objects.create(
        request=request, stage=stage, by=by, words=words, promised_for=promised_for, at=now()
    )


@transaction.atomic
def let_help_lapse(*, by: Actor, goal: Goal) -> None:
    """End what help is still asked for with a goal, because it was closed."""
    rows = HelpRequest.objects.filter(goal=goal, stage__in=rules.WAITING).order_by("pk")
    for request in rows.select_for_update(of=("self",), no_key=True).select_related("asked"):
        _step(request, rules.LAPSED, None)
        record(HelpLapsed(goal.pk, request.asked.ref, request.pk, "closed"), by=by)


@transaction.atomic
def let_help_of_leavers_lapse(*, by: Actor, day: date) -> int:
    """End requests of which one of the two works here no more; the other is told. How many."""
    works = Employment.objects.on(day).values("employee")
    waiting = HelpRequest.objects.filter(stage__in=rules.WAITING)
    rows = waiting.exclude(asked__in=works, asker__in=works).order_by("pk")
    ended = 0
    for request in rows.select_for_update(of=("self",), no_key=True).select_related(
        "asked", "asker"
    ):
        has_asked_left = not works.filter(employee=request.asked).exists()
        stays = request.asker if has_asked_left else request.asked
        _step(request, rules.LAPSED, None)
        record(HelpLapsed(request.goal_id, stays.ref, request.pk, "left"), by=by)
        ended += 1
    return ended
