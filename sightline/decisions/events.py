"""What happens to a decision. The ledger knows that, when and by whom, never what was said.

Auditors read the ledger and the person reads all records about himself, so no event holds grounds,
a reply or an amount, and none is about the person before the proposal was passed to him: `about`
is empty until then. `digest` binds a record to the full text of a version; see rules/dossier.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sightline.foundation.ledger.events import Event
from sightline.foundation.ui.words import day_kept


@dataclass(frozen=True, slots=True)
class AboutDecision(Event):
    """Something that was done about a decision."""

    decision_id: int
    version: int
    about: str = ""

    @property
    def subject(self) -> str:
        return self.about

    def sentence(self) -> str:
        return _("something was done about decision %d") % self.decision_id


@dataclass(frozen=True, slots=True)
class DecisionBegun(AboutDecision):
    def sentence(self) -> str:
        return _("decision %d was begun") % self.decision_id


@dataclass(frozen=True, slots=True)
class ProposalWritten(AboutDecision):
    def sentence(self) -> str:
        words = _("version %(version)d of decision %(number)d was written")
        return words % {"version": self.version, "number": self.decision_id}


@dataclass(frozen=True, slots=True)
class EvidencePicked(AboutDecision):
    records: tuple[int, ...] = ()

    def sentence(self) -> str:
        count = len(self.records)
        words = ngettext(
            "%(count)d record was picked as evidence for decision %(number)d",
            "%(count)d records were picked as evidence for decision %(number)d",
            count,
        )
        return words % {"count": count, "number": self.decision_id}


@dataclass(frozen=True, slots=True)
class EvidenceDropped(AboutDecision):
    records: tuple[int, ...] = ()

    def sentence(self) -> str:
        words = _("a record was taken from the evidence for decision %d")
        return words % self.decision_id


@dataclass(frozen=True, slots=True)
class DecisionProposed(AboutDecision):
    digest: str = ""
    policy_version: int = 0

    def sentence(self) -> str:
        words = _("version %(version)d of decision %(number)d was proposed")
        return words % {"version": self.version, "number": self.decision_id}


@dataclass(frozen=True, slots=True)
class DecisionChecked(AboutDecision):
    outcomes: tuple[str, ...] = ()

    def sentence(self) -> str:
        return _("HR confirmed the checks of decision %d") % self.decision_id


@dataclass(frozen=True, slots=True)
class DecisionPassed(AboutDecision):
    digest: str = ""
    until_on: str = ""

    def sentence(self) -> str:
        words = _("decision %(number)d was passed to the person, to reply before %(day)s")
        return words % {"number": self.decision_id, "day": day_kept(self.until_on)}


@dataclass(frozen=True, slots=True)
class DecisionReplied(AboutDecision):
    digest: str = ""

    def sentence(self) -> str:
        return _("the person replied to decision %d") % self.decision_id


@dataclass(frozen=True, slots=True)
class EvidenceOpened(AboutDecision):
    def sentence(self) -> str:
        return _("the evidence of decision %d was opened") % self.decision_id


@dataclass(frozen=True, slots=True)
class DecisionApproved(AboutDecision):
    digest: str = ""
    due_on: str = ""

    def sentence(self) -> str:
        words = _("decision %(number)d was approved, to be carried out on %(day)s")
        return words % {"number": self.decision_id, "day": day_kept(self.due_on)}


@dataclass(frozen=True, slots=True)
class DecisionSentBack(AboutDecision):
    digest: str = ""

    def sentence(self) -> str:
        return _("decision %d was sent back") % self.decision_id


@dataclass(frozen=True, slots=True)
class DecisionRejected(AboutDecision):
    digest: str = ""

    def sentence(self) -> str:
        return _("decision %d was rejected") % self.decision_id


@dataclass(frozen=True, slots=True)
class DecisionWithdrawn(AboutDecision):
    digest: str = ""

    def sentence(self) -> str:
        return _("decision %d was withdrawn") % self.decision_id


@dataclass(frozen=True, slots=True)
class DecisionCarriedOut(AboutDecision):
    on: str = ""

    def sentence(self) -> str:
        words = _("decision %(number)d was carried out as of %(day)s")
        return words % {"number": self.decision_id, "day": day_kept(self.on)}


@dataclass(frozen=True, slots=True)
class DecisionHindered(AboutDecision):
    def sentence(self) -> str:
        return _("decision %d could not be carried out on its day") % self.decision_id


@dataclass(frozen=True, slots=True)
class PolicySet(Event):
    """A policy was put in force."""

    decision_kind: str
    version: int
    on: str
    after: dict[str, str]

    def sentence(self) -> str:
        words = _("version %(version)d of the policy for %(kind)s holds from %(day)s")
        return words % {
            "version": self.version,
            "kind": self.decision_kind,
            "day": day_kept(self.on),
        }
