"""Open ends of the apps, in words: each kind with the way to it and how long it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from sightline.conversations.queries import waiting as talks
from sightline.decisions.models import Kind
from sightline.decisions.queries import waiting as decisions
from sightline.development.queries import plans
from sightline.foundation.core.open_ends import OpenEnd, Question, compose
from sightline.foundation.identity.models import Account
from sightline.foundation.ui import words
from sightline.goals.queries import help as goals
from sightline.goals.queries import mediation, questions
from sightline.people.models import Employee
from sightline.people.viewer import Viewer
from sightline.reviews.queries import waiting as reviews
from sightline.reviews.wording import todo
from sightline.site.needs import administration
from sightline.site.needs.need import Need, in_days, urgency
from sightline.strategy.queries import open_ends as strategy

VIEWERS_KEPT = 500
MINUTES_OF_REVIEWS = {
    "write_self": 30,
    "write_manager": 45,
    "write_peer": 10,
    "calibrate": 20,
    "decide_appeal": 20,
}
"""What it takes to write a form with care; the rest of a cycle takes a few minutes."""
REVIEWING = [*MINUTES_OF_REVIEWS, "nominate", "confirm_peers", "share", "acknowledge"]
DECIDING = ["reply", "check", "pass_on", "decide", "rewrite", "hindered"]


def read(viewer: Viewer) -> list[OpenEnd]:
    """What the apps have to tell of this moment, in one read."""
    zone = timezone.get_current_timezone_name()
    return _question(_nameless(viewer), zone, connection.vendor).ask()


def _nameless(viewer: Viewer) -> Viewer:
    """The viewer without what is known of the person: only keys are kept with a question."""
    account = viewer.account and Account(pk=viewer.account.pk)
    employee = Employee(pk=viewer.employee.pk)
    return replace(viewer, account=account, employee=employee, post_title="")


@lru_cache(maxsize=VIEWERS_KEPT)
def _question(viewer: Viewer, zone: str, database: str) -> Question:
    """What is asked for a viewer depends on what he is today and on the zone of his days alone."""
    return compose(_parts(viewer))


def _parts(viewer: Viewer) -> list[QuerySet[Any]]:
    found = administration.open_ends(viewer)
    if not viewer.is_employed:
        return found
    return [
        *talks.open_ends(viewer),
        *goals.open_ends(viewer),
        *plans.open_ends(viewer),
        *strategy.open_ends(viewer),
        *questions.open_ends(viewer),
        *mediation.open_ends(viewer),
        *reviews.open_ends(viewer),
        *decisions.open_ends(viewer),
        *found,
    ]


def told(ends: Iterable[OpenEnd], today: date) -> Iterator[Need]:
    """Open ends in words; units without a lead are told together."""
    leaderless = []
    for end in ends:
        if end.what == administration.LEADERLESS:
            leaderless.append(end)
        else:
            yield WORDS[end.what](end, today)
    if leaderless:
        yield administration.without_lead(leaderless)


def _talk(end: OpenEnd, today: date) -> Need:
    is_today = end.on == today
    return Need(
        title=_("Talk with %s") % end.who,
        text=end.text if is_today else _("Did you talk? Say so, or move it."),
        href=reverse("conversations:talk", args=[end.key]),
        act=_("Open"),
        person=end.who,
        minutes=30 if is_today else 1,
        **_by(end, today),
    )


def _promise(end: OpenEnd, today: date) -> Need:
    return Need(
        title=end.text,
        text=_("Promised to %s") % end.who,
        href=reverse("conversations:talk", args=[end.key]),
        act=_("Open"),
        icon="handshake",
        **_by(end, today),
    )


def _request(end: OpenEnd, today: date) -> Need:
    is_own = end.who == end.more
    title = _("%(asker)s asks for your feedback") if is_own else _("%(asker)s asks about %(about)s")
    return Need(
        title=title % {"asker": end.who, "about": end.more},
        text=end.text,
        href=reverse("conversations:request", args=[end.key]),
        act=_("Answer"),
        person=end.who,
        due_on=today,
        minutes=5,
    )


def _help(end: OpenEnd, today: date) -> Need:
    return Need(
        title=_("%s asks for your help") % end.who,
        text=Truncator(end.text).words(24),
        href=reverse("goals:help_request", args=[end.key]),
        act=_("Answer"),
        person=end.who,
        due_on=today,
        minutes=1,
    )


def _help_promised(end: OpenEnd, today: date) -> Need:
    return Need(
        title=Truncator(end.text).words(14),
        text=_("Help promised to %s") % end.who,
        href=reverse("goals:help_request", args=[end.key]),
        act=_("Open"),
        icon="handshake",
        **_by(end, today),
    )


def _own_plan(end: OpenEnd, today: date) -> Need:
    return _plan(end, today, title=_("Agree to your development plan"), icon="sprout")


def _plan_of_report(end: OpenEnd, today: date) -> Need:
    title = _("Agree to the development plan of %s") % end.who
    return _plan(end, today, title=title, person=end.who)


def _plan(end: OpenEnd, today: date, **named: str) -> Need:
    return Need(
        text=Truncator(end.text).words(18),
        href=reverse("development:plan", args=[end.key]),
        act=_("Read"),
        due_on=end.on or today,
        minutes=5,
        **named,
    )


def _plan_action(end: OpenEnd, today: date) -> Need:
    return Need(
        title=Truncator(end.text).words(14),
        text=_("From your development plan"),
        href=reverse("development:progress", args=[end.key]),
        act=_("Say how far it is"),
        icon="sprout",
        minutes=1,
        **_by(end, today),
    )


def _offer(end: OpenEnd, today: date) -> Need:
    return _commitment(end, _("%s waits for your answer") % end.who, _("Answer"))


def _passed_back(end: OpenEnd, today: date) -> Need:
    return _commitment(end, _("The offer of %s came back") % end.who, _("Look"))


def _commitment(end: OpenEnd, title: str, act: str) -> Need:
    told = {"share": words.percent(Decimal(end.more)), "objective": end.text}
    return Need(
        title=title,
        text=_("%(share)s of its effort for “%(objective)s”") % told,
        href=reverse("strategy:unit", args=[end.key]),
        act=act,
        icon="waypoints",
        due_on=end.on or date.max,
        minutes=5,
    )


def _unmeasured(end: OpenEnd, today: date) -> Need:
    return Need(
        title=_("Record what came of: %s") % end.text,
        text=_("“%s” has no value of the last half year.") % end.more,
        href=reverse("strategy:new_actual", args=[end.key]),
        act=_("Record"),
        icon="ruler",
        minutes=2,
    )


def _mediate(end: OpenEnd, today: date) -> Need:
    return Need(
        title=_("Mediate: “%s”") % end.text,
        text=_("%s asks for a word of yours.") % end.who,
        href=reverse("goals:goal", args=[end.key]),
        act=_("Read"),
        person=end.who,
        due_on=today,
        minutes=15,
    )


def _ownerless(end: OpenEnd, today: date) -> Need:
    return Need(
        title=_("Give an objective an owner: “%s”") % end.text,
        text=_("Its owner works here no more."),
        href=reverse("strategy:hand_over", args=[end.key]),
        act=_("Choose"),
        icon="waypoints",
        minutes=2,
    )


def _sight_question(end: OpenEnd, today: date) -> Need:
    last = end.on and end.on - timedelta(days=1)
    return Need(
        title=_("Say which objectives your work serves"),
        text=_("%s asks once. Your answer is yours alone.") % end.text,
        href=reverse("goals:question", args=[end.key]),
        act=_("Answer"),
        icon="telescope",
        minutes=1,
        **_by(replace(end, on=last), today),
    )


def _weigh(end: OpenEnd, today: date) -> Need:
    return Need(
        title=_("Say how the effort of %s is to be shared out") % end.text,
        text=_("You are asked; nobody else reads your answer before all is closed."),
        href=reverse("strategy:weigh", args=[end.key]),
        act=_("Answer"),
        icon="waypoints",
        minutes=10 if end.more == "pairs" else 5,
    )


def _of_reviews(end: OpenEnd, today: date) -> Need:
    told = todo(reviews.as_waiting(end), today)
    return Need(**asdict(told), minutes=MINUTES_OF_REVIEWS.get(end.what, 5))


def _of_decisions(end: OpenEnd, today: date) -> Need:
    if end.what == "reply" and end.on:
        end = replace(end, on=end.on - timedelta(days=1))  # one may reply before that day
    title, act = {
        "reply": (_("Reply to a proposal about you"), _("Reply")),
        "check": (_("Check the proposal about %s") % end.who, _("Check")),
        "pass_on": (_("Pass the proposal on to %s") % end.who, _("Pass on")),
        "decide": (_("Decide on the proposal about %s") % end.who, _("Decide")),
        "rewrite": (_("Your proposal about %s was sent back") % end.who, _("Write")),
        "hindered": (_("The decision about %s could not be carried out") % end.who, _("Look")),
    }[end.what]
    told = {"kind": Kind(end.more).label, "name": end.text}
    return Need(
        title=title,
        text=_("%(kind)s, proposed by %(name)s.") % told,
        href=reverse("decisions:decision", args=[end.key]),
        act=act,
        person=end.who,
        minutes=10,
        **_by(end, today),
    )


def _by(end: OpenEnd, today: date) -> dict[str, Any]:
    """How near the day of an open end is."""
    if end.on is None:
        return {}
    days = (end.on - today).days
    return {"word": in_days(days), "kind": urgency(days), "due_on": end.on}


WORDS: dict[str, Callable[[OpenEnd, date], Need]] = {
    "talk": _talk,
    "promise": _promise,
    "request": _request,
    "help": _help,
    "help_promised": _help_promised,
    "own_plan": _own_plan,
    "plan": _plan_of_report,
    "plan_action": _plan_action,
    "offer": _offer,
    "passed_back": _passed_back,
    "unmeasured": _unmeasured,
    "ownerless": _ownerless,
    "sight_question": _sight_question,
    "weigh": _weigh,
    "mediate": _mediate,
    **dict.fromkeys(REVIEWING, _of_reviews),
    **dict.fromkeys(DECIDING, _of_decisions),
    **administration.WORDS,
}
