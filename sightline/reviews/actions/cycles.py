"""Planning a cycle and taking it from stage to stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sightline.foundation.access.decisions import require
from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.record import record, record_all
from sightline.people.models import Employee, Job, Unit
from sightline.people.viewer import Viewer
from sightline.reviews import policies
from sightline.reviews.actions.holding import held_cycle
from sightline.reviews.events import (
    CalibratorNamed,
    CalibratorReleased,
    CycleDatesMoved,
    CyclePlanned,
    CycleStageReached,
    RatingMadeFinal,
)
from sightline.reviews.models import (
    Calibrator,
    Cycle,
    CycleStage,
    MakingFinal,
    Review,
    TemplateVersion,
)
from sightline.reviews.queries.calibration import with_standing
from sightline.reviews.queries.population import population
from sightline.reviews.rules import calendar, stages

Days = Mapping[str, tuple[date, date]]
Stage = Cycle.Stage


@dataclass(frozen=True, slots=True)
class Plan:
    """What a cycle is to be. Days are half-open; no units and no jobs: everybody."""

    name: str
    version: TemplateVersion
    period_from_on: date
    period_until_on: date
    days: Days
    units: Sequence[Unit] = field(default_factory=tuple)
    jobs: Sequence[Job] = field(default_factory=tuple)
    peers_from: int = 3
    peers_up_to: int = 5


@transaction.atomic
def plan_cycle(*, by: Viewer, plan: Plan, cycle: Cycle | None = None) -> Cycle:
    """Plan a cycle, or plan one anew that has not opened."""
    require(policies.may_manage_cycles(by))
    if cycle is not None:
        cycle = held_cycle(cycle.pk)
        if cycle.stage not in {Stage.DRAFT, Stage.DRY_RUN}:
            raise Refused(_("This cycle has opened. Its dates can be moved, with a reason."))
    _refuse_disorder(plan)
    _refuse_name(plan.name, cycle)
    cycle = cycle or Cycle(made_by=by.employee, made_at=now())
    for name in ("name", "version", "period_from_on", "period_until_on"):
        setattr(cycle, name, getattr(plan, name))
    cycle.peers_from, cycle.peers_up_to = plan.peers_from, plan.peers_up_to
    cycle.stage = Stage.DRAFT
    cycle.save()
    cycle.units.set(plan.units)
    cycle.jobs.set(plan.jobs)
    _set_days(cycle, plan.days)
    record(
        CyclePlanned(cycle.pk, cycle.name, str(cycle.version), in_words(plan.days)),
        by=by,
    )
    return cycle


def _refuse_disorder(plan: Plan) -> None:
    reasons: list[tuple[str, str]] = []
    if plan.period_until_on <= plan.period_from_on:
        reasons.append(("period_until_on", _("The period ends after it begins.")))
    if plan.peers_from < 3:
        reasons.append(("peers_from", _("Fewer than three peers could be told apart.")))
    if plan.peers_up_to < plan.peers_from:
        reasons.append(("peers_up_to", _("Ask at least as many peers as are needed.")))
    if reasons:
        raise Refused.all(reasons)
    refuse_days_out_of_order(plan.days)


def _refuse_name(name: str, cycle: Cycle | None) -> None:
    others = Cycle.objects.filter(name=name)
    if cycle is not None:
        others = others.exclude(pk=cycle.pk)
    if others.exists():
        raise Refused(_("There is a cycle of this name already."), field="name")


def refuse_days_out_of_order(days: Days) -> None:
    """Refuse days that end before they begin, or parts that come before those they build on."""
    for kind in calendar.turned_round(days):
        raise Refused(_("This ends before it begins."), field=f"{kind}_last_on")
    for kind in calendar.out_of_order(days):
        raise Refused(
            _("This begins or ends before the part that comes before it."), field=f"{kind}_from_on"
        )


def _set_days(cycle: Cycle, days: Days) -> None:
    CycleStage.objects.filter(cycle=cycle).exclude(kind__in=days).delete()
    for kind, (from_on, until_on) in days.items():
        CycleStage.objects.update_or_create(
            cycle=cycle, kind=kind, defaults={"from_on": from_on, "until_on": until_on}
        )


def in_words(days: Days) -> dict[str, str]:
    """Days for the ledger: "2026-11-02/2026-11-14", half-open."""
    return {kind: f"{begins}/{ends}" for kind, (begins, ends) in days.items()}


@transaction.atomic
def try_out(*, by: Viewer, cycle: Cycle) -> Cycle:
    """Have a dry run: see who would be reviewed and what is missing. Nobody is told."""
    require(policies.may_manage_cycles(by))
    return _go(by, held_cycle(cycle.pk), Stage.DRY_RUN)


@transaction.atomic
def open_cycle(*, by: Viewer, cycle: Cycle, on: date | None = None) -> Cycle:
    """Open a cycle for those who work here on a day. A job makes the reviews."""
    require(policies.may_manage_cycles(by))
    cycle = held_cycle(cycle.pk)
    cycle.opened_on = on or by.today
    cycle.people_expected = population(cycle, cycle.opened_on).count()
    if not cycle.people_expected:
        raise Refused(_("Nobody would be reviewed. Choose other units or jobs."))
    return _go(by, cycle, Stage.OPEN)


@transaction.atomic
def move_dates(*, by: Viewer, cycle: Cycle, days: Days, reason: str) -> Cycle:
    """Give parts of a running cycle other days; those not named keep theirs.

    Where peers get days to come, those about whom nothing was told yet are asked again.
    """
    require(policies.may_manage_cycles(by))
    cycle = held_cycle(cycle.pk)
    refuse_moving(cycle)
    if not reason.strip():
        raise Refused(_("Say why the dates move."), field="reason")
    standing = {one.kind: (one.from_on, one.until_on) for one in cycle.stages.all()}
    moved = {kind: span for kind, span in days.items() if standing.get(kind) != span}
    if not moved:
        raise Refused(_("These are the dates as they are."))
    refuse_days_out_of_order({**standing, **moved})
    for kind, (from_on, until_on) in moved.items():
        CycleStage.objects.update_or_create(
            cycle=cycle, kind=kind, defaults={"from_on": from_on, "until_on": until_on}
        )
    if CycleStage.Kind.PEERS in moved and moved[CycleStage.Kind.PEERS][1] > by.today:
        cycle.peers_gathered_at = None
        cycle.save(update_fields=["peers_gathered_at"])
    before = in_words({kind: standing[kind] for kind in moved if kind in standing})
    record(
        CycleDatesMoved(cycle.pk, cycle.name, before, in_words(moved)), by=by, reason=reason.strip()
    )
    return cycle


def refuse_moving(cycle: Cycle) -> None:
    """Refuse other dates for what has ended."""
    if cycle.stage == Stage.CLOSED:
        raise Refused(_("This cycle is closed."))


@transaction.atomic
def begin_calibration(*, by: Viewer, cycle: Cycle) -> Cycle:
    """No more answers; proposals are compared from now on."""
    require(policies.may_manage_cycles(by))
    cycle = held_cycle(cycle.pk)
    if cycle.ready_at is None:
        raise Refused(_("The reviews of this cycle are still being made."))
    if not Review.objects.filter(cycle=cycle, proposed_value__isnull=False).exists():
        raise Refused(_("No manager has proposed a rating yet."))
    return _go(by, cycle, Stage.CALIBRATING)


@transaction.atomic
def take_answers_again(*, by: Viewer, cycle: Cycle, reason: str) -> Cycle:
    """Go back from calibration to gathering, because something is missing.

    Peers whose days are not over write on, where nothing was told of what they said.
    """
    require(policies.may_manage_cycles(by))
    if not reason.strip():
        raise Refused(_("Say why the cycle takes answers again."), field="reason")
    cycle = held_cycle(cycle.pk)
    if cycle.stages.filter(kind=CycleStage.Kind.PEERS, until_on__gt=by.today).exists():
        cycle.peers_gathered_at = None
    return _go(by, cycle, Stage.OPEN, reason.strip())


@transaction.atomic
def close_calibration(*, by: Viewer, cycle: Cycle) -> int:
    """Make every proposed rating, as calibrated, final; how many. Managers share from now on."""
    cycle = held_cycle(cycle.pk)
    require(policies.may_close_calibration(by, cycle))
    final = list(with_standing(Review.objects.filter(cycle=cycle, stage=Review.Stage.RATED)))
    for review in final:
        review.final_value, review.stage = review.standing, Review.Stage.CALIBRATED
    Review.objects.bulk_update(final, ["final_value", "stage"], batch_size=500)
    MakingFinal.objects.create(cycle=cycle, by=by.employee, at=now())
    record_all(
        (
            RatingMadeFinal(one.employee_id, one.pk, cycle.name, one.final_value or 0)
            for one in final
        ),
        by=by,
    )
    _go(by, cycle, Stage.SHARED)
    return len(final)


@transaction.atomic
def close_cycle(*, by: Viewer, cycle: Cycle) -> Cycle:
    """End a cycle. Nothing in it changes any more."""
    require(policies.may_manage_cycles(by))
    cycle = held_cycle(cycle.pk)
    reviews = Review.objects.filter(cycle=cycle)
    if reviews.filter(stage=Review.Stage.APPEALED).exists():
        raise Refused(_("An appeal waits to be decided."))
    if unshared := reviews.filter(stage=Review.Stage.CALIBRATED).count():
        words = ngettext(
            "%d review is not shared yet; its rating would never be told.",
            "%d reviews are not shared yet; their ratings would never be told.",
            unshared,
        )
        raise Refused(words % unshared)
    return _go(by, cycle, Stage.CLOSED)


def _go(by: Viewer, cycle: Cycle, stage: Stage, reason: str = "") -> Cycle:
    """Bring a cycle into another stage, if the table of stages lets it."""
    before = Stage(cycle.stage)
    if not stages.may_follow(stages.CYCLE, before, stage):
        words = _("A cycle that is “%(before)s” does not become “%(after)s”.")
        raise Refused(words % {"before": before.label, "after": stage.label})
    cycle.stage = stage
    cycle.save()
    record(CycleStageReached(cycle.pk, cycle.name, before, stage), by=by, reason=reason)
    return cycle


@transaction.atomic
def name_calibrator(*, by: Viewer, cycle: Cycle, unit: Unit, employee: Employee) -> Calibrator:
    """Have somebody compare and change the proposals of a unit and all under it."""
    cycle = held_cycle(cycle.pk)
    require(policies.may_name_calibrators(by, cycle))
    try:
        with transaction.atomic():
            named = Calibrator.objects.create(
                cycle=cycle, unit=unit, employee=employee, named_by=by.employee, named_at=now()
            )
    except IntegrityError as double:
        raise Refused(_("%s calibrates this unit already.") % employee.name) from double
    record(CalibratorNamed(cycle.pk, cycle.name, employee.name, unit.name), by=by)
    return named


@transaction.atomic
def release_calibrator(*, by: Viewer, calibrator: Calibrator) -> None:
    """Somebody no longer compares proposals. What he changed stays."""
    cycle = held_cycle(calibrator.cycle_id)
    require(policies.may_name_calibrators(by, cycle))
    event = CalibratorReleased(cycle.pk, cycle.name, calibrator.employee.name, calibrator.unit.name)
    calibrator.delete()
    record(event, by=by)
