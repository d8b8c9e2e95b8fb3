"""Lets the leaders of the company write its strategy, measure it, and take it on.

The words and numbers stand in `company/strategy.toml`. Each act is done by whom it would have been
done by, as on the day on which it would have been.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from sightline.foundation.core.known import known
from sightline.people.models import Assignment, Employee, Role, RoleGrant, Unit
from sightline.people.viewer import Viewer, viewer_as
from sightline.site.demo.book import toml
from sightline.site.demo.calendar import Calendar
from sightline.strategy.actions import commitments, measures, objectives, strategies
from sightline.strategy.actions.measures import MeasureFacts
from sightline.strategy.actions.target_shares import (
    UnitPart,
    record_share_actual,
    split_target,
)
from sightline.strategy.models import Measure, Objective, Strategy, TargetShare

HEAD = "LARK-CHIEF"
Row = dict[str, Any]


@dataclass(slots=True)
class Leaders:
    """Who holds which post, as a viewer on any day; who holds none is stood in for by the head."""

    calendar: Calendar
    viewers: dict[str, Viewer] = field(default_factory=dict)

    def holder(self, post: str, on: date | None = None) -> Viewer:
        """Whoever holds a post today, as on a day."""
        return self._as_of(post, partial(self._holder_of, post), on)

    def lead(self, unit: Unit, on: date | None = None) -> Viewer | None:
        """Whoever leads a unit today, as on a day; None when nobody does."""
        grants = RoleGrant.objects.on(self.calendar.today).filter(unit=unit, role=Role.UNIT_LEAD)
        grant = grants.select_related("employee").first()
        return self._as_of(f"lead of {unit.code}", lambda: grant.employee, on) if grant else None

    def _holder_of(self, post: str) -> Employee:
        rows = Assignment.objects.on(self.calendar.today).select_related("employee")
        held = rows.filter(position__code=post).first() or rows.get(position__code=HEAD)
        return held.employee

    def _as_of(self, key: str, find: Any, on: date | None) -> Viewer:
        if key not in self.viewers:
            self.viewers[key] = known(viewer_as(find()), "those who lead work here")
        return replace(self.viewers[key], today=on or self.calendar.today)


def write_strategy(calendar: Calendar, *, small: bool = False) -> Strategy:
    """The strategy of last year, this and the next; for the cast alone a smaller one."""
    book, leaders = toml("strategy"), Leaders(calendar)
    first = calendar.today.year - 1
    head = leaders.holder(HEAD, date(first - 1, 12, 1))
    years = {"first": first, "last": first + 2}
    strategy = strategies.draft_strategy(
        by=head,
        name=book["name"].format(**years),
        from_on=date(first, 1, 1),
        until_on=date(first + 3, 1, 1),
        mission=book["mission"],
        vision=book["vision"].format(**years),
    )
    wanted = [row for row in book["objective"] if not small or "share_in_small" in row]
    written = _write_objectives(head, leaders, strategy, book["perspective"], wanted)
    shares = {
        written[row["code"]]: Decimal(row["share_in_small" if small else "share"]) for row in wanted
    }
    objectives.set_shares(by=head, strategy=strategy, shares=shares)
    sets = [(row, written[row["code"]]) for row in wanted]
    made = [made for row, one in sets for made in _add_measures(head, one, row, first)]
    strategies.bring_into_force(by=replace(head, today=date(first, 1, 12)), strategy=strategy)
    for row, measure in made:
        _measure(leaders, row, measure, first)
        for split in row.get("split", []) if not small else []:
            _share_out(leaders, row["owner"], measure, first + split["year"], split)
    taken = [row for row in book["commitment"] if not small or row.get("in_small")]
    for row in taken:
        _take_on(leaders, row, written, years)
    return strategy


def _write_objectives(
    head: Viewer, leaders: Leaders, strategy: Strategy, views: list[Row], rows: list[Row]
) -> dict[str, Objective]:
    """Perspectives, objectives and causes; objectives by the codes of the book."""
    perspectives = {
        view["name"]: objectives.add_perspective(
            by=head, strategy=strategy, name=view["name"], hue=number
        )
        for number, view in enumerate(views, start=1)
    }
    written = {
        row["code"]: objectives.add_objective(
            by=head,
            perspective=perspectives[row["perspective"]],
            title=row["title"],
            description=row["description"],
            theme=row.get("theme", ""),
            owner=leaders.holder(row["owner"]).employee,
        )
        for row in rows
    }
    for row in rows:
        for driven in (code for code in row["drives"] if code in written):
            objectives.draw_cause(
                by=head, from_objective=written[row["code"]], to_objective=written[driven]
            )
    return {
        code: Objective.objects.select_related("strategy", "owner").get(pk=one.pk)
        for code, one in written.items()
    }


def _add_measures(
    head: Viewer, objective: Objective, row: Row, first: int
) -> Iterator[tuple[Row, Measure]]:
    for said in row["measure"]:
        low, high = map(_number, said["band"]) if "band" in said else (None, None)
        facts = MeasureFacts(
            name=said["name"],
            unit=said["unit"],
            direction=said["direction"],
            kind=said["kind"],
            baseline=_number(said["was"]) if "was" in said else None,
            baseline_on=date(first, 1, 1),
            band_low=low,
            band_high=high,
        )
        measure = measures.add_measure(by=head, objective=objective, facts=facts)
        if targets := said.get("targets"):
            due = {date(first + n, 12, 31): _number(value) for n, value in enumerate(targets)}
            measures.set_targets(by=head, measure=measure, targets=due)
        yield {**said, "owner": row["owner"]}, measure


def _measure(leaders: Leaders, row: Row, measure: Measure, first: int) -> None:
    """Let the owner record what the measure came to, quarter by quarter up to today."""
    measure.objective.refresh_from_db()
    for number, value in enumerate(row["came_to"]):
        on = _end_of_quarter(first, number)
        if on <= leaders.calendar.today:
            by = leaders.holder(row["owner"], on)
            measures.record_actual(by=by, measure=measure, on=on, value=_number(value))


def _share_out(leaders: Leaders, owner: str, measure: Measure, year: int, split: Row) -> None:
    """Let the owner share the target of a year out, and record what came of the parts since."""
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=split["parts"])}
    if len(units) < len(split["parts"]):
        return
    due_on, weights = date(year, 12, 31), split.get("weights", {})
    parts = [
        UnitPart(units[code], list(map(_number, values)), _number(weights.get(code, 1)))
        for code, values in split["parts"].items()
    ]
    by = leaders.holder(owner, date(year, 1, 20))
    split_target(by=by, measure=measure, due_on=due_on, way=split["way"], parts=parts)
    shares = TargetShare.objects.filter(measure=measure, due_on=due_on)
    for code, values in split.get("came_to", {}).items():
        for share, value in zip(shares.filter(unit=units[code]), values, strict=False):
            on = _end_of_quarter(year, (share.quarter or 4) - 1)
            if on <= leaders.calendar.today:
                by = leaders.holder(owner, on)
                record_share_actual(by=by, share=share, value=_number(value))


def _take_on(
    leaders: Leaders, row: Row, written: dict[str, Objective], years: dict[str, int]
) -> None:
    """Let a unit offer a share of its effort, and the head of the company answer."""
    unit = Unit.objects.filter(code=row["unit"]).first()
    if unit is None:
        return
    offered_on, answered_on = _days_of(row, leaders.calendar, years)
    lead = leaders.lead(unit, offered_on)
    if lead is None:
        return
    commitment = commitments.propose_commitment(
        by=lead,
        unit=unit,
        objective=Objective.objects.select_related("strategy").get(pk=written[row["objective"]].pk),
        share_percent=Decimal(row["share"]),
        note=row["note"],
    )
    head = leaders.holder(HEAD, answered_on)
    if "passed_back" in row:
        reason = row["passed_back"].format(**years)
        commitments.pass_back_commitment(by=head, commitment=commitment, reason=reason)
    elif not row.get("waits"):
        commitments.agree_commitment(by=head, commitment=commitment)


def _days_of(row: Row, calendar: Calendar, years: dict[str, int]) -> tuple[date, date]:
    """When a share was offered, and when that was answered: long ago, or the other week."""
    if row.get("waits"):
        return calendar.days(-9), calendar.today
    if "passed_back" in row:
        return calendar.days(-16), calendar.days(-9)
    return date(years["first"], 2, 3), date(years["first"], 2, 10)


def _end_of_quarter(first: int, number: int) -> date:
    year, quarter = first + number // 4, number % 4
    return date(year + quarter // 3, (quarter + 1) * 3 % 12 + 1, 1) - timedelta(days=1)


def _number(value: float) -> Decimal:
    return Decimal(str(value))
