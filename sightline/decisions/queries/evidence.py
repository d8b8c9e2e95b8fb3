"""Evidence: what may be picked, and whether what was picked still verifies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sightline.decisions import sources
from sightline.decisions.models import Evidence, Proposal
from sightline.decisions.rules import dossier
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.models import Leaf, Record
from sightline.foundation.ledger.queries import (
    Entry,
    entries,
    inclusion_proof,
    latest_head,
    older_than,
    public_key,
)
from sightline.people.models import Employee
from sightline.people.queries.files import names_of_refs
from sightline.people.viewer import Viewer

MOST = 400
"""How many records are looked through at once, the newest; a span of days brings the others."""


@dataclass(frozen=True, slots=True)
class Pickable:
    """A record that may be picked, as the picker shows it."""

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
    rows = entries(older_than(found, None)[:MOST])
    names = names_of_refs({row.record.actor for row in rows})
    shown = [
        _shown(entry, source, names.get(entry.record.actor, ""))
        for source in chosen
        for entry in source.seen(viewer, employee, _of_source(rows, source))
        if not entry.is_erased
    ]
    within = [one for one in shown if _within(one.happened_on, since, until)]
    return sorted(within, key=lambda one: (one.happened_on, one.record.pk), reverse=True)


def _of_source(rows: list[Entry], source: sources.Source) -> list[Entry]:
    return [row for row in rows if row.record.kind in source.kinds]


def _shown(entry: Entry, source: sources.Source, by: str) -> Pickable:
    return Pickable(
        record=entry.record,
        source=source,
        sentence=entry.sentence,
        happened_on=happened_on(entry),
        by=by,
        leaf=entry.position,
    )


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

    @property
    def in_log(self) -> bool:
        """Whether the record has its place in the log."""
        return self.leaf is not None


def verified(rows: Iterable[Evidence]) -> list[Verified]:
    """Each picked record with its standing in the log, in one query however many."""
    listed = list(rows)
    placed = dict(
        Leaf.objects.filter(record__in=[one.record_id for one in listed]).values_list(
            "record_id", "position"
        )
    )
    return [_verified(one, placed.get(one.record_id)) for one in listed]


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
    return Evidence.objects.filter(proposal=proposal, pk=evidence_id).first()


def told_of(viewer: Viewer, employee: Employee, rows: list[Evidence]) -> dict[int, sources.Told]:
    """What the reader may know of picked records, by their number, each asked of its own app."""
    wanted = [one.record_id for one in rows if one.kind in sources.BY_KEY]
    found = entries(Record.objects.filter(pk__in=wanted))
    return _told(viewer, employee, found)


def told_to(viewer: Viewer, employee: Employee, rows: list[Pickable]) -> list[dict[str, Any]]:
    """Records to pick from, each with what the viewer may know of it."""
    found = entries(Record.objects.filter(pk__in=[one.record.pk for one in rows]))
    told = _told(viewer, employee, found)
    return [{"one": one, "told": told.get(one.record.pk)} for one in rows]


def _told(viewer: Viewer, employee: Employee, found: list[Entry]) -> dict[int, sources.Told]:
    told: dict[int, sources.Told] = {}
    for source in sources.SOURCES:
        if mine := _of_source(found, source):
            told |= source.told(viewer, employee, source.seen(viewer, employee, mine))
    return told


def content_of(proposal: Proposal) -> dict[str, Any]:
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
            {"record": one.record_id, "commitment": bytes(one.commitment).hex()}
            for one in Evidence.objects.filter(proposal=proposal).order_by("place", "pk")
        ],
    }


def digest_of(proposal: Proposal) -> str:
    """The digest of a version."""
    return dossier.digest(content_of(proposal))


def proofs_of(rows: Iterable[Evidence]) -> dict[str, Any]:
    """What shows that the evidence is in the log, for a reader without Sightline."""
    proofs = []
    for one in rows:
        try:
            proofs.append({"label": one.label, **inclusion_proof(one.record)})
        except Refused:  # recorded within the last seconds
            proofs.append({"label": one.label, "leaf": None})
    return {"public_key": public_key(), "evidence": proofs}


def tree_size() -> int:
    """How many records the newest signed head covers."""
    head = latest_head()
    return head.tree_size if head else 0
