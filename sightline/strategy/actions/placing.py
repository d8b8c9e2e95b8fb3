"""Objectives moved and renamed on the map of a draft, one small act at a time."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.record import record
from sightline.people.actions.holding import hold_organisation
from sightline.people.viewer import Viewer
from sightline.strategy import policies
from sightline.strategy.actions.objectives import change_objective
from sightline.strategy.events import ObjectivePlaced
from sightline.strategy.models import Objective, Perspective
from sightline.strategy.rules.placing import Spot, Way, moved, spot_of, stepped


@dataclass(frozen=True, slots=True)
class Placed:
    """An objective moved from one place to another: perspectives by key, counted from 0."""

    was: tuple[int, int]
    now: tuple[int, int]


@transaction.atomic
def step_objective(*, by: Viewer, objective: Objective, way: Way) -> Placed:
    """Move an objective one step on the map, from where it stands when its turn comes."""
    hold_organisation(objective)
    require(policies.may_change_strategy(by, objective.strategy))
    perspectives, rows = _rows(objective)
    spot = stepped(rows, objective.pk, way)
    if spot is None:
        raise Refused(_edge(way))
    return _put(by, objective, perspectives, rows, spot)


@transaction.atomic
def place_objective(
    *, by: Viewer, objective: Objective, perspective: Perspective, before: Objective | None = None
) -> Placed:
    """Put an objective into a perspective, before another there or at its end.

    When the other has gone elsewhere meanwhile, it goes to the end.
    """
    hold_organisation(objective, perspective)
    require(policies.may_change_strategy(by, objective.strategy))
    perspectives, rows = _rows(objective)
    row = _row_of(perspectives, perspective.pk)
    others = [key for key in rows[row] if key != objective.pk]
    at = others.index(before.pk) if before and before.pk in others else len(others)
    return _put(by, objective, perspectives, rows, Spot(row, at))


@transaction.atomic
def put_back(*, by: Viewer, objective: Objective, placed: Placed) -> None:
    """Take back a move; refused when the objective has been moved again since."""
    hold_organisation(objective)
    require(policies.may_change_strategy(by, objective.strategy))
    perspectives, rows = _rows(objective)
    here = spot_of(rows, objective.pk)
    if (perspectives[here.row].pk, here.index) != placed.now:
        raise Refused(_("“%s” was moved again since. Nothing was undone.") % objective.title)
    perspective, index = placed.was
    _put(by, objective, perspectives, rows, Spot(_row_of(perspectives, perspective), index))


@transaction.atomic
def rename_objective(
    *, by: Viewer, objective: Objective, title: str, instead_of: str | None = None
) -> str:
    """Give an objective of a draft another title; tells the former one.

    Refused when it is called otherwise than `instead_of`, if that is given.
    """
    hold_organisation(objective)
    require(policies.may_change_strategy(by, objective.strategy))
    former = objective.title
    if instead_of is not None and former != instead_of:
        raise Refused(_("It was renamed again since. Nothing was undone."))
    change_objective(
        by=by,
        objective=objective,
        perspective=objective.perspective,
        title=title,
        description=objective.description,
        owner=objective.owner,
        theme=objective.theme,
    )
    return former


def _edge(way: Way) -> str:
    return {
        Way.EARLIER: _("It is the first of its perspective."),
        Way.LATER: _("It is the last of its perspective."),
        Way.UP: _("It stands in the highest perspective."),
        Way.DOWN: _("It stands in the lowest perspective."),
    }[way]


def _rows(objective: Objective) -> tuple[list[Perspective], list[list[int]]]:
    """The perspectives of the map, and the keys of the objectives in each, in their order."""
    perspectives = list(Perspective.objects.filter(strategy=objective.strategy_id))
    keys: dict[int, list[int]] = {one.pk: [] for one in perspectives}
    found = Objective.objects.filter(strategy=objective.strategy_id).order_by("place", "pk")
    for perspective, key in found.values_list("perspective", "pk"):
        keys[perspective].append(key)
    return perspectives, [keys[one.pk] for one in perspectives]


def _row_of(perspectives: list[Perspective], key: int) -> int:
    row = next((number for number, one in enumerate(perspectives) if one.pk == key), None)
    if row is None:
        raise Refused(_("This perspective belongs to another strategy."), field="perspective")
    return row


def _put(
    by: Viewer,
    objective: Objective,
    perspectives: list[Perspective],
    rows: list[list[int]],
    to: Spot,
) -> Placed:
    after = moved(rows, objective.pk, to)
    was, now = spot_of(rows, objective.pk), spot_of(after, objective.pk)
    placed = Placed((perspectives[was.row].pk, was.index), (perspectives[now.row].pk, now.index))
    if was == now:
        return placed
    for row in {was.row, now.row}:
        held = Objective.objects.in_bulk(after[row])
        for place, key in enumerate(after[row]):
            held[key].place, held[key].perspective = place, perspectives[row]
        Objective.objects.bulk_update(held.values(), ["place", "perspective"])
    objective.refresh_from_db()
    perspective = perspectives[now.row].name
    record(
        ObjectivePlaced(objective.pk, objective.code, objective.title, perspective, now.index + 1),
        by=by,
    )
    return placed
