"""What happens to goals. Sentences stand without the actor and without the words of the goal.

Who audits the ledger reads that a goal was agreed, and not what it says: the words are in fields
that are sealed under the key of the person they are about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sightline.foundation.ledger.events import Event
from sightline.foundation.ui.words import day_kept


@dataclass(frozen=True, slots=True)
class AboutPeriod(Event):
    """Something that happened to a period."""

    period_id: int
    name: str

    def sentence(self) -> str:
        return _("changed the period %s") % self.name


@dataclass(frozen=True, slots=True)
class PeriodOpened(AboutPeriod):
    from_on: str
    until_on: str
    cadence_days: int
    standing_percent: int
    asked_from: str = ""
    agree_by_on: str = ""

    def sentence(self) -> str:
        return _("opened the period %s") % self.name


@dataclass(frozen=True, slots=True)
class PeriodChanged(AboutPeriod):
    cadence_days: int
    standing_percent: int
    asked_from: str = ""
    """From which day on it asks whom work serves; "" when it does not ask."""
    agree_by_on: str = ""
    agree_by_before: str = ""

    def sentence(self) -> str:
        if self.agree_by_on == self.agree_by_before:
            return _("changed the period %s") % self.name
        if not self.agree_by_on:
            return _("took the day by which goals of %s are agreed away") % self.name
        told = {"period": self.name, "day": day_kept(self.agree_by_on)}
        return _("changed the period %(period)s: its goals are to be agreed by %(day)s") % told


@dataclass(frozen=True, slots=True)
class PeriodClosed(AboutPeriod):
    def sentence(self) -> str:
        return _("closed the period %s") % self.name


@dataclass(frozen=True, slots=True)
class PeriodReopened(AboutPeriod):
    def sentence(self) -> str:
        return _("opened the period %s again") % self.name


@dataclass(frozen=True, slots=True)
class SightAnswered(Event):
    """Somebody said which objectives the work serves, or skipped that with a word."""

    subject_alone: ClassVar[bool] = True
    personal: ClassVar[frozenset[str]] = frozenset({"shares", "none_percent", "skipped_because"})

    period_id: int
    name: str
    subject_ref: str
    shares: dict[str, str]
    """By the title of an objective the share of work that serves it, in percent."""
    none_percent: int
    skipped_because: str

    @property
    def subject(self) -> str:
        return self.subject_ref

    def sentence(self) -> str:
        return _("answered the question of %s about the line of sight") % self.name


@dataclass(frozen=True, slots=True)
class AboutGoal(Event):
    """Something that happened to a goal; about its owner, or who speaks for the unit owning it."""

    goal_id: int
    subject_ref: str

    @property
    def subject(self) -> str:
        return self.subject_ref

    def sentence(self) -> str:
        return _("goal %d changed") % self.goal_id


@dataclass(frozen=True, slots=True)
class GoalDrafted(AboutGoal):
    """About its author: nobody else knows of a draft."""

    def sentence(self) -> str:
        return _("drafted goal %d") % self.goal_id


@dataclass(frozen=True, slots=True)
class DraftRewritten(AboutGoal):
    def sentence(self) -> str:
        return _("rewrote the draft of goal %d") % self.goal_id


@dataclass(frozen=True, slots=True)
class DraftRemoved(AboutGoal):
    def sentence(self) -> str:
        return _("removed the draft of goal %d") % self.goal_id


@dataclass(frozen=True, slots=True)
class GoalProposed(AboutGoal):
    personal: ClassVar[frozenset[str]] = frozenset({"text", "reason"})

    number: int
    side: str
    text: dict[str, str]
    reason: str

    def sentence(self) -> str:
        words = _("proposed revision %(number)d of goal %(goal)d")
        return words % {"number": self.number, "goal": self.goal_id}


@dataclass(frozen=True, slots=True)
class GoalAgreed(AboutGoal):
    personal: ClassVar[frozenset[str]] = frozenset({"words"})

    number: int
    side: str
    words: str = ""

    def sentence(self) -> str:
        words = _("accepted revision %(number)d of goal %(goal)d; it is agreed")
        return words % {"number": self.number, "goal": self.goal_id}


@dataclass(frozen=True, slots=True)
class GoalAccepted(AboutGoal):
    """One side accepted what came from neither; the other has not yet."""

    personal: ClassVar[frozenset[str]] = frozenset({"words"})

    number: int
    side: str
    words: str = ""

    def sentence(self) -> str:
        words = _("accepted revision %(number)d of goal %(goal)d; the other side has not yet")
        return words % {"number": self.number, "goal": self.goal_id}


@dataclass(frozen=True, slots=True)
class SideTakenOver(AboutGoal):
    """Somebody else speaks for a side; what the one before had accepted has lapsed, if anything."""

    side: str
    was_ref: str
    to_ref: str
    has_lapsed: bool

    def sentence(self) -> str:
        if self.has_lapsed:
            words = _("gave a side of goal %d to somebody else; what was accepted there lapsed")
        else:
            words = _("gave a side of goal %d to somebody else")
        return words % self.goal_id


@dataclass(frozen=True, slots=True)
class ProposalEnded(AboutGoal):
    """Whose goal it was has left; what was agreed before holds, if anything was."""

    was_agreed: bool

    def sentence(self) -> str:
        if self.was_agreed:
            words = _("ended the proposed change of goal %d: whose goal it is has left")
        else:
            words = _("ended the proposal of goal %d: whose goal it was has left")
        return words % self.goal_id


@dataclass(frozen=True, slots=True)
class MediationAsked(AboutGoal):
    """One side asks somebody above both to mediate."""

    personal: ClassVar[frozenset[str]] = frozenset({"words"})

    side: str
    mediator_ref: str
    words: str

    def sentence(self) -> str:
        return (
            _("asked somebody to mediate on goal %d, on which the two cannot agree") % self.goal_id
        )


@dataclass(frozen=True, slots=True)
class Recommended(AboutGoal):
    """Who was asked to mediate recommends something; with a revision, if `number` is not 0."""

    personal: ClassVar[frozenset[str]] = frozenset({"words"})

    number: int
    words: str

    def sentence(self) -> str:
        if not self.number:
            return _("recommended something to the two who agree on goal %d") % self.goal_id
        words = _("put revision %(number)d between the two who agree on goal %(goal)d")
        return words % {"number": self.number, "goal": self.goal_id}


@dataclass(frozen=True, slots=True)
class GoalImportUndone(AboutGoal):
    import_id: int

    def sentence(self) -> str:
        words = _("took back goal %(goal)d, which import %(file)d had brought")
        return words % {"goal": self.goal_id, "file": self.import_id}


@dataclass(frozen=True, slots=True)
class VisibilitySet(AboutGoal):
    before: str
    after: str

    def sentence(self) -> str:
        words = _("opened goal %(goal)d to other eyes than before: %(after)s")
        return words % {"goal": self.goal_id, "after": self.after}


@dataclass(frozen=True, slots=True)
class AboutContribution(AboutGoal):
    """Something that happened to what a goal serves: `parent:7`, `objective:` and its words."""

    serves: str

    @property
    def served(self) -> str:
        """What is served, in words of who reads it."""
        kind, _colon, said = self.serves.partition(":")
        if kind == "parent":
            return _("goal %s") % said
        if kind == "objective":
            return _("the objective “%s”") % said
        return _("a responsibility of the post") if kind == "responsibility" else self.serves


@dataclass(frozen=True, slots=True)
class ContributionSet(AboutContribution):
    share_percent: str

    def sentence(self) -> str:
        words = _("set that goal %(goal)d serves %(serves)s with %(share)s%%")
        return words % {
            "goal": self.goal_id,
            "serves": self.served,
            "share": self.share_percent,
        }


@dataclass(frozen=True, slots=True)
class ContributionRemoved(AboutContribution):
    def sentence(self) -> str:
        words = _("took back that goal %(goal)d serves %(serves)s")
        return words % {"goal": self.goal_id, "serves": self.served}


@dataclass(frozen=True, slots=True)
class ContributionConfirmed(AboutContribution):
    version: int

    def sentence(self) -> str:
        words = _("confirmed that goal %(goal)d still serves %(serves)s")
        return words % {"goal": self.goal_id, "serves": self.served}


@dataclass(frozen=True, slots=True)
class GoalsFollowed(Event):
    """Goals went over to the same objectives in the next version of the strategy."""

    strategy_id: int
    name: str
    goals: int

    def sentence(self) -> str:
        words = ngettext(
            "let %(count)s goal follow its objective into %(name)s",
            "let %(count)s goals follow their objectives into %(name)s",
            self.goals,
        )
        return words % {"count": str(self.goals), "name": self.name}


@dataclass(frozen=True, slots=True)
class CheckedIn(AboutGoal):
    personal: ClassVar[frozenset[str]] = frozenset({"note", "value", "confidence", "ticked"})

    check_in_id: int
    on: str
    value: str
    confidence: str
    note: str
    ticked: str = ""
    """Milestones that were ticked, or are not done after all."""

    def sentence(self) -> str:
        return _("checked in on goal %d") % self.goal_id


@dataclass(frozen=True, slots=True)
class AboutHelp(AboutGoal):
    """Something that happened to a request for help; about the one of the two who is told."""

    request_id: int


@dataclass(frozen=True, slots=True)
class HelpAsked(AboutHelp):
    def sentence(self) -> str:
        return _("asked for help with goal %d") % self.goal_id


@dataclass(frozen=True, slots=True)
class HelpAnswered(AboutHelp):
    answer: str

    def sentence(self) -> str:
        words = {
            "promised": _("promised help with goal %d"),
            "declined": _("could not help with goal %d"),
        }
        return words.get(self.answer, _("said that help with goal %d is done")) % self.goal_id


@dataclass(frozen=True, slots=True)
class HelpWithdrawn(AboutHelp):
    def sentence(self) -> str:
        return _("needed no more help with goal %d") % self.goal_id


@dataclass(frozen=True, slots=True)
class HelpLapsed(AboutHelp):
    """It ended by itself: the goal was closed, or one of the two left."""

    cause: str

    def sentence(self) -> str:
        return _("a request for help with goal %d ended") % self.goal_id


@dataclass(frozen=True, slots=True)
class StatusDisputed(AboutGoal):
    personal: ClassVar[frozenset[str]] = frozenset({"words"})

    status: str
    words: str

    def sentence(self) -> str:
        return _("disagreed with the status of goal %d") % self.goal_id


@dataclass(frozen=True, slots=True)
class GoalClosed(AboutGoal):
    personal: ClassVar[frozenset[str]] = frozenset({"words"})

    outcome: str
    done_percent: str
    words: str

    def sentence(self) -> str:
        told = {"goal": self.goal_id, "outcome": self.outcome}
        return _("closed goal %(goal)d: %(outcome)s") % told


@dataclass(frozen=True, slots=True)
class GoalCarriedOver(AboutGoal):
    new_goal_id: int
    period: str

    def sentence(self) -> str:
        told = {"goal": self.goal_id, "period": self.period}
        return _("carried goal %(goal)d over to %(period)s") % told


@dataclass(frozen=True, slots=True)
class GoalBrought(AboutGoal):
    """A goal from elsewhere, with all that became of it there."""

    personal: ClassVar[frozenset[str]] = frozenset({"title"})

    title: str
    revisions: int
    check_ins: int
    outcome: str

    def sentence(self) -> str:
        words = _("brought goal %(goal)d with %(count)d check-ins")
        return words % {"goal": self.goal_id, "count": self.check_ins}
