"""Everything the product knows about a person, for that person to read and take along.

Held back is what others have not yet said openly or said in confidence: their drafts, reviews not
yet shared, who of the colleagues wrote what. Each app tells its part.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from sightline.conversations.queries import everything as conversations
from sightline.decisions.queries import everything as decisions
from sightline.development.queries import own as development
from sightline.foundation.core.dates import now
from sightline.foundation.drafts import queries as drafts
from sightline.foundation.identity.queries import sessions_of
from sightline.foundation.ledger.queries import records_about
from sightline.foundation.notices.queries import notices_of
from sightline.goals.models import (
    Acceptance,
    CheckIn,
    Closing,
    Contribution,
    Goal,
    Handover,
    Mediation,
    Recommendation,
    Revision,
    SightAnswer,
)
from sightline.goals.queries.goals import goals_seen_by
from sightline.goals.queries.help import own_requests
from sightline.people.models import (
    Assignment,
    DottedLine,
    Employment,
    Leave,
    Pay,
    RoleGrant,
)
from sightline.people.viewer import Viewer
from sightline.reviews.queries import everything as reviews
from sightline.reviews.queries.records import open_records
from sightline.site.queries import names_in_ledger
from sightline.strategy.models import (
    Actual,
    CommitmentStep,
    Objective,
    ShareActual,
    StrategyStep,
    WeighingAnswer,
)


def known_about(viewer: Viewer) -> dict[str, Any]:
    """What is known about the viewer, by section, as plain JSON values."""
    employee = viewer.employee
    own = {"employee": employee}
    posts = Assignment.objects.select_related("position__unit", "manager")
    return {
        "made at": now().isoformat(),
        "person": _fields(
            employee, "number", "name", "known_as", "family_name", "email", "location", "time_zone"
        ),
        "employments": _rows(Employment.objects.filter(**own), "from_on", "ends_on", "end_reason"),
        "posts": [
            {
                **_fields(post, "from_on", "ends_on", "share_percent", "cause", "reason"),
                "position": post.position.title,
                "unit": post.position.unit.name,
                "manager": post.manager.name if post.manager else None,
            }
            for post in posts.filter(**own)
        ],
        "dotted lines": _rows(
            DottedLine.objects.filter(**own).select_related("manager"),
            "manager",
            "purpose",
            "from_on",
            "ends_on",
        ),
        "leave": _rows(Leave.objects.filter(**own), "kind", "from_on", "ends_on"),
        "pay": _rows(Pay.objects.filter(**own), "amount", "currency", "from_on", "ends_on"),
        "roles": _rows(
            RoleGrant.objects.filter(**own).select_related("unit"),
            "role",
            "unit",
            "from_on",
            "ends_on",
            "reason",
        ),
        **_in_the_strategy(viewer),
        **conversations.everything_of(viewer),
        **_in_goals(viewer),
        "levels judged": development.levels_told(viewer),
        "development plans": development.plans_told(viewer),
        **decisions.everything_of(viewer),
        **reviews.everything_of(viewer),
        "account": _account(viewer),
        "records": _records(viewer, employee.ref),
    }


def _help(viewer: Viewer) -> list[dict[str, Any]]:
    """What help with goals one asked for, and was asked for, with all that was answered."""
    return [
        {
            **_fields(row, "goal_title", "words", "stage", "asked_at"),
            "asked by": row.asker.name,
            "asked of": row.asked.name,
            "answers": [
                {
                    **_fields(step, "stage", "words", "promised_for", "at"),
                    "by": step.by.name if step.by else None,
                }
                for step in row.steps.all()
            ],
        }
        for row in own_requests(viewer).prefetch_related("steps__by")
    ]


def _in_goals(viewer: Viewer) -> dict[str, Any]:
    """One's goals but for drafts of others, and what one said about any goal."""
    me = viewer.employee
    others_drafts = Q(stage=Goal.Stage.DRAFT) & ~Q(drafted_by=me)
    goals = Goal.objects.filter(employee=me).exclude(others_drafts).select_related("period")
    said = CheckIn.objects.filter(author=me).select_related("goal", "disagreement")
    said = said.prefetch_related("ticks")
    return {
        "goals": _rows(
            goals,
            *("title", "why", "measured_by", "period", "stage", "visibility", "weight_percent"),
            *("start_value", "target_value", "value", "value_unit", "from_on", "due_on"),
            *("band_low", "band_high", "inside_percent", "milestones"),
        ),
        "check-ins": [
            {
                **_fields(row, "on", "value", "confidence", "note"),
                "goal": row.goal.title,
                "milestones": [_fields(tick, "title", "done_on") for tick in row.ticks.all()],
                "disagreement": getattr(getattr(row, "disagreement", None), "words", ""),
            }
            for row in said
        ],
        "help with goals": _help(viewer),
        "revisions of goals": _rows(
            Revision.objects.filter(author=me).select_related("goal"),
            *("title", "number", "reason", "weight_percent", "written_at"),
        ),
        "goals accepted": _rows(
            Acceptance.objects.filter(by=me).select_related("revision__goal"),
            *("revision", "side", "words", "accepted_at"),
        ),
        "sides of goals taken over or given up": _of_goals(
            viewer, Handover.objects.filter(Q(was=me) | Q(to=me)), "side", "at", "has_lapsed"
        ),
        "mediation on goals asked for": _of_goals(
            viewer, Mediation.objects.filter(by=me), "words", "at"
        ),
        "recommendations on goals": _rows(
            Recommendation.objects.filter(mediation__mediator=me), *("words", "at")
        ),
        "which objectives the work serves": [
            {
                **_fields(row, "period", "on", "none_percent", "skipped_because"),
                "shares": [_fields(one, "objective", "percent") for one in row.shares.all()],
            }
            for row in SightAnswer.objects.filter(employee=me)
            .select_related("period")
            .prefetch_related("shares__objective")
        ],
        "goals closed": _rows(
            Closing.objects.filter(by=me).select_related("goal"),
            *("goal", "outcome", "words", "on"),
        ),
        "what goals serve, confirmed": _rows(
            Contribution.objects.filter(confirmed_by=me).select_related("goal"),
            *("goal", "share_percent", "confirmed_on"),
        ),
    }


