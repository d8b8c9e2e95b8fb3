"""Proposals in the stages that tests ask for, made by the ordinary actions."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from sightline.decisions.actions import deciding, drafting, proposing
from sightline.decisions.actions.drafting import Terms
from sightline.decisions.models import Decision, Evidence, Reply
from sightline.decisions.queries.decisions import newest_proposal
from sightline.decisions.queries.evidence import pickable
from sightline.people.actions.posts import open_position
from sightline.people.models import Position

GROUNDS = (
    "Since spring Tomás has run the imports alone: he cut the nightly failures from nine to one "
    "and two colleagues ask him before they ask me."
)


def free_post(company, code: str = "PLAT-LEAD-IMPORT") -> Position:
    """A vacant post in Platform, one job higher than that of Tomás."""
    known = Position.objects.filter(code=code).first()
    return known or open_position(
        by=company.viewer("ingrid"),
        code=code,
        title="Senior engineer, imports",
        unit=company.units["PLAT"],
        job=company.positions["PLAT-RELY"].job,
        on=company.today - timedelta(days=400),
    )


def terms(company, kind: str = "promotion", **changed) -> Terms:
    """What is proposed for Tomás."""
    values = {"grounds": GROUNDS, "on": company.today}
    if kind == "promotion":
        post = free_post(company)
        values |= {"position": post, "amount": post.job.pay_from, "currency": "EUR"}
    else:
        values |= {"amount": Decimal(4000), "currency": "EUR"}
    return Terms(**(values | changed))


def drafted(company, kind: str = "promotion", by: str = "ana", about: str = "tomas", **changed):
    """A draft with its words and all the evidence there is."""
    viewer, employee = company.viewer(by), company.people[about]
    decision = drafting.begin_decision(by=viewer, employee=employee, kind=kind)
    drafting.write_proposal(by=viewer, decision=decision, terms=terms(company, kind, **changed))
    records = [one.record.pk for one in pickable(viewer, employee)]
    drafting.pick_evidence(by=viewer, decision=decision, records=records)
    return decision


def proposed(company, kind: str = "promotion", by: str = "ana", **changed) -> Decision:
    """Sent by its proposer."""
    decision = drafted(company, kind, by, **changed)
    proposing.propose(by=company.viewer(by), decision=decision)
    return decision


def checked(company, kind: str = "promotion", hr: str = "fatima", **changed) -> Decision:
    """HR stands for the checks."""
    decision = proposed(company, kind, **changed)
    words = "No cycle has been closed yet; the evidence speaks for itself."
    proposing.check_proposal(by=company.viewer(hr), decision=decision, words=words)
    return decision


def passed(company, kind: str = "promotion", **changed) -> Decision:
    """The person has it."""
    decision = checked(company, kind, **changed)
    proposing.pass_to_person(by=company.viewer("fatima"), decision=decision)
    return decision


def replied(company, kind: str = "promotion", **changed) -> Decision:
    """The person agrees."""
    decision = passed(company, kind, **changed)
    deciding.reply_to_proposal(
        by=company.viewer("tomas"), decision=decision, stance=Reply.Stance.AGREES, words="Gladly."
    )
    return decision


def opened(company, decision: Decision, by: str = "leo") -> Decision:
    """Somebody opens the evidence."""
    deciding.open_evidence(by=company.viewer(by), proposal=newest_proposal(decision))
    return decision


def approved(company, kind: str = "promotion", by: str = "leo", **changed) -> Decision:
    """The second person approves."""
    decision = opened(company, replied(company, kind, **changed), by)
    deciding.approve(by=company.viewer(by), decision=decision, reason="The imports say it.")
    return decision


def evidence_of(decision: Decision) -> list[Evidence]:
    """The evidence of the newest version."""
    return list(newest_proposal(decision).evidence.all())
