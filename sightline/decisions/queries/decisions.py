"""Decisions as the viewer may see them: lists, one with all that was done about it, counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from sightline.decisions import policies
from sightline.decisions.models import (
    Award,
    Check,
    Decision,
    Evidence,
    Execution,
    Hindrance,
    Opening,
    Policy,
    Proposal,
    Verdict,
    Withdrawal,
)
from sightline.decisions.rules import kinds, stages
from sightline.foundation.core.fingerprints import fingerprint
from sightline.foundation.core.known import known
from sightline.people.models import Assignment, Employee, Pay
from sightline.people.queries.people import named
from sightline.people.viewer import Viewer, viewer_as


def decisions_seen_by(viewer: Viewer) -> QuerySet[Decision]:
    """All decisions that exist for the viewer, each with person and proposer."""
    rows = Decision.objects.filter(policies.decisions_visible_to(viewer))
    return rows.select_related("employee", "proposer")


def decision_seen_by(viewer: Viewer, decision_id: int) -> Decision | None:
    """One decision, when it exists for the viewer."""
    return decisions_seen_by(viewer).filter(pk=decision_id).first()


def proposal_seen_by(viewer: Viewer, decision_id: int) -> Any:
    """The newest version of a decision that exists for the viewer, with all its acts.

    It tells what held before its day: `post_before`, and `pay_before` in `pay_before_currency`.
    """
    before = {"employee": OuterRef("decision__employee"), "from_on__lt": OuterRef("on")}
    pays = Pay.objects.filter(**before).order_by("-from_on")
    posts = Assignment.objects.filter(**before).order_by("-from_on")
    acts = ("checking__by", "passing__by", "reply__by", "verdict__by")
    rows = Proposal.objects.filter(
        policies.proposals_visible_to(viewer), decision=decision_id
    ).annotate(
        post_before=Subquery(posts.values("position__title")[:1]),
        pay_before=Subquery(pays.values("amount")[:1]),
        pay_before_currency=Subquery(pays.values("currency")[:1]),
    )
    about = ("decision__employee", "decision__proposer", "position__unit", "position__job")
    return rows.select_related(*about, "manager", *acts).order_by("-number").first()


def newest_proposal(decision: Decision) -> Proposal:
    """The version that is worked on, for actions; who may see it, they ask first."""
    rows = decision.proposals.select_related("position__unit", "position__job", "manager")
    return known(rows.order_by("-number").first(), "a decision begins with a version")


def as_it_stands(decision: Decision, *read: str) -> str:
    """A sign that changes whenever something is done about the decision, or another thing is read.

    `read` is what a page shows beside the decision and somebody is about to answer for.
    """
    return fingerprint(decision.pk, decision.stage, decision.changed_at.isoformat(), *read)


def draft_as_it_stands(proposal: Proposal) -> str:
    """A sign that changes whenever a version is written further."""
    terms = (proposal.grounds, proposal.on, proposal.position_id, proposal.manager_id)
    pays = (proposal.amount, proposal.currency, proposal.sent_at)
    return fingerprint(proposal.pk, *(str(value) for value in (*terms, *pays)))


# ── Lists ─────────────────────────────────────────────────────────────────────────────────────

VIEWS = ("all", "to_decide", "mine", "people")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of decisions is narrowed to."""

    view: str = "all"
    kind: str = ""
    stage: str = ""
    words: str = ""


def listed(viewer: Viewer, wanted: Wanted) -> QuerySet[Decision]:
    """The decisions asked for: mine to decide, what I proposed, about my people, or all."""
    rows = decisions_seen_by(viewer)
    if wanted.view == "to_decide":
        rows = rows.filter(to_decide_by(viewer))
    elif wanted.view == "mine":
        rows = rows.filter(Q(proposer=viewer.employee) | Q(employee=viewer.employee))
    elif wanted.view == "people":
        below = viewer.employee.pk
        rows = rows.filter(
            employee__lines_up__manager=below,
            employee__lines_up__from_on__lte=viewer.today,
            employee__lines_up__until_on__gt=viewer.today,
        )
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.stage:
        rows = rows.filter(stage=wanted.stage)
    return rows.filter(named(wanted.words, "employee__"))


def to_decide_by(viewer: Viewer) -> Q:
    """Decisions on which the viewer has to act now: check, pass on, give the verdict."""
    return policies.waiting_for_checks_of(viewer) | policies.waiting_for_verdict_of(viewer)


def decisions_about(viewer: Viewer, employee: Employee) -> list[Decision]:
    """What was decided about somebody, latest first, as far as the viewer sees it."""
    rows = decisions_seen_by(viewer).filter(employee=employee)
    return list(rows.order_by("-due_on", "-pk")[:20])


def awards_of(viewer: Viewer, employee: Employee) -> list[Award]:
    """What was awarded to somebody, latest first; none unless pay may be read."""
    seen = Award.objects.filter(policies.awards_visible_to(viewer), employee=employee)
    return list(seen.select_related("decision"))


# ── Figures ───────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class OutcomeCount:
    """How many decisions of a kind came to which end, and how many are under way."""

    kind: str
    label: str
    by_stage: dict[str, int] = field(default_factory=dict)

    @property
    def under_way(self) -> int:
        return sum(self.by_stage.get(stage, 0) for stage in stages.UNDER_WAY)

    @property
    def carried_out(self) -> int:
        return self.by_stage.get(stages.CARRIED_OUT, 0)

    @property
    def rejected(self) -> int:
        return self.by_stage.get(stages.REJECTED, 0)

    @property
    def withdrawn(self) -> int:
        return self.by_stage.get(stages.WITHDRAWN, 0)