def _in_the_strategy(viewer: Viewer) -> dict[str, Any]:
    own = {"by": viewer.employee}
    said = CommitmentStep.objects.select_related("commitment__unit", "commitment__objective")
    measured = Actual.objects.filter(author=viewer.employee).select_related("measure")
    parts = ShareActual.objects.filter(author=viewer.employee)
    return {
        "objectives owned": _rows(
            Objective.objects.filter(owner=viewer.employee).select_related("strategy"),
            "strategy",
            "code",
            "title",
        ),
        "values recorded": _rows(measured, "measure", "on", "value", "recorded_at"),
        "values of parts recorded": [
            {
                "measure": row.share.measure.name,
                "unit": row.share.unit.name,
                "quarter": row.share.quarter,
                **_fields(row, "value", "recorded_at"),
            }
            for row in parts.select_related("share__measure", "share__unit")
        ],
        "steps of strategies": _rows(
            StrategyStep.objects.filter(**own).select_related("strategy"), "strategy", "stage", "on"
        ),
        "said of shares of effort": [
            {
                "strategy": row.weighing.strategy.name,
                "objectives": {one["id"]: one["title"] for one in row.weighing.asked},
                **_fields(row, "said", "sent_at"),
            }
            for row in WeighingAnswer.objects.filter(employee=viewer.employee).select_related(
                "weighing__strategy"
            )
        ],
        "answers about commitments": [
            {
                "unit": step.commitment.unit.name,
                "objective": step.commitment.objective.title,
                **_fields(step, "act", "on", "share_percent", "note"),
            }
            for step in said.filter(**own)
        ],
    }


def _account(viewer: Viewer) -> dict[str, Any] | None:
    account = viewer.account
    if account is None:
        return None
    return {
        **_fields(account, "email", "language", "time_zone", "created_at", "last_login"),
        "sessions": _rows(sessions_of(account), "device", "address", "started_at", "seen_at"),
        "notices": _rows(notices_of(account), "sentence", "at", "read_at"),
        "drafts": drafts.everything_of(account),
        "records": _records(viewer, account.ref),
    }


def _records(viewer: Viewer, subject: str) -> list[dict[str, Any]]:
    found = records_about(subject, reader=viewer.employee.ref, limit=100_000)
    entries = open_records(viewer, found)
    names = names_in_ledger(entry.record.actor for entry in entries)
    return [
        {
            "at": entry.record.at.isoformat(),
            "by": names.get(entry.record.actor, entry.record.actor),
            "what": entry.sentence,
            "reason": entry.reason,
            "place in the log": entry.position,
        }
        for entry in entries
    ]


def _of_goals(viewer: Viewer, rows: QuerySet[Any], *names: str) -> list[dict[str, Any]]:
    """Rows about goals; a goal by its title while the viewer may see it, else by its number."""
    found = list(rows.select_related("goal"))
    keys = {row.goal_id for row in found}
    seen = set(goals_seen_by(viewer).filter(pk__in=keys).values_list("pk", flat=True))
    return [
        {
            "goal": row.goal.title if row.goal_id in seen else row.goal_id,
            **_fields(row, *names),
        }
        for row in found
    ]


def _rows(rows: Iterable[object], *names: str) -> list[dict[str, Any]]:
    return [_fields(row, *names) for row in rows]


def _fields(row: object, *names: str) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | bool | dict | list):
        return value
    if isinstance(value, tuple):
        return [str(one) for one in value]
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
