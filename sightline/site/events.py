"""What was done to the installation itself."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sightline.foundation.ledger.events import Event


@dataclass(frozen=True, slots=True)
class JobRetried(Event):
    """A failed job was put back to wait."""

    job_id: int
    task: str

    def sentence(self) -> str:
        return _("put the failed job %(task)s back to work") % {"task": self.task}


@dataclass(frozen=True, slots=True)
class AllJobsRetried(Event):
    """All failed jobs were put back to wait."""

    count: int

    def sentence(self) -> str:
        return ngettext(
            "put %(count)d failed job back to work",
            "put %(count)d failed jobs back to work",
            self.count,
        ) % {"count": self.count}


@dataclass(frozen=True, slots=True)
class JobDiscarded(Event):
    """A failed job was given up for good."""

    job_id: int
    task: str

    def sentence(self) -> str:
        return _("gave up the failed job %(task)s for good") % {"task": self.task}


@dataclass(frozen=True, slots=True)
class InvitationsAsked(Event):
    """Somebody asked that several people be invited."""

    round_id: int
    count: int

    def sentence(self) -> str:
        return ngettext(
            "asked to invite %(count)d person", "asked to invite %(count)d people", self.count
        ) % {"count": self.count}


@dataclass(frozen=True, slots=True)
class StepPutOff(Event):
    """A step of getting started was set aside."""

    step: str

    def sentence(self) -> str:
        return _("set a step of getting started aside: %(step)s") % {"step": self.step}


@dataclass(frozen=True, slots=True)
class StepTakenUp(Event):
    """A step of getting started was taken up again."""

    step: str

    def sentence(self) -> str:
        return _("took a step of getting started up again: %(step)s") % {"step": self.step}
