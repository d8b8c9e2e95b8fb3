"""What happens in reviews. Sentences stand without the actor: "submitted the self review".

What a peer does is recorded of the peer, never names whom it was about, and is read by the peer
alone. What becomes of a rating is read by those who know the outcome (`queries.records`), and its
values stand in no sentence: the ledger is read by auditors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sightline.foundation.ledger.events import Event
from sightline.people.events import AboutEmployee


@dataclass(frozen=True, slots=True)
class TemplateWritten(Event):
    template_id: int
    name: str
    number: int
    note: str

    def sentence(self) -> str:
        words = _("review template %(name)s written, version %(number)d")
        return words % {"name": self.name, "number": self.number}


@dataclass(frozen=True, slots=True)
class CyclePlanned(Event):
    cycle_id: int
    name: str
    template: str
    days: dict[str, str]

    def sentence(self) -> str:
        return _("review cycle %s planned") % self.name


@dataclass(frozen=True, slots=True)
class CycleStageReached(Event):
    """A cycle came into another stage: tried out, opened, calibrated, shared, closed."""

    cycle_id: int
    name: str
    before: str
    after: str

    def sentence(self) -> str:
        words = _("review cycle %(name)s: %(before)s → %(after)s")
        return words % {"name": self.name, "before": self.before, "after": self.after}


@dataclass(frozen=True, slots=True)
class CycleFilled(Event):
    """Everybody of the population has a review."""

    cycle_id: int
    name: str
    reviews: int

    def sentence(self) -> str:
        words = ngettext(
            "review cycle %(name)s: %(reviews)d review made",
            "review cycle %(name)s: %(reviews)d reviews made",
            self.reviews,
        )
        return words % {"name": self.name, "reviews": self.reviews}


@dataclass(frozen=True, slots=True)
class CycleDatesMoved(Event):
    cycle_id: int
    name: str
    before: dict[str, str]
    after: dict[str, str]

    def sentence(self) -> str:
        return _("dates of review cycle %s moved") % self.name


@dataclass(frozen=True, slots=True)
class CalibratorNamed(Event):
    cycle_id: int
    name: str
    calibrator: str
    unit: str

    def sentence(self) -> str:
        words = _("%(calibrator)s named to calibrate %(unit)s in %(name)s")
        return words % {"calibrator": self.calibrator, "unit": self.unit, "name": self.name}


@dataclass(frozen=True, slots=True)
class CalibratorReleased(Event):
    cycle_id: int
    name: str
    calibrator: str
    unit: str

    def sentence(self) -> str:
        words = _("%(calibrator)s no longer calibrates %(unit)s in %(name)s")
        return words % {"calibrator": self.calibrator, "unit": self.unit, "name": self.name}


@dataclass(frozen=True, slots=True)
class RemindersSent(Event):
    cycle_id: int
    name: str
    people: int

    def sentence(self) -> str:
        words = ngettext(
            "%(people)d person reminded of %(name)s",
            "%(people)d people reminded of %(name)s",
            self.people,
        )
        return words % {"people": self.people, "name": self.name}


@dataclass(frozen=True, slots=True)
class AboutReview(AboutEmployee):
    """Something that happened to a person's review."""

    review_id: int
    cycle: str


@dataclass(frozen=True, slots=True)
class ReviewOpened(AboutReview):
    cycle_id: int
    late: bool = False

    def sentence(self) -> str:
        if self.late:
            return _("joined the review %s late") % self.cycle
        return _("review opened: %s") % self.cycle


@dataclass(frozen=True, slots=True)
class RaterChanged(AboutReview):
    before: str
    after: str

    def sentence(self) -> str:
        words = _("review %(cycle)s: written by %(after)s instead of %(before)s")
        return words % {
            "cycle": self.cycle,
            "after": self.after,
            "before": self.before or _("nobody"),
        }


@dataclass(frozen=True, slots=True)
class PeersNominated(AboutReview):
    peers: tuple[str, ...]

    def sentence(self) -> str:
        words = _("proposed as peers for %(cycle)s: %(peers)s")
        return words % {"peers": ", ".join(self.peers), "cycle": self.cycle}


@dataclass(frozen=True, slots=True)
class PeersConfirmed(AboutReview):
    asked: tuple[str, ...]
    not_asked: tuple[str, ...]

    def sentence(self) -> str:
        words = ngettext(
            "%(count)d peer asked for %(cycle)s",
            "%(count)d peers asked for %(cycle)s",
            len(self.asked),
        )
        return words % {"count": len(self.asked), "cycle": self.cycle}


