"""The last act on a map taken back, as long as what it did still stands as it left it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.errors import Refused
from sightline.people.actions.holding import hold_organisation
from sightline.people.viewer import Viewer
from sightline.strategy import policies
from sightline.strategy.actions.objectives import draw_cause, remove_cause, remove_objective
from sightline.strategy.actions.placing import Placed, put_back, rename_objective
from sightline.strategy.models import Cause, Measure, Objective, Strategy


@dataclass(frozen=True, slots=True)
class MapAct:
    """What was done on a map, in keys and words that a page can carry."""

    kind: str
    objective: int
    facts: tuple[Any, ...] = ()


def added(objective: Objective) -> MapAct:
    """An objective was added."""
    return MapAct("added", objective.pk, (objective.title,))


def renamed(objective: Objective, former: str) -> MapAct:
    """An objective got another title."""
    return MapAct("renamed", objective.pk, (former, objective.title))


def placed(objective: Objective, move: Placed) -> MapAct:
    """An objective was moved."""
    return MapAct("placed", objective.pk, (*move.was, *move.now))


def drawn(cause: Cause) -> MapAct:
    """A link was drawn."""
    return MapAct("drawn", cause.from_objective_id, (cause.to_objective_id,))


def undrawn(from_objective: Objective, to_objective: Objective) -> MapAct:
    """A link was removed."""
    return MapAct("undrawn", from_objective.pk, (to_objective.pk,))


@transaction.atomic
def take_back(*, by: Viewer, strategy: Strategy, act: MapAct) -> None:
    """Undo an act on the map of a draft. What changed since stays, and that is said."""
    hold_organisation(strategy)
    require(policies.may_change_strategy(by, strategy))
    objective = _objective(strategy, act.objective)
    match act.kind:
        case "added":
            _remove_added(by, objective, act)
        case "renamed":
            _name_back(by, objective, act)
        case "placed":
            _put_back(by, objective, act)
        case "drawn":
            _take_link_back(by, objective, act)
        case _:
            _draw_again(by, objective, act)


def _objective(strategy: Strategy, key: int) -> Objective:
    found = Objective.objects.filter(strategy=strategy, pk=key).first()
    if found is None:
        raise Refused(_("The objective is no longer there. Nothing was undone."))
    return found


def _remove_added(by: Viewer, objective: Objective, act: MapAct) -> None:
    causes = objective.drives.exists() or objective.driven_by.exists()
    measured = Measure.objects.filter(objective=objective).exists()
    words = objective.description or objective.theme or objective.title != act.facts[0]
    if causes or measured or words or objective.intended_share_percent:
        raise Refused(_("“%s” was worked on since. Nothing was undone.") % objective.title)
    remove_objective(by=by, objective=objective)


def _name_back(by: Viewer, objective: Objective, act: MapAct) -> None:
    former, now = act.facts
    rename_objective(by=by, objective=objective, title=former, instead_of=now)


def _put_back(by: Viewer, objective: Objective, act: MapAct) -> None:
    was, now = act.facts[:2], act.facts[2:]
    put_back(by=by, objective=objective, placed=Placed(tuple(was), tuple(now)))


def _take_link_back(by: Viewer, objective: Objective, act: MapAct) -> None:
    cause = Cause.objects.filter(from_objective=objective, to_objective=act.facts[0]).first()
    if cause is None:
        raise Refused(_("The link is no longer there. Nothing was undone."))
    remove_cause(by=by, cause=cause)


def _draw_again(by: Viewer, objective: Objective, act: MapAct) -> None:
    driven = _objective(objective.strategy, act.facts[0])
    draw_cause(by=by, from_objective=objective, to_objective=driven)
