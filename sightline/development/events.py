"""What happened to people's growth. Levels and words are the person's own.

What is done with a draft is recorded of its writer and read by the writer alone; from then on that
a plan is proposed, its events are about whose plan it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _

from sightline.foundation.ui.words import day_kept
from sightline.people.events import AboutEmployee


@dataclass(frozen=True, slots=True)
class LevelsShown(AboutEmployee):
    """Somebody judged which levels of competencies a person shows."""

    personal: ClassVar[frozenset[str]] = frozenset({"levels", "words"})

    source: str
    on: str
    levels: dict[str, str]
    words: dict[str, str]
    origin: str

    def sentence(self) -> str:
        told = ", ".join(f"{name} {level}" for name, level in self.levels.items())
        return _("levels judged for %(on)s: %(levels)s") % {"on": day_kept(self.on), "levels": told}


@dataclass(frozen=True, slots=True)
class AboutPlan(AboutEmployee):
    """Something that happened to a person's development plan."""

    plan_id: int

    def sentence(self) -> str:
        return _("something changed in the development plan")


@dataclass(frozen=True, slots=True)
class WroteDraft(AboutEmployee):
    """What somebody did with his draft of a plan. The person is the writer; whose it is to be is
    not told."""

    subject_alone: ClassVar[bool] = True

    plan_id: int

    def sentence(self) -> str:
        return _("wrote in a draft of a development plan")


@dataclass(frozen=True, slots=True)
class PlanDrafted(WroteDraft):
    personal: ClassVar[frozenset[str]] = frozenset({"aim", "aspires_to"})

    aim: str
    aspires_to: str
    until_on: str

    def sentence(self) -> str:
        return _("began a draft of a development plan up to %s") % day_kept(self.until_on)


@dataclass(frozen=True, slots=True)
class DraftChanged(WroteDraft):
    personal: ClassVar[frozenset[str]] = frozenset({"before", "after"})

    before: dict[str, str]
    after: dict[str, str]


@dataclass(frozen=True, slots=True)
class ActionTakenOut(WroteDraft):
    personal: ClassVar[frozenset[str]] = frozenset({"what"})

    what: str

    def sentence(self) -> str:
        return _("took an action out of a draft of a development plan")


@dataclass(frozen=True, slots=True)
class DraftDiscarded(WroteDraft):
    def sentence(self) -> str:
        return _("threw a draft of a development plan away")


@dataclass(frozen=True, slots=True)
class PlanTakenOver(AboutPlan):
    """A plan that went elsewhere was brought here with everything that had happened to it."""

    personal: ClassVar[frozenset[str]] = frozenset({"aim", "actions", "words"})

    from_on: str
    aim: dict[str, str]
    actions: list[dict[str, str]]
    words: list[str]

    def sentence(self) -> str:
        return _("a development plan from %s on was taken over as it went") % day_kept(self.from_on)


@dataclass(frozen=True, slots=True)
class PlanChanged(AboutPlan):
    personal: ClassVar[frozenset[str]] = frozenset({"before", "after"})

    revision: int
    before: dict[str, str]
    after: dict[str, str]

    def sentence(self) -> str:
        if self.revision == 1:  # drafts were told of so, before DraftChanged
            return _("a draft of a development plan was changed")
        return _("the development plan was changed: revision %d") % self.revision


@dataclass(frozen=True, slots=True)
class PlanProposed(AboutPlan):
    revision: int

    def sentence(self) -> str:
        return _("the development plan was proposed")


@dataclass(frozen=True, slots=True)
class PlanAgreed(AboutPlan):
    revision: int
    side: str
    by_all: bool

    def sentence(self) -> str:
        if self.by_all:
            return _("revision %d of the development plan was agreed; it holds") % self.revision
        return _("revision %d of the development plan was agreed by one side") % self.revision


@dataclass(frozen=True, slots=True)
class ActionMoved(AboutPlan):
    """An action of a plan was begun, done, dropped or taken up again."""

    personal: ClassVar[frozenset[str]] = frozenset({"what", "words"})

    action_id: int
    what: str
    before: str
    after: str
    words: str

    def sentence(self) -> str:
        told = {"what": self.what, "before": self.before, "after": self.after}
        return _("an action of the development plan went from %(before)s to %(after)s") % told


@dataclass(frozen=True, slots=True)
class PlanClosed(AboutPlan):
    personal: ClassVar[frozenset[str]] = frozenset({"words"})

    words: str

    def sentence(self) -> str:
        return _("the development plan was closed")
