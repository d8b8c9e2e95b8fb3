"""What a decision's pages show, put together for one reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from sightline.decisions.models import Check, Decision, Evidence, Proposal
from sightline.decisions.queries import evidence
from sightline.decisions.rules import checks as rules
from sightline.decisions.rules import kinds, stages
from sightline.decisions.wording import (
    AMOUNTS,
    NAMES,
    sentence_of_finding,
    sentence_without_amounts,
)
from sightline.foundation.ui import words
from sightline.people.viewer import Viewer

ICONS = {rules.PASSES: "check", rules.WARNS: "triangle-alert", rules.BLOCKS: "octagon-x"}
TONES = {rules.PASSES: "good", rules.WARNS: "warn", rules.BLOCKS: "bad"}


@dataclass(frozen=True, slots=True)
class CheckShown:
    """A check as it is read: what it is about, what was found, and how it weighs."""

    name: str | Promise
    sentence: str
    icon: str
    tone: str
    word: str


def checks_shown(found: Iterable[Check | rules.Finding], *, reads_pay: bool) -> list[CheckShown]:
    """Checks in sentences; those about amounts without them, for who may not read pay."""
    return [_check_shown(one, reads_pay) for one in found]


def _check_shown(one: Check | rules.Finding, reads_pay: bool) -> CheckShown:
    if one.code in AMOUNTS and not reads_pay:
        sentence = sentence_without_amounts(one.code, one.outcome)
    else:
        sentence = sentence_of_finding(one.code, one.finding, one.numbers)
    return CheckShown(
        name=NAMES[one.code],
        sentence=sentence,
        icon=ICONS[one.outcome],
        tone=TONES[one.outcome],
        word=str(Check.Outcome(one.outcome).label),
    )


@dataclass(frozen=True, slots=True)
class EvidenceShown:
    """A picked record as one reader may know it."""

    row: Evidence
    title: str
    text: str
    href: str
    source: str | Promise
    short_hash: str
    leaf: int | None
    is_whole: bool
    is_hidden: bool
    """Whether the reader may not read what it says."""


def evidence_shown(
    viewer: Viewer, decision: Decision, rows: Iterable[Evidence]
) -> list[EvidenceShown]:
    """The evidence of a version: what the ledger says, and more where the reader may see it."""
    listed = evidence.verified(rows)
    told = evidence.told_of(viewer, decision.employee, [one.evidence for one in listed])
    shown = []
    for one in listed:
        said = told[one.evidence.record_id]
        shown.append(
            EvidenceShown(
                row=one.evidence,
                title=said.title,
                text=_("You may not read what it says.") if said.is_hidden else said.text,
                href=said.href,
                source=one.source_label,
                short_hash=one.short_hash,
                leaf=one.leaf,
                is_whole=one.is_whole,
                is_hidden=said.is_hidden,
            )
        )
    return shown


def unread_words(records: Iterable[int], read: Sequence[Set[int]]) -> dict[int, str]:
    """What to know before picking a record: that some, or all, of those who may approve cannot
    read it. `read` is what each of them sees."""
    said = {}
    for number in records:
        readers = sum(number in one for one in read)
        if readers < len(read):
            said[number] = (
                _("not read by all who may approve")
                if readers
                else _("not read by those who may approve")
            )
    return said


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """One line of what changes."""

    term: str
    text: str
    note: str = ""


def changes_shown(proposal: Any, *, reads_pay: bool) -> list[ChangeShown]:
    """What a version changes, as `proposal_seen_by` gives it; amounts for those who read pay."""
    gives = proposal.decision.kind in kinds.GIVES_AWARD
    shown = []
    if proposal.position:
        was = _before(proposal, proposal.post_before) if proposal.post_before else ""
        told = f"{proposal.position.title}, {proposal.position.unit.name}"
        shown.append(ChangeShown(_("Post"), told, was))
        if proposal.manager:
            shown.append(ChangeShown(_("Reports to"), proposal.manager.name))
    term = _("Paid on") if gives else _("From")
    shown.append(ChangeShown(term, words.day(proposal.on, "long")))
    if proposal.amount is not None:
        term = _("Bonus") if gives else _("Pay")
        shown.append(_amount_shown(term, proposal, gives=gives, reads_pay=reads_pay))
    return shown


def _amount_shown(term: str, proposal: Any, *, gives: bool, reads_pay: bool) -> ChangeShown:
    if not reads_pay:
        return ChangeShown(term, _("read by those who read pay"))
    amount = money(proposal.amount, proposal.currency)
    if gives:
        return ChangeShown(term, amount, _("once"))
    before = proposal.pay_before
    was = _before(proposal, money(before, proposal.pay_before_currency)) if before else ""
    return ChangeShown(term, amount, was)


def _before(proposal: Proposal, what: str) -> str:
    """What held before the day of the change; of a decision that has ended it may hold no more."""
    words = _("before: %s") if proposal.decision.stage in stages.ENDED else _("now %s")
    return words % what


def money(amount: Any, currency: str) -> str:
    """An amount as people write it."""
    whole = amount == amount.to_integral_value()
    return f"{words.number(amount, 0 if whole else 2)} {currency}"


def course_shown(decision: Decision, proposal: Proposal) -> tuple[list[dict[str, str]], int]:
    """The steps of the course with who did each and when; the number of the present one."""
    notes = {
        stages.DRAFT: decision.proposer.name,
        stages.PROPOSED: _when(proposal.sent_at),
        stages.CHECKED: _by(proposal, "checking"),
        stages.REPLY: _when(proposal.passing.at) if hasattr(proposal, "passing") else "",
        stages.APPROVED: _by(proposal, "verdict") if _is_approved(proposal) else "",
        stages.CARRIED_OUT: _carried_out(decision, proposal),
    }
    steps = [
        {"label": str(Decision.Stage(stage).label), "note": notes[stage]} for stage in stages.COURSE
    ]
    done = stages.steps_done(decision.stage, _furthest(proposal))
    if decision.stage in stages.COURSE:
        return steps, done
    stopped = {
        "label": str(Decision.Stage(decision.stage).label),
        "note": _when(decision.changed_at),
    }
    return [*steps[:done], stopped], done + 1


def _furthest(proposal: Proposal) -> str:
    if _is_approved(proposal):
        return stages.APPROVED
    if hasattr(proposal, "passing"):
        return stages.REPLY
    if hasattr(proposal, "checking"):
        return stages.CHECKED
    return stages.PROPOSED if proposal.sent_at else stages.DRAFT


def _is_approved(proposal: Proposal) -> bool:
    verdict = getattr(proposal, "verdict", None)
    return verdict is not None and verdict.outcome == "approved"


def _by(proposal: Proposal, act: str) -> str:
    done = getattr(proposal, act, None)
    if done is None:
        return ""
    return f"{done.by.name}, {_when(done.at)}"


def _carried_out(decision: Decision, proposal: Proposal) -> str:
    day = _when(proposal.on)
    return day if decision.stage == stages.CARRIED_OUT else _("planned for %s") % day


def _when(at: Any) -> str:
    """A day that no line breaks."""
    return words.day(at, "short").replace(" ", "\u00a0") if at else ""


def stage_tone(stage: str) -> str:
    """How a stage looks beside its word."""
    if stage in (stages.CARRIED_OUT, stages.APPROVED):
        return "good"
    if stage == stages.SENT_BACK:
        return "warn"
    if stage in (stages.REJECTED, stages.WITHDRAWN):
        return "bad" if stage == stages.REJECTED else "plain"
    return "plain" if stage == stages.DRAFT else "info"


def readers_sentence(proposal: Proposal) -> str:
    """Who reads this version."""
    if not hasattr(proposal, "passing"):
        return _(
            "Read by who proposed it, the managers above and HR of the unit; "
            "by the person as soon as it is passed on."
        )
    return _("Read by the person, the proposer, the managers above and HR of the unit.")
