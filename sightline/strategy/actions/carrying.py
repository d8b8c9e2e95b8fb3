"""What goes over from one version of a strategy to the next when that is brought into force."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.errors import Refused
from sightline.people.viewer import Viewer
from sightline.strategy import policies
from sightline.strategy.actions.commitments import ask_anew
from sightline.strategy.models import (
    Actual,
    Commitment,
    CommitmentStep,
    Measure,
    ShareActual,
    Strategy,
    Target,
    TargetShare,
)
from sightline.strategy.queries.versions import compared


@transaction.atomic
def carry_over(*, by: Viewer, former: Strategy, strategy: Strategy) -> None:
    """Let what units took on and what was measured follow their objectives.

    A commitment to an objective that stays what it is goes on; to one that has changed it is passed
    back to the unit, and what was agreed holds until it offers anew. To one that is gone it ends.
    Recorded by the event of bringing it into force, and of each that is passed back.
    """
    require(policies.may_draft_strategy(by))
    _carry_commitments(by, former, strategy)
    _carry_values(former, strategy)


def _carry_commitments(by: Viewer, former: Strategy, strategy: Strategy) -> None:
    pairs = {one.old.key: one for one in compared(former, strategy) if one.old and one.new}
    rows = Commitment.objects.filter(objective__in=pairs).prefetch_related("steps")
    for row in rows:
        pair = pairs[row.objective_id]
        if pair.new is None:  # narrowed above
            continue
        new = Commitment.objects.create(
            unit_id=row.unit_id,
            objective_id=pair.new.key,
            share_percent=row.share_percent,
            agreed_percent=row.agreed_percent,
            stage=row.stage,
        )
        CommitmentStep.objects.bulk_create(
            CommitmentStep(
                commitment=new,
                act=step.act,
                by_id=step.by_id,
                on=step.on,
                share_percent=step.share_percent,
                note=step.note,
            )
            for step in row.steps.all()
        )
        if pair.asks_anew:
            note = _("The objective has changed. Look at it and offer anew what you take on.")
            ask_anew(by=by, commitment=new, note=note)


def _carry_values(former: Strategy, strategy: Strategy) -> None:
    """What was measured of the former strategy's measures, and of the parts of their targets."""
    new = {one.line: one for one in Measure.objects.filter(objective__strategy=strategy)}
    old = {
        one.pk: new[one.line]
        for one in Measure.objects.filter(objective__strategy=former)
        if one.line in new
    }
    Actual.objects.bulk_create(
        Actual(
            measure=old[row.measure_id],
            on=row.on,
            value=row.value,
            author_id=row.author_id,
            recorded_at=row.recorded_at,
        )
        for row in Actual.objects.filter(measure__in=old).order_by("pk")
    )
    _carry_parts(old)
    parts = {
        (one.measure_id, one.due_on, one.unit_id, one.quarter): one
        for one in TargetShare.objects.filter(measure__in=old.values())
    }
    targets = set(Target.objects.filter(measure__in=old.values()).values_list("measure", "due_on"))
    said = ShareActual.objects.filter(share__measure__in=old).select_related("share")
    kept = []
    for row in said.order_by("pk"):
        share = row.share
        place = (old[share.measure_id].pk, share.due_on, share.unit_id, share.quarter)
        if place not in parts and (place[0], share.due_on) in targets:
            words = _("What came of a part of “%s” is recorded; the draft has to keep that part.")
            raise Refused(words % old[share.measure_id].name)
        if place in parts:
            kept.append(
                ShareActual(
                    share=parts[place],
                    value=row.value,
                    author_id=row.author_id,
                    recorded_at=row.recorded_at,
                )
            )
    ShareActual.objects.bulk_create(kept)


def _carry_parts(old: dict[int, Measure]) -> None:
    """Targets shared out since the draft began, which it has too and shares out nowhere itself."""
    new = [one.pk for one in old.values()]
    free = set(Target.objects.filter(measure__in=new).values_list("measure", "due_on"))
    free -= set(TargetShare.objects.filter(measure__in=new).values_list("measure", "due_on"))
    rows = [
        row
        for row in TargetShare.objects.filter(measure__in=old).select_related("measure")
        if (old[row.measure_id].pk, row.due_on) in free
    ]
    TargetShare.objects.bulk_create(
        TargetShare(
            measure=old[row.measure_id],
            due_on=row.due_on,
            unit_id=row.unit_id,
            quarter=row.quarter,
            value=row.value,
            weight=row.weight,
        )
        for row in rows
    )
    for row in {row.measure_id: row for row in rows}.values():
        copies = Measure.objects.filter(pk=old[row.measure_id].pk)
        copies.update(decomposition=row.measure.decomposition)
