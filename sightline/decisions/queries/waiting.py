"""What in decisions waits for somebody: computed from what is really open. For the home page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from sightline.decisions import policies
from sightline.decisions.models import Decision, Hindrance, Passing, Proposal
from sightline.decisions.rules import stages
from sightline.foundation.core.open_ends import rows_of
from sightline.people import policies as people_policies
from sightline.people.viewer import Viewer

ACTS = {
    stages.PROPOSED: "check",
    stages.CHECKED: "pass_on",
    stages.REPLY: "decide",
    stages.SENT_BACK: "rewrite",
}
"""What waits at which stage, for whoever acts next."""


def open_ends(viewer: Viewer) -> list[QuerySet[Any]]:
    """What waits for the viewer's check, verdict, reply or pen: for the list of needs.

    Each with the person, by whom it was proposed, its kind, and the day by which it is needed.
    Whoever has a part in a decision sees it.
    """
    me = viewer.employee
    wanted = (
        policies.waiting_for_checks_of(viewer)
        | (policies.waiting_for_verdict_of(viewer) & _heard(viewer.today))
        | (Q(employee=me, stage=stages.REPLY) & _unanswered())
    )
    if policies.may_propose_somewhere(viewer):
        about_mine = policies.about(policies.proposable_by(viewer))
        wanted |= Q(proposer=me, stage=stages.SENT_BACK) & about_mine
    if people_policies.keeps_files(viewer):
        in_hands = policies.about(people_policies.in_hands_of(viewer))
        wanted |= Q(stage=stages.APPROVED) & in_hands & _hindered()
    is_mine = When(stage=stages.REPLY, employee=me, then=Value("reply"))
    by_stage = [When(stage=stage, then=Value(act)) for stage, act in ACTS.items()]
    what = Case(is_mine, *by_stage, default=Value("hindered"), output_field=CharField())
    until = Passing.objects.filter(proposal__decision=OuterRef("pk")).order_by("-at")
    reply_until = When(stage=stages.REPLY, employee=me, then=Subquery(until.values("until_on")[:1]))
    rows = rows_of(
        Decision.objects.filter(wanted),
        what,
        who="employee__name",
        text="proposer__name",
        more="kind",
        on=Case(reply_until, default=F("due_on")),
    )
    return [rows]


def _heard(today: date) -> Q:
    """The person has replied, or the time to reply is over."""
    heard = Q(reply__isnull=False) | Q(passing__until_on__lte=today)
    rows = Proposal.objects.filter(heard, decision=OuterRef("pk"), verdict__isnull=True)
    return Q(Exists(rows))


def _unanswered() -> Q:
    open_to_him = Q(passing__isnull=False, verdict__isnull=True, reply__isnull=True)
    return Q(Exists(Proposal.objects.filter(open_to_him, decision=OuterRef("pk"))))


def _hindered() -> Q:
    return Q(Exists(Hindrance.objects.filter(decision=OuterRef("pk"))))
