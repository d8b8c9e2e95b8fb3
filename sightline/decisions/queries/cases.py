"""What the checks look at, gathered for one proposal as it stands today."""

from __future__ import annotations

from decimal import Decimal

from sightline.decisions import policies
from sightline.decisions.models import Evidence, Proposal
from sightline.decisions.queries.decisions import needs_checked_by, needs_on
from sightline.decisions.rules import checks, kinds
from sightline.people.models import Assignment, Employee, Pay
from sightline.people.queries.people import in_post_since
from sightline.people.viewer import Viewer
from sightline.reviews.queries.results import final_ratings_of


def findings_of(viewer: Viewer, proposal: Proposal) -> tuple[kinds.Needs, list[checks.Finding]]:
    """What the policy in force asks, and what the checks find."""
    needs = needs_on(proposal.decision.kind, viewer.today)
    return needs, checks.findings(case_of(viewer, proposal), needs)


def findings_anew(viewer: Viewer, proposal: Proposal) -> list[checks.Finding]:
    """What the checks find today by the policy by which the version was checked."""
    return checks.findings(case_of(viewer, proposal), needs_checked_by(proposal))


def case_of(viewer: Viewer, proposal: Proposal) -> checks.Case:
    """A proposal as the rules take it."""
    decision = proposal.decision
    employee = decision.employee
    held = Assignment.objects.on(proposal.on).filter(employee=employee)
    held_now = held.select_related("position__job").first()
    rating, of = last_rating(viewer, employee)
    return checks.Case(
        kind=decision.kind,
        on=proposal.on,
        evidence_count=Evidence.objects.filter(proposal=proposal).count(),
        in_post_since=in_post_since([held_now])[held_now.pk] if held_now else None,
        rating=rating,
        rating_of=of,
        money=_money(proposal),
        pay_now=_pay_now(employee, proposal),
        pay_range=_pay_range(proposal, held_now),
        post_held_by=_held_by(proposal),
        proposer_is_person=decision.proposer_id == employee.pk,
        proposer_is_below=policies.is_below(decision.proposer, employee, viewer.today),
        approvers=policies.who_could_approve(decision, viewer.today).count(),
    )


def last_rating(viewer: Viewer, employee: Employee) -> tuple[Decimal | None, str]:
    """The last final rating that the person knows, and the cycle it is of; nothing before one."""
    known = [one for one in final_ratings_of(viewer, employee) if one.shared_at is not None]
    return (Decimal(known[0].value), known[0].cycle) if known else (None, "")


def _money(proposal: Proposal) -> checks.Money | None:
    if proposal.amount is None:
        return None
    return checks.Money(proposal.amount, proposal.currency)


def _pay_now(employee: Employee, proposal: Proposal) -> checks.Money | None:
    pay = Pay.objects.on(proposal.on).filter(employee=employee).first()
    return checks.Money(pay.amount, pay.currency) if pay else None


def _pay_range(proposal: Proposal, held: Assignment | None) -> checks.PayRange | None:
    position = proposal.position or (held.position if held else None)
    job = position.job if position else None
    if job is None or job.pay_from is None or job.pay_to is None:
        return None
    return checks.PayRange(job.pay_from, job.pay_to, job.currency)


def _held_by(proposal: Proposal) -> str | None:
    if proposal.position is None:
        return None
    rows = Assignment.objects.on(proposal.on).filter(position__code=proposal.position.code)
    others = rows.exclude(employee=proposal.decision.employee_id).select_related("employee")
    return ", ".join(row.employee.name for row in others.order_by("employee__sort_key"))