@dataclass(frozen=True, slots=True)
class PeersGathered(AboutReview):
    """The answers of the peers were put together, once and for all."""

    def sentence(self) -> str:
        return _("what the peers said for %s was put together") % self.cycle


@dataclass(frozen=True, slots=True)
class FormKept(AboutReview):
    """Part of a form was written down and not submitted."""

    form_id: int
    role: str

    def sentence(self) -> str:
        return _("wrote in a form of %s") % self.cycle


@dataclass(frozen=True, slots=True)
class FormSubmitted(AboutReview):
    """The self review or the manager's form, with all that it says."""

    personal: ClassVar[frozenset[str]] = frozenset({"ratings", "comments", "answers", "unseen"})

    form_id: int
    role: str
    proposed_value: int
    ratings: dict[str, int]
    comments: dict[str, str]
    answers: dict[str, str]
    unseen: tuple[str, ...] = ()

    def sentence(self) -> str:
        if self.role == "self":
            return _("submitted the self review for %s") % self.cycle
        return _("submitted the manager’s form for %s") % self.cycle


@dataclass(frozen=True, slots=True)
class FormReopened(AboutReview):
    personal: ClassVar[frozenset[str]] = frozenset({"why"})
    tells_reason: ClassVar[bool] = False
    """Why the manager's form came back may tell the rating; older records hold it as the reason."""

    form_id: int
    role: str
    why: str = ""

    def sentence(self) -> str:
        if self.role == "self":
            return _("the self review for %s was reopened") % self.cycle
        return _("the manager’s form for %s was reopened") % self.cycle


@dataclass(frozen=True, slots=True)
class ActedAsPeer(AboutEmployee):
    """What somebody did as a peer. The person is the peer; about whom it was is not told."""

    subject_alone: ClassVar[bool] = True

    cycle: str

    def sentence(self) -> str:
        return _("did something as a peer in %s") % self.cycle


@dataclass(frozen=True, slots=True)
class PeerFormKept(ActedAsPeer):
    def sentence(self) -> str:
        return _("wrote as a peer in %s") % self.cycle


@dataclass(frozen=True, slots=True)
class PeerFormSubmitted(ActedAsPeer):
    def sentence(self) -> str:
        return _("submitted answers as a peer in %s") % self.cycle


@dataclass(frozen=True, slots=True)
class PeerFormTakenBack(ActedAsPeer):
    def sentence(self) -> str:
        return _("took back answers as a peer in %s") % self.cycle


@dataclass(frozen=True, slots=True)
class AboutOutcome(AboutReview):
    """Something that happened to a rating before it was shared."""


@dataclass(frozen=True, slots=True)
class RatingCalibrated(AboutOutcome):
    personal: ClassVar[frozenset[str]] = frozenset({"why"})

    from_value: int
    to_value: int
    why: str = ""

    def sentence(self) -> str:
        return _("proposed rating for %s changed") % self.cycle


@dataclass(frozen=True, slots=True)
class RatingMadeFinal(AboutOutcome):
    value: int

    def sentence(self) -> str:
        return _("rating for %s final") % self.cycle


@dataclass(frozen=True, slots=True)
class ReviewShared(AboutReview):
    personal: ClassVar[frozenset[str]] = frozenset({"words"})

    value: int
    words: str

    def sentence(self) -> str:
        return _("review %s shared") % self.cycle


@dataclass(frozen=True, slots=True)
class ReviewAcknowledged(AboutReview):
    personal: ClassVar[frozenset[str]] = frozenset({"reply"})

    reply: str

    def sentence(self) -> str:
        return _("read and acknowledged the review %s") % self.cycle


@dataclass(frozen=True, slots=True)
class AppealMade(AboutReview):
    personal: ClassVar[frozenset[str]] = frozenset({"grounds"})

    grounds: str

    def sentence(self) -> str:
        return _("appealed against the rating for %s") % self.cycle


@dataclass(frozen=True, slots=True)
class AppealDecided(AboutReview):
    personal: ClassVar[frozenset[str]] = frozenset({"words"})

    upheld: bool
    from_value: int
    to_value: int
    words: str

    def sentence(self) -> str:
        if self.upheld:
            return _("appeal on %s decided: the rating stays") % self.cycle
        return _("appeal on %s decided: another rating") % self.cycle


@dataclass(frozen=True, slots=True)
class CycleEntered(Event):
    """A whole cycle of the past was brought in at once, with everything that was said in it."""

    cycle_id: int
    name: str
    reviews: int

    def sentence(self) -> str:
        words = _("review cycle %(name)s brought in with %(reviews)d reviews")
        return words % {"name": self.name, "reviews": self.reviews}
