"""What the house's own pages say in templates: {% load house %}."""

from __future__ import annotations

from django import template

from sightline.site import tasks

register = template.Library()


@register.filter
def task_title(task: str) -> str:
    """What a task does, in words: the path of its function → "Send a letter"."""
    return tasks.title(task)
