"""What feedback can be about besides a competency: a goal, by a reference such as "goal:12"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from sightline.goals.models import Goal
from sightline.goals.queries.goals import goals_seen_by
from sightline.people.models import Employee
from sightline.people.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Topic:
    """A thing as the viewer sees it: how it is called today, whose it is, where it stands."""

    reference: str
    title: str
    owner: Employee | None
    url: str


def is_reference(words: str) -> bool:
    """Whether an address names a thing ("goal:12") and not a person ("7")."""
    return ":" in words


def topic_seen_by(viewer: Viewer, reference: str) -> Topic | None:
    """The thing behind a reference; None when there is none for the viewer."""
    return _topics(viewer, [reference]).get(reference)


def with_topics(viewer: Viewer, feedback: Iterable[Any]) -> list[Any]:
    """Feedback, each with the thing that it is about, where the viewer sees that (`topic_seen`).

    Whoever reads feedback need not know of a goal that it names: no title is shown without this.
    """
    rows = list(feedback)
    topics = _topics(viewer, [one.topic for one in rows])
    for one in rows:
        one.topic_seen = topics.get(one.topic)
    return rows


def about_what(feedback: Any) -> str:
    """What one piece of `with_topics` is about: its competency, else the thing; in words."""
    if feedback.competency:
        return str(feedback.competency.name)
    return feedback.topic_title if feedback.topic_seen else ""


def _topics(viewer: Viewer, references: Iterable[str]) -> dict[str, Topic]:
    keys = {key for one in references if (key := _key_of_goal(one))}
    goals = goals_seen_by(viewer).filter(pk__in=keys) if keys else []
    return {topic.reference: topic for topic in map(_topic, goals)}


def _key_of_goal(reference: str) -> int | None:
    kind, _colon, key = reference.partition(":")
    is_key = key.isascii() and key.isdecimal() and len(key) < 16
    return int(key) if kind == "goal" and is_key else None


def _topic(goal: Goal) -> Topic:
    url = reverse("goals:goal", args=[goal.pk])
    return Topic(f"goal:{goal.pk}", goal.title, goal.employee, url)
