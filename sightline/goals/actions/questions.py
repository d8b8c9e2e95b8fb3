"""The question whom one's work serves: answered, changed or skipped by nobody but the person."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.dates import now, today
from sightline.foundation.core.errors import Refused
from sightline.foundation.identity.models import Account
from sightline.foundation.ledger.record import record
from sightline.foundation.notices.actions import settle
from sightline.foundation.notices.notify import notify_all
from sightline.goals import policies
from sightline.goals.events import SightAnswered
from sightline.goals.models import Period, SightAnswer, SightShare
from sightline.goals.queries.questions import objectives_asked
from sightline.goals.rules.agreement import POINTS
from sightline.goals.wording import said_of_sum
from sightline.people.models import Employee, Employment, Leave
from sightline.people.viewer import Viewer
from sightline.strategy.models import Objective, Strategy

KIND = "goals.question"


@transaction.atomic
def answer_question(
    *, by: Viewer, period: Period, shares: Mapping[Objective, int], none_percent: int
) -> SightAnswer:
    """Say how much of one's work serves each objective, and how much none; 100 in all.

    Replaces what was answered before. Refused when an objective is not of the strategy that holds.
    """
    require(policies.may_answer_question(by, period))
    given = {one: percent for one, percent in shares.items() if percent}
    if not given.keys() <= set(objectives_asked(by, period)):
        raise Refused(_("The strategy has changed meanwhile. Look at the page again."))
    if min([none_percent, *given.values()]) < 0 or none_percent + sum(given.values()) != POINTS:
        raise Refused(said_of_sum(none_percent + sum(given.values())))
    return _keep(by, period, given, none_percent, "")


@transaction.atomic
def skip_question(*, by: Viewer, period: Period, words: str) -> SightAnswer:
    """Leave the question open for this period, and say why; nobody else reads it."""
    require(policies.may_answer_question(by, period))
    if not words.strip():
        raise Refused(_("Say in a word why you skip it."), field="words")
    return _keep(by, period, {}, 0, words.strip())


def _keep(
    by: Viewer, period: Period, shares: Mapping[Objective, int], none_percent: int, words: str
) -> SightAnswer:
    """Write an answer; of two pages that send at once the later one holds."""
    Employee.objects.select_for_update(no_key=True).get(pk=by.employee.pk)
    answer, is_new = SightAnswer.objects.update_or_create(
        employee=by.employee,
        period=period,
        defaults={
            "on": by.today,
            "none_percent": none_percent,
            "skipped_because": words,
            "changed_at": now(),
        },
    )
    if not is_new:
        SightShare.objects.filter(answer=answer).delete()
    SightShare.objects.bulk_create(
        SightShare(answer=answer, objective=one, percent=percent) for one, percent in shares.items()
    )
    told = {one.title: str(percent) for one, percent in shares.items()}
    said = (period.pk, period.name, by.employee.ref, told, none_percent, words)
    record(SightAnswered(*said), by=by)
    settle(keys=[_key(period)], accounts=[by.account] if by.account else [])
    return answer


def ask_everybody() -> int:
    """Tell those who have not answered what a period asks, each once; tells how many.

    Who is away is asked after coming back.
    """
    day = today()
    if not Objective.objects.filter(strategy__stage=Strategy.Stage.IN_FORCE).exists():
        return 0
    asking = Period.objects.on(day).filter(asked_from__lte=day)
    return sum(_ask(period) for period in asking)


def _key(period: Period) -> str:
    return f"sight-question:{period.pk}"


def _ask(period: Period) -> int:
    day, me = today(), OuterRef("employee__pk")
    works = Employment.objects.on(day).filter(employee=me)
    away = Leave.objects.on(day).filter(employee=me)
    answered = SightAnswer.objects.filter(period=period, employee=me)
    accounts = Account.objects.filter(Exists(works), ~Exists(away), ~Exists(answered))
    return notify_all(
        accounts=accounts,
        kind=KIND,
        sentence=lambda: (
            _("Which objectives does your work serve? %s asks for a minute.") % period.name
        ),
        url=reverse("goals:question", args=[period.pk]),
        key=_key(period),
    )
