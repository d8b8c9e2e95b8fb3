"""Evidence: what may be picked, and whether what was picked still verifies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.text import capfirst

from sightline.decisions import sources
from sightline.decisions.events import DecisionApproved, DecisionPassed, DecisionProposed
from sightline.decisions.models import Evidence, Proposal
from sightline.decisions.rules import dossier
from sightline.foundation.ledger.models import Record
from sightline.foundation.ledger.queries import (
    Entry,
    entries,
    entry_of,
    inclusion_proof,
    latest_head,
    older_than,
    public_key,
    receipt,
)
from sightline.people.models import Employee
from sightline.people.queries.files import names_of_refs
from sightline.people.viewer import Viewer

MOST = 400
"""How many records are looked through, the newest; of a span of days it is all."""


@dataclass(frozen=True, slots=True)
class Pickable:
    """A record that may be picked, as the picker shows it."""

    told: sources.Told | None

    entry: Entry
    record: Record
    source: sources.Source
    sentence: str
    happened_on: date
    by: str
    leaf: int | None


def pickable(
    viewer: Viewer,
    employee: Employee,
    *,
    kind: str = "",
    since: date | None = None,
    until: date | None = None,
    only: Iterable[int] | None = None,
) -> list[Pickable]:
    """Records about a person that the viewer may see, newest first; `until` is included."""
    chosen = [one for one in sources.SOURCES if kind in ("", one.key)]
    wanted = [name for source in chosen for name in source.kinds]
    found = Record.objects.filter(subject=employee.ref, kind__in=wanted)
    if only is not None:
        found = found.filter(pk__in=list(only))
    newest_first = older_than(found, None)
    rows = entries(newest_first if since or until else newest_first[:MOST])
    names = names_of_refs({row.record.actor for row in rows})
    shown = []
    for source in chosen:
        mine = _of_source(rows, source)
        seen = source.look(viewer, employee, mine) if mine else {}
        for entry in mine:
            if entry.record.pk in seen and not (entry.is_erased or entry.is_altered):
                by = names.get(entry.record.actor, "")
                shown.append(_shown(entry, source, by, seen[entry.record.pk]))
    within = [one for one in shown if _within(one.happened_on, since, until)]
    return sorted(within, key=lambda one: (one.happened_on, one.record.pk), reverse=True)


def _of_source(rows: list[Entry], source: sources.Source) -> list[Entry]:
    return [row for row in rows if row.record.kind in source.kinds]


def _shown(entry: Entry, source: sources.Source, by: str, told: sources.Told | None) -> Pickable:
    return Pickable(
        told=told,
        entry=entry,
        record=entry.record,
        source=source,
        sentence=entry.sentence,
        happened_on=happened_on(entry),
        by=by,
        leaf=entry.position,
    )


def read_by(viewer: Viewer, employee: Employee, found: Iterable[Pickable]) -> set[int]:
    """Of records about a person, as `pickable` gives them, those that another reader may see."""
    rows, seen = list(found), set[int]()
    for source in sources.SOURCES:
        if mine := [one.entry for one in rows if one.source is source]:
            seen |= source.look(viewer, employee, mine).keys()
    return seen


def happened_on(entry: Entry) -> date:
    """The day that an event names as its own, else the day on which it was recorded."""
    told: Any = getattr(entry.event, "on", None) or getattr(entry.event, "closed_on", None)
    try:
        return told if isinstance(told, date) else date.fromisoformat(str(told)[:10])
    except ValueError:
        return entry.record.at.date()


def _within(day: date, since: date | None, until: date | None) -> bool:
    return (since is None or day >= since) and (until is None or day <= until)


@dataclass(frozen=True, slots=True)
class Verified:
    """A picked record, and whether the ledger still says what it said when it was picked."""

    evidence: Evidence
    source_label: Any
    short_hash: str
    leaf: int | None
    is_whole: bool


def verified(rows: Iterable[Evidence]) -> list[Verified]:
    """Each picked record with its standing in the log; rows as `picked_for` gives them."""
    return [_verified(one, _leaf_of(one.record)) for one in rows]


def _leaf_of(row: Record) -> int | None:
    return row.leaf.position if hasattr(row, "leaf") else None


def _verified(evidence: Evidence, leaf: int | None) -> Verified:
    same = bytes(evidence.commitment) == bytes(evidence.record.commitment)
    in_place = evidence.leaf is None or evidence.leaf == leaf
    return Verified(
        evidence=evidence,
        source_label=sources.label_of(evidence.kind),
        short_hash=dossier.shortened(bytes(evidence.commitment).hex()),
        leaf=leaf,
        is_whole=same and in_place,
    )


def evidence_of(proposal: Proposal, evidence_id: int) -> Evidence | None:
    """One picked record of a version."""
    rows = Evidence.objects.filter(proposal=proposal, pk=evidence_id)
    return rows.select_related("record").first()


def picked_for(proposal: Proposal) -> list[Evidence]:
    """What a version rests on, with the records opened, in one query."""
    rows = Evidence.objects.filter(proposal=proposal).order_by("place", "pk")
    return list(rows.select_related("record__payload__key", "record__leaf"))


def told_of(viewer: Viewer, employee: Employee, rows: list[Evidence]) -> dict[int, sources.Told]:
    """What picked records say to a reader, by their number, in his language.

    As much as the app that recorded it lets him know; else the ledger's own sentence, and of what
    was erased since, the one that was kept when it was picked.
    """
    found = [entry_of(one.record, position=_leaf_of(one.record)) for one in rows]
    kept = {one.record_id: one.sentence for one in rows}
    told = {
        entry.record.pk: sources.Told(
            capfirst(kept[entry.record.pk] if entry.is_erased else entry.sentence),
            is_hidden=not entry.is_erased,
        )
        for entry in found
    }
    for source in sources.SOURCES:
        if mine := _of_source(found, source):
            seen = source.look(viewer, employee, mine)
            for number, more in seen.items():
                told[number] = more or replace(told[number], is_hidden=False)
    return told


def content_of(proposal: Proposal, rows: Iterable[Evidence]) -> dict[str, Any]:
    """All that a version says and rests on, as plain JSON: what its digest is taken of."""
    decision = proposal.decision
    return {
        "decision": decision.pk,
        "kind": decision.kind,
        "version": proposal.number,
        "person": decision.employee.ref,
        "proposer": decision.proposer.ref,
        "grounds": proposal.grounds,
        "on": proposal.on.isoformat(),
        "position": proposal.position_id,
        "manager": proposal.manager_id,
        "amount": None if proposal.amount is None else f"{proposal.amount:.2f}",
        "currency": proposal.currency,
        "evidence": [
            {"record": one.record_id, "commitment": bytes(one.commitment).hex()} for one in rows
        ],
    }


def digest_of(proposal: Proposal, rows: Iterable[Evidence] | None = None) -> str:
    """The digest of a version; `rows` is its evidence in order, where it was read already."""
    read = Evidence.objects.filter(proposal=proposal).order_by("place", "pk")
    return dossier.digest(content_of(proposal, read if rows is None else rows))


def proof_of(proposal: Proposal, one: Evidence) -> dict[str, Any]:
    """What shows that a picked record is in the log, for a reader without Sightline."""
    return {
        "decision": proposal.decision_id,
        "version": proposal.number,
        "digest": digest_of(proposal),
        "label": one.label,
        "public_key": public_key(),
        **inclusion_proof(one.record),
    }


SEALED = (DecisionProposed, DecisionPassed, DecisionApproved)
"""The events that hold the digest of a version."""


def seal_of(proposal: Proposal) -> dict[str, Any]:
    """What shows, without Sightline, that a version is the one that was proposed and approved.

    All that its digest is taken of, and the records that hold the digest, each with its proof.
    """
    content = content_of(proposal, picked_for(proposal))
    return {
        "content": content,
        "digest": dossier.digest(content),
        "public_key": public_key(),
        "records": [receipt(one) for one in _records_with_digest(proposal)],
    }


def _records_with_digest(proposal: Proposal) -> list[Record]:
    """Those about the person, and of what was not about him yet those of who proposed it."""
    decision = proposal.decision
    near = Q(subject=decision.employee.ref) | Q(subject="", actor=decision.proposer.ref)
    rows = Record.objects.filter(near, kind__in=[one.kind() for one in SEALED])
    wanted = (decision.pk, proposal.number)
    return [
        entry.record
        for entry in entries(rows.order_by("pk"))
        if isinstance(entry.event, SEALED)
        and (entry.event.decision_id, entry.event.version) == wanted
    ]


def tree_size() -> int:
    """How many records the newest signed head covers."""
    head = latest_head()
    return head.tree_size if head else 0
