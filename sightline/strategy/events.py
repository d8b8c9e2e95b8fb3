"""What happens to strategies. Sentences stand without the actor: "brought it into force"."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sightline.foundation.ledger.events import Event
from sightline.foundation.ui.words import day_kept


@dataclass(frozen=True, slots=True)
class StrategyDrafted(Event):
    strategy_id: int
    name: str
    from_on: str
    until_on: str

    def sentence(self) -> str:
        return _("drafted the strategy %s") % self.name


@dataclass(frozen=True, slots=True)
class StrategyReworded(Event):
    strategy_id: int
    name: str
    before: dict[str, str]
    after: dict[str, str]

    def sentence(self) -> str:
        words = _("changed the strategy %(name)s: %(fields)s")
        return words % {"name": self.name, "fields": ", ".join(sorted(self.after))}


@dataclass(frozen=True, slots=True)
class StrategyCopied(Event):
    """A draft began as the next version of what is in force."""

    strategy_id: int
    name: str
    former: str
    objectives: int

    def sentence(self) -> str:
        words = _("began %(name)s as a copy of %(former)s")
        return words % {"name": self.name, "former": self.former}


@dataclass(frozen=True, slots=True)
class StrategyBroughtIntoForce(Event):
    strategy_id: int
    name: str
    superseded: str
    superseded_id: int = 0

    def sentence(self) -> str:
        if self.superseded:
            words = _("brought the strategy %(name)s into force; it follows %(former)s")
            return words % {"name": self.name, "former": self.superseded}
        return _("brought the strategy %s into force") % self.name


@dataclass(frozen=True, slots=True)
class PerspectiveWritten(Event):
    strategy_id: int
    perspective_id: int
    name: str
    place: int

    def sentence(self) -> str:
        return _("wrote the perspective %s") % self.name


@dataclass(frozen=True, slots=True)
class PerspectiveRemoved(Event):
    strategy_id: int
    name: str

    def sentence(self) -> str:
        return _("removed the perspective %s") % self.name


@dataclass(frozen=True, slots=True)
class ObjectiveWritten(Event):
    objective_id: int
    code: str
    title: str
    before: dict[str, str]
    after: dict[str, str]

    def sentence(self) -> str:
        words = _("wrote the objective %(code)s, %(title)s")
        return words % {"code": self.code, "title": self.title}


@dataclass(frozen=True, slots=True)
class ObjectivePlaced(Event):
    """An objective was moved on the map: into which perspective, as which of it from 1."""

    objective_id: int
    code: str
    title: str
    perspective: str
    number: int

    def sentence(self) -> str:
        words = _("moved the objective %(code)s, %(title)s, to place %(number)s of %(perspective)s")
        facts = {"code": self.code, "title": self.title, "perspective": self.perspective}
        return words % (facts | {"number": self.number})


@dataclass(frozen=True, slots=True)
class ObjectiveRemoved(Event):
    strategy_id: int
    code: str
    title: str

    def sentence(self) -> str:
        words = _("removed the objective %(code)s, %(title)s")
        return words % {"code": self.code, "title": self.title}


@dataclass(frozen=True, slots=True)
class CauseDrawn(Event):
    from_objective: str
    to_objective: str

    def sentence(self) -> str:
        words = _("drew that “%(start)s” drives “%(end)s”")
        return words % {"start": self.from_objective, "end": self.to_objective}


@dataclass(frozen=True, slots=True)
class CauseRemoved(Event):
    from_objective: str
    to_objective: str

    def sentence(self) -> str:
        words = _("took back that “%(start)s” drives “%(end)s”")
        return words % {"start": self.from_objective, "end": self.to_objective}


@dataclass(frozen=True, slots=True)
class SharesSet(Event):
    strategy_id: int
    name: str
    shares: dict[str, str]

    def sentence(self) -> str:
        return _("shared the effort out over the objectives of %s") % self.name


@dataclass(frozen=True, slots=True)
class AboutWeighing(Event):
    """Something that happened to a question about shares. What one person said is not told."""

    weighing_id: int
    name: str
    """Of the strategy."""

    def sentence(self) -> str:
        return _("something about a question changed")


@dataclass(frozen=True, slots=True)
class WeighingBegun(AboutWeighing):
    way: str

    def sentence(self) -> str:
        return _("began to ask how the effort of %s is to be shared out") % self.name


@dataclass(frozen=True, slots=True)
class WeighingAsked(AboutWeighing):
    employee_id: int

    @property
    def subject(self) -> str:
        return f"employee:{self.employee_id}"

    def sentence(self) -> str:
        return _("was asked how the effort of %s is to be shared out") % self.name


@dataclass(frozen=True, slots=True)
class WeightsGiven(AboutWeighing):
    employee_id: int

    @property
    def subject(self) -> str:
        return f"employee:{self.employee_id}"

    def sentence(self) -> str:
        return _("said how the effort of %s is to be shared out") % self.name


@dataclass(frozen=True, slots=True)
class WeighingClosed(AboutWeighing):
    answered: int
    asked: int
    outcome: dict[str, str]

    def sentence(self) -> str:
        said = {"name": self.name, "answered": str(self.answered), "asked": str(self.asked)}
        words = _(
            "closed the question how to share out %(name)s; %(answered)s of %(asked)s answered"
        )
        return words % said


@dataclass(frozen=True, slots=True)
class WeightsTakenOver(AboutWeighing):
    def sentence(self) -> str:
        return _("took over what people said of the shares of %s") % self.name


@dataclass(frozen=True, slots=True)
class MeasureAdded(Event):
    measure_id: int
    objective: str
    name: str
    facts: dict[str, str]

    def sentence(self) -> str:
        words = _("added the measure %(name)s to “%(objective)s”")
        return words % {"name": self.name, "objective": self.objective}


@dataclass(frozen=True, slots=True)
class MeasureRemoved(Event):
    objective: str
    name: str

    def sentence(self) -> str:
        words = _("removed the measure %(name)s from “%(objective)s”")
        return words % {"name": self.name, "objective": self.objective}


@dataclass(frozen=True, slots=True)
class TargetsSet(Event):
    measure_id: int
    name: str
    before: list[str]
    after: list[str]

    def sentence(self) -> str:
        words = _("set the targets of %(name)s: %(targets)s")
        return words % {"name": self.name, "targets": "; ".join(map(_target, self.after))}


@dataclass(frozen=True, slots=True)
class ActualRecorded(Event):
    measure_id: int
    name: str
    on: str
    value: str
    corrected: str

    def sentence(self) -> str:
        facts = {
            "name": self.name,
            "on": day_kept(self.on),
            "value": self.value,
            "was": self.corrected,
        }
        if self.corrected:
            return _("corrected %(name)s on %(on)s from %(was)s to %(value)s") % facts
        return _("recorded %(name)s on %(on)s: %(value)s") % facts


@dataclass(frozen=True, slots=True)
class ActualTakenBack(Event):
    """A value went with the import that had brought it; what stood before stands again."""

    measure_id: int
    name: str
    on: str
    value: str
    import_id: int

    def sentence(self) -> str:
        facts = {"name": self.name, "on": day_kept(self.on), "value": self.value}
        words = _("took back %(name)s on %(on)s: %(value)s, which import %(file)d had brought")
        return words % (facts | {"file": self.import_id})


@dataclass(frozen=True, slots=True)
class TargetSplit(Event):
    """A target was shared out anew; the parts by unit and quarter, those that changed by unit."""

    measure_id: int
    name: str
    due_on: str
    way: str
    before: dict[str, str]
    after: dict[str, str]
    changed_units: list[int]
    on: str

    def sentence(self) -> str:
        count = len(self.after)
        said = {"name": self.name, "due": day_kept(self.due_on), "parts": str(count)}
        if not count:
            return _("took back how the target of %(name)s due %(due)s was shared out") % said
        words = ngettext(
            "shared out the target of %(name)s due %(due)s in %(parts)s part",
            "shared out the target of %(name)s due %(due)s in %(parts)s parts",
            count,
        )
        return words % said


@dataclass(frozen=True, slots=True)
class ShareActualRecorded(Event):
    measure_id: int
    name: str
    part: str
    due_on: str
    value: str
    corrected: str

    def sentence(self) -> str:
        said = {"name": self.name, "part": self.part, "value": self.value, "was": self.corrected}
        if self.corrected:
            return _("corrected what came of %(name)s, %(part)s: %(was)s is %(value)s") % said
        return _("recorded what came of %(name)s, %(part)s: %(value)s") % said


@dataclass(frozen=True, slots=True)
class AboutCommitment(Event):
    """Something that happened to what a unit takes on."""

    commitment_id: int
    unit: str
    objective: str
    share_percent: str
    step_id: int = 0
    """The step that it tells of."""

    @property
    def words(self) -> dict[str, str]:
        """What the sentences say."""
        return {"unit": self.unit, "objective": self.objective, "share": self.share_percent}

    def sentence(self) -> str:
        return _("something about a commitment changed")


@dataclass(frozen=True, slots=True)
class CommitmentProposed(AboutCommitment):
    def sentence(self) -> str:
        words = _("proposed %(share)s%% of the effort of %(unit)s for “%(objective)s”")
        return words % self.words


@dataclass(frozen=True, slots=True)
class CommitmentAgreed(AboutCommitment):
    def sentence(self) -> str:
        words = _("agreed to %(share)s%% of the effort of %(unit)s for “%(objective)s”")
        return words % self.words


@dataclass(frozen=True, slots=True)
class CommitmentPassedBack(AboutCommitment):
    def sentence(self) -> str:
        words = _("passed back %(share)s%% of the effort of %(unit)s for “%(objective)s”")
        return words % self.words


def _target(kept: str) -> str:
    """A target as it is kept, "440 (2025-12-31)", with its day in words."""
    value, between, day = kept.removesuffix(")").partition(" (")
    return f"{value}{between}{day_kept(day)})" if between else kept
