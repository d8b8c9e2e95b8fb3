"""A few decisions about the cast, each left at another stage; the words stand in `decisions.toml`.

They are taken by the ordinary actions, as of today: whoever signs in finds something to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sightline.decisions.actions import carrying_out, deciding, drafting, proposing
from sightline.decisions.actions.policies import put_policy_in_force
from sightline.decisions.models import Decision
from sightline.decisions.queries.decisions import newest_proposal
from sightline.decisions.queries.evidence import pickable
from sightline.decisions.rules.kinds import Needs
from sightline.foundation.core.dates import today
from sightline.foundation.core.known import known
from sightline.people.models import Employee, Position
from sightline.people.viewer import Viewer, viewer_as
from sightline.site.demo.book import CURRENCY, toml
from sightline.site.demo.calendar import Calendar

EVIDENCE = 6
"""How many records a proposal rests on, the newest that its proposer sees."""

Row = Mapping[str, Any]


def decide(cast: Mapping[str, Employee], calendar: Calendar) -> None:
    """Put the policies of the book in force, and take its decisions, each as far as it says.

    Only in a company of today: nobody proposes for a day that is past, or on what is to come.
    """
    if calendar.today != today():
        return
    book = toml("decisions")
    for row in book["policy"]:
        _rule(cast, row, calendar)
    for row in book["decision"]:
        _take(cast, row, calendar)


def _rule(cast: Mapping[str, Employee], row: Row, calendar: Calendar) -> None:
    names = [name for name in Needs.__slots__ if name in row]
    on = calendar.month(-6)
    put_policy_in_force(
        by=replace(_viewer(cast, "ingrid"), today=on),
        kind=row["kind"],
        needs=Needs(**{name: row[name] for name in names}),
        on=on,
        reason=row["reason"],
    )


def _take(cast: Mapping[str, Employee], row: Row, calendar: Calendar) -> None:
    decision = _drafted(cast, row, calendar)
    if row["ends"] == "draft":
        return
    proposing.propose(by=_viewer(cast, row["by"]), decision=decision)
    hr = _viewer(cast, row.get("checker", "fatima"))
    if row["ends"] == "sent_back":
        deciding.send_back(by=hr, decision=decision, reason=row["verdict"])
        return
    proposing.check_proposal(by=hr, decision=decision, words=row["hr"])
    proposing.pass_to_person(by=hr, decision=decision)
    if "stance" in row:
        deciding.reply_to_proposal(
            by=_viewer(cast, row["about"]),
            decision=decision,
            stance=row["stance"],
            words=row["reply"],
        )
    if "approver" in row:
        _judge(_viewer(cast, row["approver"]), decision, row)


def _drafted(cast: Mapping[str, Employee], row: Row, calendar: Calendar) -> Decision:
    by, employee = _viewer(cast, row["by"]), cast[row["about"]]
    decision = drafting.begin_decision(by=by, employee=employee, kind=row["kind"])
    terms = drafting.Terms(
        grounds=row["grounds"].strip(),
        on=calendar.today + timedelta(days=row.get("days", 0)),
        position=Position.objects.on(calendar.today).filter(code=row.get("post", "")).first(),
        amount=Decimal(row["amount"]),
        currency=CURRENCY,
    )
    drafting.write_proposal(by=by, decision=decision, terms=terms)
    records = [one.record.pk for one in pickable(by, employee)[:EVIDENCE]]
    drafting.pick_evidence(by=by, decision=decision, records=records)
    return decision


def _judge(approver: Viewer, decision: Decision, row: Row) -> None:
    proposal = newest_proposal(decision)
    deciding.open_evidence(by=approver, proposal=proposal)
    act = deciding.reject if row["ends"] == "rejected" else deciding.approve
    act(by=approver, decision=decision, reason=row["verdict"])
    if row["ends"] == "carried_out":
        carrying_out.carry_out_when_due(decision.pk)


def _viewer(cast: Mapping[str, Employee], key: str) -> Viewer:
    return known(viewer_as(cast[key]), "whoever acts in the book works there")
