"""Perspectives, objectives, their shares, and what drives what: written while it is a draft."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.record import record
from sightline.people.actions.holding import hold_organisation
from sightline.people.models import Employee, Employment
from sightline.people.viewer import Viewer
from sightline.strategy import policies
from sightline.strategy.events import (
    CauseDrawn,
    CauseRemoved,
    ObjectiveRemoved,
    ObjectiveWritten,
    PerspectiveRemoved,
    PerspectiveWritten,
    SharesSet,
)
from sightline.strategy.models import (
    Cause,
    Measure,
    Objective,
    Perspective,
    Strategy,
    Target,
    TargetShare,
)
from sightline.strategy.rules.causes import circle_through
from sightline.strategy.rules.numbers import plain
from sightline.strategy.rules.shares import intended_fault

MOST_PERSPECTIVES = 8
"""As many as there are colours that can be told apart."""


@transaction.atomic
def add_perspective(*, by: Viewer, strategy: Strategy, name: str, hue: int) -> Perspective:
    """A further view of a strategy, below those that there are."""
    hold_organisation(strategy)
    require(policies.may_change_strategy(by, strategy))
    rows = Perspective.objects.filter(strategy=strategy)
    if rows.count() >= MOST_PERSPECTIVES:
        raise Refused(_("Eight perspectives are the most that a map can show."))
    _refuse_taken_name(rows, name)
    last = rows.aggregate(last=Max("place"))["last"]
    perspective = Perspective.objects.create(
        strategy=strategy, name=name, hue=hue, place=0 if last is None else last + 1
    )
    _told(perspective, by)
    return perspective


@transaction.atomic
def change_perspective(
    *, by: Viewer, perspective: Perspective, name: str, hue: int, position: int
) -> None:
    """Give a perspective another name, colour, or position (from 1) among the rows of the map."""
    hold_organisation(perspective)
    require(policies.may_change_strategy(by, perspective.strategy))
    others = Perspective.objects.filter(strategy=perspective.strategy).exclude(pk=perspective.pk)
    _refuse_taken_name(others, name)
    perspective.name, perspective.hue = name, hue
    order = list(others)
    order.insert(position - 1, perspective)
    for place, one in enumerate(order):
        one.place = place
    Perspective.objects.bulk_update(order, ["place"])
    perspective.save()
    _told(perspective, by)


@transaction.atomic
def remove_perspective(*, by: Viewer, perspective: Perspective) -> None:
    """Take an empty perspective out of a draft."""
    hold_organisation(perspective)
    require(policies.may_change_strategy(by, perspective.strategy))
    if perspective.objectives.exists():
        raise Refused(_("Objectives stand in it. Move or remove them first."))
    event = PerspectiveRemoved(perspective.strategy_id, perspective.name)
    perspective.delete()
    record(event, by=by)


@transaction.atomic
def add_objective(
    *,
    by: Viewer,
    perspective: Perspective,
    title: str,
    description: str,
    owner: Employee,
    theme: str = "",
) -> Objective:
    """A result that the strategy expects. Its code is the next free one, and stays."""
    hold_organisation(perspective)
    strategy = perspective.strategy
    require(policies.may_change_strategy(by, strategy))
    _refuse_who_has_left(owner, by)
    objective = Objective.objects.create(
        strategy=strategy,
        perspective=perspective,
        code=_next_code(strategy),
        title=title,
        description=description,
        theme=_as_others_say(theme, strategy),
        owner=owner,
        place=_next_place(perspective),
    )
    _written(objective, {}, by)
    return objective


@transaction.atomic
def change_objective(
    *,
    by: Viewer,
    objective: Objective,
    perspective: Perspective,
    title: str,
    description: str,
    owner: Employee,
    theme: str,
) -> None:
    """Reword an objective, give it another owner or theme, or move it to another perspective."""
    hold_organisation(objective)
    require(policies.may_change_strategy(by, objective.strategy))
    if perspective.strategy_id != objective.strategy_id:
        raise Refused(_("This perspective belongs to another strategy."), field="perspective")
    if objective.owner_id != owner.pk:
        _refuse_who_has_left(owner, by)
    before = _facts(objective)
    if perspective.pk != objective.perspective_id:
        objective.place = _next_place(perspective)
    objective.perspective, objective.owner = perspective, owner
    objective.title, objective.description = title, description
    objective.theme = _as_others_say(theme, objective.strategy)
    if _facts(objective) == before:
        return
    objective.save()
    _written(objective, before, by)


@transaction.atomic
def hand_over_objective(*, by: Viewer, objective: Objective, owner: Employee) -> None:
    """Give an objective another owner, also while the strategy is in force."""
    hold_organisation(objective)
    require(policies.may_set_measures(by, objective.strategy))
    if objective.owner_id == owner.pk:
        return
    _refuse_who_has_left(owner, by)
    before = _facts(objective)
    objective.owner = owner
    objective.save(update_fields=["owner"])
    _written(objective, before, by)


def _refuse_who_has_left(owner: Employee, by: Viewer) -> None:
    if not Employment.objects.filter(employee=owner, until_on__gt=by.today).exists():
        raise Refused(_("%s does not work here any more.") % owner.name, field="owner")


@transaction.atomic
def remove_objective(*, by: Viewer, objective: Objective) -> None:
    """Take an objective, with its causes, measures and targets, out of a draft."""
    hold_organisation(objective)
    require(policies.may_change_strategy(by, objective.strategy))
    Cause.objects.filter(Q(from_objective=objective) | Q(to_objective=objective)).delete()
    Target.objects.filter(measure__objective=objective).delete()
    TargetShare.objects.filter(measure__objective=objective).delete()
    Measure.objects.filter(objective=objective).delete()
    event = ObjectiveRemoved(objective.strategy_id, objective.code, objective.title)
    objective.delete()
    record(event, by=by)


@transaction.atomic
def set_shares(*, by: Viewer, strategy: Strategy, shares: Mapping[Objective, Decimal]) -> None:
    """Say how much of all effort each objective is meant to get; together 100%."""
    hold_organisation(strategy)
    require(policies.may_change_strategy(by, strategy))
    if set(shares) != set(Objective.objects.filter(strategy=strategy)):
        raise Refused(_("Give every objective of the strategy a share, be it 0."))
    if any(not 0 <= share <= 100 for share in shares.values()):
        raise Refused(_("A share lies between 0 and 100%."))
    if (total := intended_fault(shares.values())) is not None:
        words = _("The shares add up to %s%%; they must add up to 100%%.")
        raise Refused(words % plain(total))
    for objective, share in shares.items():
        objective.intended_share_percent = share
    Objective.objects.bulk_update(shares, ["intended_share_percent"])
    told = {objective.code: plain(share) for objective, share in shares.items()}
    record(SharesSet(strategy.pk, strategy.name, told), by=by)


@transaction.atomic
def draw_cause(*, by: Viewer, from_objective: Objective, to_objective: Objective) -> Cause:
    """Say that one objective drives another. A circle is refused, and shown."""
    hold_organisation(from_objective, to_objective)
    strategy = from_objective.strategy
    require(policies.may_change_strategy(by, strategy))
    if to_objective.strategy_id != strategy.pk:
        raise Refused(_("Both objectives belong to one strategy."), field="to_objective")
    if from_objective == to_objective:
        raise Refused(_("An objective does not drive itself."), field="to_objective")
    links = list(
        Cause.objects.filter(from_objective__strategy=strategy).values_list(
            "from_objective", "to_objective"
        )
    )
    new = (from_objective.pk, to_objective.pk)
    if new in links:
        raise Refused(_("That is drawn already."), field="to_objective")
    if circle := circle_through(links, new):
        titles = dict(Objective.objects.filter(pk__in=circle).values_list("pk", "title"))
        shown = " → ".join(titles[one] for one in circle)
        raise Refused(_("That would close a circle: %s.") % shown, field="to_objective")
    cause = Cause.objects.create(from_objective=from_objective, to_objective=to_objective)
    record(CauseDrawn(from_objective.title, to_objective.title), by=by)
    return cause


@transaction.atomic
def remove_cause(*, by: Viewer, cause: Cause) -> None:
    """Take back that one objective drives another."""
    hold_organisation(cause)
    require(policies.may_change_strategy(by, cause.from_objective.strategy))
    event = CauseRemoved(cause.from_objective.title, cause.to_objective.title)
    cause.delete()
    record(event, by=by)


def _refuse_taken_name(rows: QuerySet[Perspective], name: str) -> None:
    if rows.filter(name=name).exists():
        raise Refused(_("There is a perspective of this name already."), field="name")


def _told(perspective: Perspective, by: Viewer) -> None:
    record(
        PerspectiveWritten(
            perspective.strategy_id, perspective.pk, perspective.name, perspective.place
        ),
        by=by,
    )


def _as_others_say(theme: str, strategy: Strategy) -> str:
    """A theme as the strategy spells it already, whatever its capitals and spaces."""
    said = " ".join(theme.split())
    known = Objective.objects.filter(strategy=strategy).values_list("theme", flat=True)
    return next((one for one in known if one.casefold() == said.casefold()), said)


def _next_code(strategy: Strategy) -> str:
    codes = Objective.objects.filter(strategy=strategy).values_list("code", flat=True)
    numbers = [int(code[1:]) for code in codes if code[1:].isdecimal()]
    return f"O{max(numbers, default=0) + 1}"


def _next_place(perspective: Perspective) -> int:
    last = perspective.objectives.aggregate(last=Max("place"))["last"]
    return 0 if last is None else last + 1


def _facts(objective: Objective) -> dict[str, str]:
    return {
        "title": objective.title,
        "description": objective.description,
        "theme": objective.theme,
        "owner": objective.owner.ref,
        "perspective": objective.perspective.name,
    }


def _written(objective: Objective, before: dict[str, str], by: Viewer) -> None:
    event = ObjectiveWritten(
        objective.pk, objective.code, objective.title, before, _facts(objective)
    )
    record(event, by=by)
