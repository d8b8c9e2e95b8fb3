"""Lists of goals: mine, my team's, a unit's, all that one may see; narrowed by period and state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Exists, F, FloatField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Lower

from sightline.goals import policies
from sightline.goals.models import Closing, Goal, Period, Wording
from sightline.goals.queries.ancestry import leading_to
from sightline.goals.queries.drift import drifts
from sightline.goals.queries.goals import goals_seen_by, with_owners
from sightline.goals.rules.status import LIKELY, WHOLE
from sightline.people.models import Assignment
from sightline.people.queries.organisation import unit_ids_under
from sightline.people.queries.people import named
from sightline.people.viewer import Viewer

ORDERS = {
    "": ("-pk",),
    "goal": ("title", "pk"),
    "whose": ("whose", "pk"),
    "period": ("period__from_on", "period", "pk"),
    "weight": ("weight_percent", "pk"),
    "progress": ("progress", "pk"),
    "due": ("due_on", "pk"),
}
"""By what the columns of a list are put in order; without a word what was written last."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to."""

    scope: str = "mine"
    period_id: int | None = None
    unit_id: int | None = None
    objective_id: int | None = None
    state: str = ""
    words: str = ""


def goals_wanted(viewer: Viewer, wanted: Wanted) -> QuerySet[Goal]:
    """The goals of a list."""
    rows = _scope(viewer, wanted)
    if wanted.period_id:
        rows = rows.filter(period=wanted.period_id)
    if wanted.objective_id:
        rows = rows.filter(pk__in=leading_to(wanted.objective_id))
    if wanted.state:
        rows = rows.filter(_state(viewer.today, wanted.state))
    for word in wanted.words.split()[:6]:
        name = named(word, "employee__") | Q(unit__name__icontains=word)
        rows = rows.filter(Q(title__icontains=word) | name)
    return rows


def _scope(viewer: Viewer, wanted: Wanted) -> QuerySet[Goal]:
    """Where a list begins; whoever stands on a side of a goal sees it, unless it is a draft."""
    if not policies.may_read_goals(viewer):
        return Goal.objects.none()
    if wanted.scope in {"unit", "all"} and wanted.unit_id:
        units = unit_ids_under(wanted.unit_id, viewer.today)
        people = Assignment.objects.on(viewer.today).filter(position__unit__in=units)
        of_unit = Q(unit__in=units) | Q(employee__in=people.values("employee"))
        return goals_seen_by(viewer).filter(of_unit)
    if wanted.scope == "all":
        return goals_seen_by(viewer)
    owned, drafted = policies.owned_by(viewer), policies.drafts_of(viewer)
    of_team = policies.led_by(viewer) | (drafted & ~owned)
    whose = of_team if wanted.scope == "team" else owned
    rows = Goal.objects.filter(policies.near_to(viewer)).filter(whose)
    return with_owners(rows.filter(drafted | ~Q(stage=Goal.Stage.DRAFT)))


def _state(day: date, state: str) -> Q:
    running = Q(agreed_number__isnull=False) & ~Q(stage=Goal.Stage.CLOSED)
    if state in Closing.Outcome.values:
        return Q(closing__outcome=state)
    fresh = _fresh(day) if state in {"behind", "silent"} else Q()
    return {
        "running": running,
        "proposed": Q(stage=Goal.Stage.PROPOSED),
        "draft": Q(stage=Goal.Stage.DRAFT),
        "closed": Q(stage=Goal.Stage.CLOSED),
        "behind": running & fresh & _behind(day),
        "silent": running & ~fresh,
        "loose": Q(contributions__isnull=True) & ~Q(stage=Goal.Stage.CLOSED),
        "stale": running & Q(drifts()),
    }.get(state, Q())  # fmt: skip


def _behind(day: date) -> Q:
    """Behind, or at risk to be, by what was said last; see rules.status.standing."""
    short = Q(chance_percent__lt=LIKELY * WHOLE)
    unsure = Q(confidence__isnull=True) | Q(confidence__lt=LIKELY)
    no_forecast, late = Q(chance_percent__isnull=True), Q(due_on__lte=day)
    is_band = Q(kind=Wording.Kind.BAND)
    too_seldom = is_band & Q(done_percent__lt=F("inside_percent"))
    wanting = short | ((no_forecast & unsure | late) & Q(done_percent__lt=WHOLE))
    return too_seldom | (~is_band & wanting)


def _fresh(day: date) -> Q:
    """With a word that still speaks for the day, or for the due day once that has passed."""
    spoken = Q(pk__in=[])
    runs = Goal.objects.filter(period=OuterRef("pk"), stage__in=["agreed", "proposed"])
    for period in Period.objects.filter(Exists(runs)):
        since = Q(measured_on__gte=day - period.fresh_for)
        since |= Q(due_on__lt=day, measured_on__gte=F("due_on") - period.fresh_for)
        spoken |= Q(period=period, done_percent__isnull=False) & since
    return spoken


def in_words(rows: QuerySet[Goal]) -> QuerySet[Goal]:
    """These goals with `whose`, the owner as names are sorted, and `progress`, of which none is -1.

    To be put in order by, where what is empty has a place as well.
    """
    whose = Coalesce(F("employee__sort_key"), Lower("unit__name"), output_field=CharField())
    done = Cast("done_percent", FloatField())
    return rows.annotate(whose=whose, progress=Coalesce(done, Value(-1.0)))


def found_goals(viewer: Viewer, words: str, limit: int = 5) -> list[Goal]:
    """Goals whose title holds all the words; the running ones first, then the latest."""
    rows = goals_seen_by(viewer)
    for word in words.split()[:6]:
        rows = rows.filter(title__icontains=word)
    running_first = F("closing__on").asc(nulls_first=True)
    return list(rows.order_by(running_first, "-period__from_on", "pk")[:limit])


def in_order(rows: QuerySet[Goal], sort: str) -> tuple[QuerySet[Goal], tuple[str, ...]]:
    """Goals as a column orders them, downwards when its name has a "-" before it."""
    name = sort.removeprefix("-")
    fields = ORDERS.get(name, ORDERS[""])
    if name in {"whose", "progress"}:
        rows = in_words(rows)
    if name in ORDERS and sort.startswith("-") and name:
        fields = tuple(f"-{field}" for field in fields)
    return rows, fields