def outcome_counts(since: date, until: date) -> list[OutcomeCount]:
    """Decisions by kind and end, of those due in a span; what was never sent is nobody's business.

    For executives and HR (`policies.may_count_outcomes`); it names nobody.
    """
    sent = Proposal.objects.filter(decision=OuterRef("pk"), sent_at__isnull=False)
    rows = Decision.objects.filter(Exists(sent), due_on__gte=since, due_on__lt=until)
    rows = rows.exclude(stage__in=stages.WRITABLE)
    counted = rows.order_by().values_list("kind", "stage").annotate(number=Count("pk"))
    labels = dict(Decision._meta.get_field("kind").flatchoices)
    found = {kind: OutcomeCount(kind, str(labels[kind])) for kind in kinds.OPEN}
    for kind, stage, number in counted:
        found.setdefault(kind, OutcomeCount(kind, str(labels[kind]))).by_stage[stage] = number
    return list(found.values())


# ── Policies ──────────────────────────────────────────────────────────────────────────────────


def policies_in_force(day: date) -> dict[str, Policy]:
    """The policy of each kind on a day; a kind that HR has not ruled on is not in it."""
    return {one.kind: one for one in Policy.objects.on(day).select_related("by")}


def needs_on(kind: str, day: date) -> kinds.Needs:
    """What a kind of decision needs on a day: by HR's policy, else by the house's own."""
    return _needs_of_first(Policy.objects.on(day).filter(kind=kind), kind)


def needs_checked_by(proposal: Proposal) -> kinds.Needs:
    """What was asked by the version of the policy by which a proposal was checked."""
    kind = proposal.decision.kind
    rows = Policy.objects.filter(kind=kind, version=proposal.policy_version)
    return _needs_of_first(rows, kind)


def _needs_of_first(rows: QuerySet[Policy], kind: str) -> kinds.Needs:
    policy = rows.first()
    return needs_of(policy) if policy else kinds.needs_of_the_house(kind)


def needs_of(policy: Policy) -> kinds.Needs:
    """A policy as the rules take it."""
    names = list(kinds.Needs.__slots__)
    return kinds.Needs(**{name: getattr(policy, name) for name in names})


# ── What stands around one decision ───────────────────────────────────────────────────────────


def openings_of(proposal: Proposal) -> list[Opening]:
    """Who opened the evidence of a version, in order."""
    return list(Opening.objects.filter(proposal=proposal).select_related("by").order_by("at", "pk"))


def versions_seen_by(viewer: Viewer, decision: Decision) -> list[Proposal]:
    """All versions that exist for the viewer, in order, each with the verdict on it."""
    rows = Proposal.objects.filter(policies.proposals_visible_to(viewer), decision=decision)
    return list(rows.select_related("verdict__by", "position").order_by("number"))


def everything_about(employee: Employee) -> Iterable[Proposal]:
    """Each version that was passed to a person, for what he takes along of his own."""
    evidence = Prefetch("evidence", Evidence.objects.order_by("place"))
    checks = Prefetch("checks", Check.objects.order_by("place"))
    rows = Proposal.objects.filter(decision__employee=employee, passing__isnull=False)
    acts = ("checking__by", "passing__by", "reply", "verdict__by")
    ends = ("decision__withdrawal__by", "decision__execution__on_behalf_of")
    rows = rows.select_related(*acts, *ends, "decision__proposer", "position", "manager")
    return rows.prefetch_related(evidence, checks, "decision__hindrances").order_by("pk")


def returned_with(decision: Decision) -> Verdict | None:
    """The verdict with which the last version came back; None when none did."""
    rows = Verdict.objects.filter(
        proposal__decision=decision, outcome=Verdict.Outcome.SENT_BACK
    ).select_related("by")
    return rows.order_by("-at").first() if decision.stage == stages.SENT_BACK else None


@dataclass(frozen=True, slots=True)
class Ending:
    """What became of a decision: taken back, carried out, or hindered on its day."""

    withdrawal: Withdrawal | None
    execution: Execution | None
    hindrance: Hindrance | None


def ending_of(decision: Decision) -> Ending:
    """What became of a decision; three reads at most."""
    withdrawn = Withdrawal.objects.filter(decision=decision).select_related("by")
    done = Execution.objects.filter(decision=decision).select_related("on_behalf_of")
    stuck = Hindrance.objects.filter(decision=decision)
    is_stuck = decision.stage == stages.APPROVED
    return Ending(
        withdrawal=withdrawn.first() if decision.stage == stages.WITHDRAWN else None,
        execution=done.first() if decision.stage == stages.CARRIED_OUT else None,
        hindrance=stuck.first() if is_stuck else None,
    )


APPROVERS_ASKED = 8


def approvers_of(decision: Decision, viewer: Viewer) -> list[Viewer]:
    """Those who may approve a decision by the policy of today, as they would look at it."""
    found = policies.who_could_approve(decision, viewer.today).order_by("pk")[:APPROVERS_ASKED]
    return [one for one in map(viewer_as, found) if one]


def is_proposable(viewer: Viewer, employee: Employee) -> bool:
    """Whether the viewer may propose something about a person, found out in one read."""
    rows = Employee.objects.filter(policies.proposable_by(viewer))
    return rows.filter(pk=employee.pk).exclude(pk=viewer.employee.pk).exists()
