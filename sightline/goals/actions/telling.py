"""Who is told what when a goal changes hands, is agreed, closes, or moves under others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from sightline.foundation.identity.models import Account
from sightline.foundation.ledger.models import Record
from sightline.foundation.ledger.queries import event_of, record_numbered
from sightline.foundation.notices.actions import settle
from sightline.foundation.notices.notify import notify, notify_all
from sightline.goals.events import (
    AboutContribution,
    AboutGoal,
    AboutHelp,
    GoalAccepted,
    GoalAgreed,
    GoalClosed,
    GoalProposed,
    HelpAnswered,
    HelpAsked,
    HelpLapsed,
    HelpWithdrawn,
    MediationAsked,
    ProposalEnded,
    Recommended,
    SideTakenOver,
)
from sightline.goals.models import Contribution, Goal, HelpRequest, Side
from sightline.goals.queries.drift import is_stale, running_on
from sightline.goals.queries.owners import before_leaving, employees_by_ref, speakers
from sightline.people.models import Employee, Role, RoleGrant
from sightline.strategy.events import StrategyBroughtIntoForce

KIND = "goals.changes"
ANSWER, CONFIRM = "answer", "confirm"
KIND_OF_HELP = "goals.help"


@dataclass(frozen=True, slots=True)
class Word:
    """Something to say to somebody, about a goal that he may see."""

    to: Employee
    goal: Goal
    say: Callable[[], str]
    asks: str = ""
    """What it asks for, "" for nothing: see `_settle`."""
    kind: str = KIND
    url: str = ""
    """Where it leads; to the goal unless said."""


def tell_of(record_id: int) -> int:
    """Tell everybody whom a recorded change concerns, the actor left out; tells how many.

    Safe to do twice: each person is told once of each record and goal.
    """
    record = record_numbered(record_id)
    event = event_of(record) if record else None
    if record is None or not isinstance(event, AboutGoal):
        return 0
    goal = Goal.objects.select_related("employee", "unit").filter(pk=event.goal_id).first()
    if goal is None:
        return 0
    _settle(event, goal, record)
    words = [word for word in _words(event, goal, record) if word.to.ref != record.actor]
    return sum(_tell(word, record) for word in words)


def _settle(event: AboutGoal, goal: Goal, record: Record) -> None:
    """What was asked about a goal before this step: its answer was given, or is not wanted now.

    What it serves is to be confirmed until all of it is, or the goal has ended.
    """
    if isinstance(event, AboutHelp):
        settle(keys=[_asked(goal, _help(event))], before=record.pk)
        return
    if isinstance(event, MediationAsked | Recommended):
        return  # nothing is answered by it
    if isinstance(event, SideTakenOver):
        key = event.was_ref.removeprefix("employee:")
        was = Account.objects.filter(employee__pk=key if key.isdecimal() else 0)
        asked = [_asked(goal, ANSWER), _asked(goal, CONFIRM)]
        settle(keys=asked, accounts=was, before=record.pk)
        settle(keys=[_reminded(goal)], accounts=was)
        return
    keys = [] if isinstance(event, AboutContribution) else [_asked(goal, ANSWER)]
    links = Contribution.objects.filter(goal=goal).select_related("parent", "objective__strategy")
    if goal.is_closed or not any(is_stale(link) for link in links):
        keys.append(_asked(goal, CONFIRM))
    people = [one for side in Side for one in speakers(goal, side, record.at.date())]
    accounts = {one.account for one in people if one.account is not None}
    settle(keys=keys, accounts=accounts, before=record.pk)
    if not isinstance(event, AboutContribution):
        day = record.at.date()
        done = [one for side in Side if side != goal.turn for one in speakers(goal, side, day)]
        settle(keys=[_reminded(goal)], accounts=[one.account for one in done if one.account])


def _reminded(goal: Goal) -> str:
    """What the keys of reminders that it is somebody's turn begin with: `actions.deadlines`."""
    return f"goal:{goal.pk}:after"


def _help(event: AboutHelp) -> str:
    return f"help-{event.request_id}"


def _asked(goal: Goal, what: str) -> str:
    return f"goal:{goal.pk}:{what}"


def _tell(word: Word, record: Record) -> bool:
    if word.to.account is None:
        return False
    key = f"record:{record.pk}:{word.goal.pk}"
    notice = notify(
        account=word.to.account,
        kind=word.kind,
        sentence=word.say,
        url=word.url or reverse("goals:goal", args=[word.goal.pk]),
        key=f"{_asked(word.goal, word.asks)}:{record.pk}" if word.asks else key,
    )
    return notice is not None


def _words(event: AboutGoal, goal: Goal, record: Record) -> Iterator[Word]:
    day = record.at.date()
    if isinstance(event, GoalProposed | GoalAccepted):
        for person in speakers(goal, Side(event.side).other, day):
            yield Word(person, goal, lambda: _("“%s” waits for your answer.") % goal.title, ANSWER)
    elif isinstance(event, GoalAgreed):
        for side in Side:
            for person in speakers(goal, side, day):
                yield Word(person, goal, lambda: _("“%s” is agreed.") % goal.title)
        yield from _to_children(goal, day)
    elif isinstance(event, SideTakenOver):
        yield from _of_handover(event, goal, day)
    elif isinstance(event, MediationAsked | Recommended):
        yield from _of_mediation(event, goal, day)
    elif isinstance(event, ProposalEnded):
        for person in before_leaving(goal):
            yield Word(person, goal, _ended(goal, event.was_agreed))
    elif isinstance(event, GoalClosed):
        for side in Side:
            for person in speakers(goal, side, day):
                yield Word(person, goal, lambda: _("“%s” was closed.") % goal.title)
        yield from _to_children(goal, day)
    elif isinstance(event, AboutHelp):
        yield _about_help(event, goal)


