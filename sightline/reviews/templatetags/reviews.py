"""Words and shapes of reviews in templates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import template
from django.utils.translation import gettext as _

from sightline.reviews.models import Cycle, Form, Review
from sightline.reviews.queries.forms import SheetItem
from sightline.reviews.wording import peer_words

register = template.Library()
register.filter(peer_words)

FORM_KINDS = {"not_started": "", "draft": "info", "submitted": "good"}
REVIEW_KINDS = {
    "gathering": "",
    "rated": "info",
    "calibrated": "warn",
    "shared": "info",
    "acknowledged": "good",
    "appealed": "bad",
    "decided": "good",
}
CYCLE_KINDS = {"draft": "plain", "dry_run": "plain", "closed": "plain"}


@register.inclusion_tag("ui/tag.html")
def form_state(state: str | None) -> dict[str, str]:
    """How far a form is, as a tag."""
    if state is None:
        return {"word": _("None"), "kind": "plain"}
    return {"word": str(Form.State(state).label), "kind": FORM_KINDS[state]}


@register.inclusion_tag("ui/tag.html")
def review_stage(review: Review) -> dict[str, str]:
    """How far a review is, as a tag."""
    return {"word": str(Review.Stage(review.stage).label), "kind": REVIEW_KINDS[review.stage]}


@register.inclusion_tag("ui/tag.html")
def cycle_stage(cycle: Cycle) -> dict[str, str]:
    """How far a cycle is, as a tag."""
    return {
        "word": str(Cycle.Stage(cycle.stage).label),
        "kind": CYCLE_KINDS.get(cycle.stage, "info"),
    }


@register.filter
def last_day(until_on: date) -> date:
    """The last day of a half-open span."""
    return until_on - timedelta(days=1)


@register.simple_tag
def rating_of(ratings: Mapping[int, Any], key: int) -> Any:
    """What is kept under a key, or nothing."""
    return ratings.get(key)


@register.filter
def at_key(kept: Mapping[Any, Any] | None, key: Any) -> Any:
    """What is kept under a key; nothing where there is none."""
    return kept.get(key) if kept else None


@register.filter
def unrated(one: SheetItem, role: str) -> str:
    """How an item without a rating was left, in a form of this role."""
    if not one.is_unseen:
        return _("not rated")
    return _("cannot say") if role == Form.Role.SELF else _("not seen")


@register.filter
def role_names(roles: list[str]) -> str:
    """Roles of forms, in words."""
    return _(", ").join(str(Form.Role(role).label) for role in roles)
