"""Who may see a strategy, write it, measure it, and take it on.

What holds, or has held, is for all who work here; a draft is for those who write it.
"""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import Allowed, Decision, Denied
from sightline.people.models import Role, Unit
from sightline.people.policies import may_read_directory
from sightline.people.viewer import Viewer
from sightline.strategy.models import (
    Commitment,
    Measure,
    Objective,
    Strategy,
    TargetShare,
    Weighing,
    WeighingAnswer,
)

NOBODY = Q(pk__in=[])
EVERYBODY = Q()


def _writes(viewer: Viewer) -> bool:
    return viewer.has_role(Role.HR_ADMINISTRATOR, Role.EXECUTIVE)


def may_read_strategy(viewer: Viewer) -> Decision:
    """Read the strategy in force and those before it."""
    if may_read_directory(viewer):
        return Allowed()
    return Denied(_("The strategy is for those who work here."))


def strategies_visible_to(viewer: Viewer) -> Q:
    """Strategies that exist for the viewer; a draft also for the owners of its objectives."""
    if not may_read_strategy(viewer):
        return NOBODY
    if _writes(viewer):
        return EVERYBODY
    owned = Objective.objects.filter(owner=viewer.employee).values("strategy")
    return ~Q(stage=Strategy.Stage.DRAFT) | Q(pk__in=owned)


def objectives_visible_to(viewer: Viewer) -> Q:
    """Objectives that exist for the viewer: those of the strategies that do."""
    return Q(strategy__in=Strategy.objects.filter(strategies_visible_to(viewer)))


def commitments_visible_to(viewer: Viewer) -> Q:
    """Commitments that exist for the viewer: those to objectives that do."""
    return Q(objective__in=Objective.objects.filter(objectives_visible_to(viewer)))


def may_draft_strategy(viewer: Viewer) -> Decision:
    """Begin a strategy."""
    if _writes(viewer):
        return Allowed()
    return Denied(_("Executives and HR administrators write the strategy."))


def may_change_strategy(viewer: Viewer, strategy: Strategy) -> Decision:
    """Change what a strategy says, and bring it into force: only while it is a draft."""
    if not _writes(viewer):
        return Denied(_("Executives and HR administrators write the strategy."))
    if not strategy.is_draft:
        return Denied(_("It is no draft any more. What is to change stands in the next strategy."))
    return Allowed()


def weighings_visible_to(viewer: Viewer) -> Q:
    """Questions about shares that exist for the viewer: who writes the strategy, who is asked."""
    if not may_read_strategy(viewer):
        return NOBODY
    if _writes(viewer):
        return EVERYBODY
    asked = WeighingAnswer.objects.filter(employee=viewer.employee)
    return Q(pk__in=asked.values("weighing"))


def may_weigh(viewer: Viewer, weighing: Weighing) -> Decision:
    """Answer how much each objective is to get: who is asked, until it is closed."""
    if not weighing.answers.filter(employee=viewer.employee).exists():
        return Denied(_("You are not among those who are asked."))
    if not (weighing.is_open and weighing.strategy.is_draft):
        return Denied(_("It is closed; what came of it stands on its page."))
    return Allowed()


def may_read_outcome(viewer: Viewer, weighing: Weighing) -> Decision:
    """Read what all answers come to: nobody before it is closed."""
    if weighing.is_open:
        return Denied(_("What others said is told to nobody before it is closed."))
    return Allowed()


def may_set_measures(viewer: Viewer, strategy: Strategy) -> Decision:
    """Add measures, set targets, name owners: also while the strategy is in force."""
    if not _writes(viewer):
        return Denied(_("Executives and HR administrators set measures, targets and owners."))
    if strategy.stage == Strategy.Stage.SUPERSEDED:
        return Denied(_("Another strategy has followed; this one is kept as it was."))
    return Allowed()


def may_split_target(viewer: Viewer, measure: Measure) -> Decision:
    """Share the targets of a measure out over units and quarters."""
    if measure.keeps_band:
        return Denied(_("A measure that keeps within a band has no target to share out."))
    return may_split_targets_of(viewer, measure.objective)


def may_split_targets_of(viewer: Viewer, objective: Objective) -> Decision:
    """Share out targets of an objective: its owner, and who writes the strategy."""
    if objective.owner_id != viewer.employee.pk and not _writes(viewer):
        return Denied(
            _("The owner of the objective, executives and HR administrators share a target out.")
        )
    if objective.strategy.stage == Strategy.Stage.SUPERSEDED:
        return Denied(_("Another strategy has followed; this one is kept as it was."))
    return Allowed()


def may_record_share(viewer: Viewer, share: TargetShare) -> Decision:
    """Say what came of a unit's part of a target: its lead, and who records the whole."""
    objective = share.measure.objective
    if share.unit_id not in viewer.units_led and not _answers_for(viewer, objective):
        return Denied(
            _("The lead of the unit, the owner of the objective and executives record it.")
        )
    if not objective.strategy.is_in_force:
        return Denied(_("Only a strategy in force is measured."))
    return Allowed()


def _answers_for(viewer: Viewer, objective: Objective) -> bool:
    return objective.owner_id == viewer.employee.pk or viewer.has_role(Role.EXECUTIVE)


def may_record_actual(viewer: Viewer, objective: Objective) -> Decision:
    """Say what a measure of an objective has come to."""
    if not _answers_for(viewer, objective):
        return Denied(_("The owner of the objective and executives record what was measured."))
    if not objective.strategy.is_in_force:
        return Denied(_("Only a strategy in force is measured."))
    return Allowed()


def may_bring_actuals(viewer: Viewer) -> Decision:
    """Bring values of measures in from a file, and carry them out as one."""
    if viewer.is_hr_administrator:
        return Allowed()
    return Denied(_("HR administrators bring values of measures in from files."))


def may_propose_commitment(viewer: Viewer, unit: Unit) -> Decision:
    """Say how much of a unit's effort goes to an objective."""
    if unit.pk in viewer.units_led:
        return Allowed()
    return Denied(_("The lead of the unit proposes what it takes on."))


def may_agree_commitment(viewer: Viewer, commitment: Commitment) -> Decision:
    """Accept what a unit proposes. Nobody agrees with himself."""
    if not viewer.has_role(Role.EXECUTIVE):
        return Denied(_("An executive agrees to what a unit proposes."))
    if commitment.unit_id in viewer.units_led:
        return Denied(_("You lead this unit; another executive agrees to what it proposes."))
    if _offered_by(viewer, commitment):
        return Denied(_("You offered it yourself; another executive agrees to it."))
    return Allowed()


def _offered_by(viewer: Viewer, commitment: Commitment) -> bool:
    steps = [one for one in commitment.steps.all() if one.act == Commitment.Stage.PROPOSED]
    return bool(steps) and steps[-1].by_id == viewer.employee.pk


def may_pass_back_commitment(viewer: Viewer, commitment: Commitment) -> Decision:
    """Send a proposal back to be thought over: executives, and the lead of the unit."""
    if viewer.has_role(Role.EXECUTIVE) or commitment.unit_id in viewer.units_led:
        return Allowed()
    return Denied(_("Executives and the lead of the unit pass a proposal back."))