def _about_help(event: AboutHelp, goal: Goal) -> Word:
    """What the one of the two who did not act is told. Of the goal only what stands in the request.

    The words themselves are read on its page alone.
    """
    rows = HelpRequest.objects.select_related("asker__account", "asked__account")
    request = rows.get(pk=event.request_id)
    is_told_asker = event.subject_ref == request.asker.ref
    reader, other = (
        (request.asker, request.asked) if is_told_asker else (request.asked, request.asker)
    )
    named = {"name": other.name, "goal": request.goal_title}
    url = reverse("goals:help_request", args=[request.pk])
    asks = _help(event) if isinstance(event, HelpAsked) else ""
    return Word(reader, goal, lambda: _help_words(event) % named, asks, KIND_OF_HELP, url)


def _help_words(event: AboutHelp) -> str:
    if isinstance(event, HelpAnswered):
        return {
            "promised": _("%(name)s will help with “%(goal)s”."),
            "declined": _("%(name)s cannot help with “%(goal)s”."),
        }.get(event.answer, _("%(name)s says that the help with “%(goal)s” is done."))
    if isinstance(event, HelpLapsed):
        if event.cause == "left":
            return _("%(name)s works here no more; the request for help with “%(goal)s” has ended.")
        return _("“%(goal)s” was closed; %(name)s needs no more help with it.")
    if isinstance(event, HelpWithdrawn):
        return _("%(name)s needs no more help with “%(goal)s”.")
    return _("%(name)s asks for your help with “%(goal)s”.")


def tell_of_strategy(record_id: int) -> int:
    """Tell those whose running goals serve what has changed or gone with the strategy, once each.

    In a few reads whatever their number; tells how many.
    """
    record = record_numbered(record_id)
    event = event_of(record) if record else None
    if record is None or not isinstance(event, StrategyBroughtIntoForce):
        return 0
    links = Contribution.objects.filter(objective__strategy=event.superseded_id)
    goals = Goal.objects.filter(running_on(record.at.date()), pk__in=links.values("goal"))
    leads = RoleGrant.objects.on(record.at.date()).filter(role=Role.UNIT_LEAD)
    owners = Q(pk__in=goals.values("employee")) | Q(
        pk__in=leads.filter(unit__in=goals.values("unit")).values("employee")
    )
    people = Employee.objects.filter(owners, account__isnull=False).select_related("account")
    return notify_all(
        accounts=[one.account for one in people if one.account and one.ref != record.actor],
        kind=KIND,
        sentence=lambda: (
            _("%s is in force. Say what your goals serve that served something else.") % event.name
        ),
        url=reverse("goals:mine") + "?state=stale",
        key=f"record:{record.pk}",
    )


def _to_children(goal: Goal, day: date) -> Iterator[Word]:
    """Those whose goals serve this one, when it is no longer what they confirmed."""
    links = Contribution.objects.filter(parent=goal).exclude(parent_version=goal.version)
    running = links.exclude(goal__stage__in=[Goal.Stage.DRAFT, Goal.Stage.CLOSED])
    for link in running.select_related("goal__employee", "goal__unit"):
        for person in speakers(link.goal, Side.OWNER, day):
            yield Word(person, link.goal, _confirm(link.goal.title), CONFIRM)


def _of_handover(event: SideTakenOver, goal: Goal, day: date) -> Iterator[Word]:
    """The one who takes a side over, and the other side."""
    for person in speakers(goal, event.side, day):
        if person.ref == event.to_ref:
            asks = ANSWER if goal.turn == event.side else ""
            yield Word(person, goal, lambda: _("You take over a side of “%s”.") % goal.title, asks)
    for person in speakers(goal, Side(event.side).other, day):
        yield Word(person, goal, _on_the_other_side(goal, event.has_lapsed))


def _of_mediation(event: MediationAsked | Recommended, goal: Goal, day: date) -> Iterator[Word]:
    """Both sides, and who is asked. The owner hears of a revision as of any other proposal."""
    if isinstance(event, MediationAsked):
        for mediator in employees_by_ref(event.mediator_ref):
            yield Word(mediator, goal, lambda: _("You are asked to mediate on “%s”.") % goal.title)
        for side in Side:
            for person in speakers(goal, side, day):
                yield Word(
                    person, goal, lambda: _("Somebody was asked to mediate on “%s”.") % goal.title
                )
        return
    for side in [Side.LEAD] if event.number else Side:
        for person in speakers(goal, side, day):
            yield Word(
                person, goal, lambda: _("Who mediates on “%s” recommends something.") % goal.title
            )


def _on_the_other_side(goal: Goal, has_lapsed: bool) -> Callable[[], str]:
    def sentence() -> str:
        if has_lapsed:
            words = _("On “%s” you now agree with somebody else, who has not accepted it yet.")
        else:
            words = _("On “%s” you now agree with somebody else.")
        return words % goal.title

    return sentence


def _ended(goal: Goal, was_agreed: bool) -> Callable[[], str]:
    def sentence() -> str:
        if was_agreed:
            words = _("The change of “%s” is not agreed: whose goal it is has left.")
        else:
            words = _("“%s” ended before it was agreed: whose goal it was has left.")
        return words % goal.title

    return sentence


def _confirm(title: str) -> Callable[[], str]:
    return lambda: _("What “%s” serves has changed; say whether it still does.") % title
