"""All that is known of a person here, for that person to read and take along."""

from __future__ import annotations

from typing import Any

from sightline.decisions.models import Award, Check, Decision, Proposal
from sightline.decisions.queries.decisions import everything_about
from sightline.decisions.wording import NAMES, sentence_of_finding
from sightline.people.models import Employee
from sightline.people.viewer import Viewer


def everything_of(viewer: Viewer) -> dict[str, Any]:
    """The decisions that were passed to the viewer, what he proposed of others, his awards."""
    awards = Award.objects.filter(employee=viewer.employee)
    proposed = Proposal.objects.filter(decision__proposer=viewer.employee)
    proposed = proposed.select_related("decision__employee").order_by("pk")
    return {
        "decisions": [_about(one) for one in everything_about(viewer.employee)],
        "proposals written": [
            {
                "decision": one.decision_id,
                "about": one.decision.employee.name,
                "kind": one.decision.get_kind_display(),
                "version": one.number,
                "grounds": one.grounds,
            }
            for one in proposed
        ],
        "awards": [
            {"amount": str(one.amount), "currency": one.currency, "on": one.on.isoformat()}
            for one in awards
        ],
    }


def _about(proposal: Proposal) -> dict[str, Any]:
    decision = proposal.decision
    return {
        "decision": decision.pk,
        "kind": decision.get_kind_display(),
        "stage": decision.get_stage_display(),
        "version": proposal.number,
        "proposed by": decision.proposer.name,
        "grounds": proposal.grounds,
        "on": proposal.on.isoformat(),
        "position": proposal.position.title if proposal.position else None,
        "manager": proposal.manager.name if proposal.manager else None,
        "amount": None if proposal.amount is None else str(proposal.amount),
        "currency": proposal.currency,
        "evidence": [f"{one.label}: {one.sentence}" for one in proposal.evidence.all()],
        "checks": [_check(one) for one in proposal.checks.all()],
        **_said(proposal),
    }


def _check(one: Check) -> dict[str, str]:
    return {
        "check": str(NAMES[one.code]),
        "outcome": str(one.get_outcome_display()),
        "found": sentence_of_finding(one.code, one.finding, one.numbers),
    }


def _said(proposal: Proposal) -> dict[str, Any]:
    """Each act on the version and on the decision, as the page shows them; None of what was not."""
    decision = proposal.decision
    return {
        "checked": _act(proposal, "checking", "by", "words"),
        "passed on": _act(proposal, "passing", "by", "until_on"),
        "reply": _act(proposal, "reply", "stance", "words", "salt"),
        "verdict": _act(proposal, "verdict", "outcome", "by", "reason", "salt"),
        "withdrawn": _act(decision, "withdrawal", "by", "reason", "salt"),
        "carried out": _act(decision, "execution", "on_behalf_of"),
        "hindered": [{"at": str(one.at), "why": str(one)} for one in decision.hindrances.all()],
    }


def _act(of: Proposal | Decision, act: str, *names: str) -> dict[str, str] | None:
    done = getattr(of, act, None)
    return done and {name.replace("_", " "): _text(done, name) for name in (*names, "at")}


def _text(act: Any, name: str) -> str:
    """A fact of an act: a name, a label or a text."""
    display = getattr(act, f"get_{name}_display", None)
    value = display() if display else getattr(act, name)
    return value.name if isinstance(value, Employee) else str(value)
