"""What happens in conversations. The ledger knows that and when, never what was said.

HR and auditors read the ledger, so no event here holds a word of a talk, of a note or of feedback,
nor of what kind feedback was or who may read it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _

from sightline.foundation.ui.words import day_kept
from sightline.people.events import AboutEmployee


@dataclass(frozen=True, slots=True)
class SeriesOpened(AboutEmployee):
    personal: ClassVar[frozenset[str]] = frozenset({"partner"})

    series_id: int
    partner: str
    cadence_days: int

    def sentence(self) -> str:
        words = _("talks with %(partner)s are to take place every %(days)s days")
        return words % {"partner": self.partner, "days": self.cadence_days}


@dataclass(frozen=True, slots=True)
class SeriesChanged(AboutEmployee):
    series_id: int
    cadence_days: int

    def sentence(self) -> str:
        return _("a series of talks has another rhythm: every %s days") % self.cadence_days


@dataclass(frozen=True, slots=True)
class SeriesEnded(AboutEmployee):
    series_id: int
    on: str

    def sentence(self) -> str:
        return _("a series of talks ended on %s") % day_kept(self.on)


@dataclass(frozen=True, slots=True)
class MeetingPlanned(AboutEmployee):
    meeting_id: int
    on: str

    def sentence(self) -> str:
        return _("a talk is planned for %s") % day_kept(self.on)


@dataclass(frozen=True, slots=True)
class MeetingMoved(AboutEmployee):
    meeting_id: int
    before: str
    on: str

    def sentence(self) -> str:
        words = _("a talk was moved from %(before)s to %(on)s")
        return words % {"before": day_kept(self.before), "on": day_kept(self.on)}


@dataclass(frozen=True, slots=True)
class MeetingHeld(AboutEmployee):
    meeting_id: int
    on: str

    def sentence(self) -> str:
        return _("a talk took place on %s") % day_kept(self.on)


@dataclass(frozen=True, slots=True)
class MeetingSkipped(AboutEmployee):
    meeting_id: int
    on: str

    def sentence(self) -> str:
        return _("the talk of %s was skipped") % day_kept(self.on)


@dataclass(frozen=True, slots=True)
class PointRaised(AboutEmployee):
    point_id: int

    def sentence(self) -> str:
        return _("a point was put on the agenda of a talk")


@dataclass(frozen=True, slots=True)
class PointSettled(AboutEmployee):
    point_id: int

    def sentence(self) -> str:
        return _("a point on the agenda of a talk was settled")


@dataclass(frozen=True, slots=True)
class PointPutBack(AboutEmployee):
    point_id: int

    def sentence(self) -> str:
        return _("a point was put back on the agenda of a talk")


@dataclass(frozen=True, slots=True)
class ActionPromised(AboutEmployee):
    action_id: int

    def sentence(self) -> str:
        return _("something was promised in a talk")


@dataclass(frozen=True, slots=True)
class ActionCompleted(AboutEmployee):
    action_id: int

    def sentence(self) -> str:
        return _("something promised in a talk was done")


@dataclass(frozen=True, slots=True)
class FeedbackGiven(AboutEmployee):
    feedback_id: int
    on: str

    def sentence(self) -> str:
        return _("feedback was given")


@dataclass(frozen=True, slots=True)
class FeedbackRevised(AboutEmployee):
    feedback_id: int
    version: int

    def sentence(self) -> str:
        return _("feedback was put in other words; this is version %d") % self.version


@dataclass(frozen=True, slots=True)
class FeedbackSeen(AboutEmployee):
    feedback_id: int
    version: int

    def sentence(self) -> str:
        return _("version %d of feedback was read") % self.version


@dataclass(frozen=True, slots=True)
class FeedbackAsked(AboutEmployee):
    request_id: int
    on: str

    def sentence(self) -> str:
        return _("feedback was asked for")


@dataclass(frozen=True, slots=True)
class FeedbackDeclined(AboutEmployee):
    request_id: int

    def sentence(self) -> str:
        return _("a request for feedback was declined")
