"""What is known of a person's growth, for that person to read and take along."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch

from sightline.development.models import ActionStep, Plan, PlanAction
from sightline.development.queries.gaps import levels_of
from sightline.development.queries.plans import plans_of
from sightline.people.viewer import Viewer


def levels_told(viewer: Viewer) -> list[dict[str, Any]]:
    """Every judgement of the viewer, as plain values."""
    return [
        {
            "competency": row.competency.name,
            "level": str(row.level),
            "give or take": str(row.plus_minus),
            "from what": row.source,
            "judged by": row.judged_by.name if row.judged_by else None,
            "judged on": row.judged_on.isoformat(),
            "seen in": row.seen_in,
        }
        for row in levels_of(viewer, viewer.employee)
    ]


def plans_told(viewer: Viewer) -> list[dict[str, Any]]:
    """Every plan of the viewer with its actions, as plain values."""
    steps = Prefetch("steps", ActionStep.objects.select_related("by"))
    actions = PlanAction.objects.select_related("competency", "helper").prefetch_related(steps)
    rows = plans_of(viewer, viewer.employee).prefetch_related(None)
    rows = rows.prefetch_related(Prefetch("actions", actions))
    return [_plan_told(plan) for plan in rows]


def _plan_told(plan: Plan) -> dict[str, Any]:
    return {
        "drafted by": plan.drafted_by.name,
        "what it is for": plan.aim,
        "on the way to": plan.aspires_to.title if plan.aspires_to else None,
        "from": plan.from_on.isoformat(),
        "up to": plan.until_on.isoformat(),
        "stage": plan.stage,
        "what it brought": plan.closing_words,
        "actions": [_action_told(action) for action in plan.actions.all()],
    }


def _action_told(action: PlanAction) -> dict[str, Any]:
    return {
        "what": action.what,
        "how one will know": action.how_known,
        "by when": action.due_on.isoformat(),
        "competency": action.competency.name if action.competency else None,
        "with the help of": action.helper.name if action.helper else None,
        "stage": action.stage,
        "steps": [
            {"at": step.at.isoformat(), "by": step.by.name, "to": step.stage, "words": step.words}
            for step in action.steps.all()
        ],
    }
