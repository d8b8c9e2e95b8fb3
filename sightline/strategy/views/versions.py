"""The next version of the strategy: begun as a copy, held against the one in force."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import require
from sightline.foundation.access.guards import found_or_404
from sightline.people.viewer import ViewerRequest
from sightline.people.views.acting import answer, carried_out
from sightline.strategy import policies, wording
from sightline.strategy.actions import versions as actions
from sightline.strategy.forms.strategies import StrategyForm, initial_of_strategy
from sightline.strategy.models import Strategy
from sightline.strategy.queries import strategies
from sightline.strategy.queries import versions as queries
from sightline.strategy.rules.versions import Fate


def new(request: ViewerRequest) -> HttpResponse:
    """Begin a draft that says what the strategy in force says."""
    viewer = request.viewer
    require(policies.may_draft_strategy(viewer))
    former = found_or_404(strategies.strategy_in_force(viewer))
    said = initial_of_strategy(former) | {"name": "", "from_on": viewer.today}
    form = StrategyForm(request.POST or None, viewer=viewer, initial=said)
    made: list[Strategy] = []
    if carried_out(
        request, form, lambda: made.append(actions.draft_version(by=viewer, **form.facts))
    ):
        messages.success(request, _("The draft is there. It says what is in force; change it."))
        return redirect("strategy:strategy", made[0].pk)
    note = _(
        "The draft begins as a copy of %s: objectives, causes, shares, measures and targets. "
        "What units took on and what was measured follows when it is brought into force. "
        "Until then nothing changes for anybody."
    )
    context = {
        "title": _("Begin the next version"),
        "submit": _("Begin the draft"),
        "subject": former,
        "subject_url": reverse("strategy:current"),
        "note": note % former.name,
    }
    return answer(request, "people/act.html", form, context)


def changes(request: ViewerRequest, strategy_id: int) -> HttpResponse:
    """What a draft says otherwise than the strategy in force, and whom that touches."""
    viewer = request.viewer
    one = found_or_404(strategies.strategy_seen_by(viewer, strategy_id))
    found_or_404(one if one.is_draft else None)
    former = strategies.strategy_in_force(viewer)
    rows = queries.compared(former, one)
    changed = [row for row in rows if row.fate != Fate.SAME]
    names = queries.owner_names(viewer, changed)
    context: dict[str, Any] = {
        "strategy": one,
        "former": former,
        "rows": [(row, wording.field_changes(row, names)) for row in changed],
        "same": sum(row.fate == Fate.SAME for row in rows),
        "touched": queries.touched_by(viewer, rows, viewer.today),
        "may_change": policies.may_change_strategy(viewer, one),
    }
    return render(request, "strategy/changes.html", context)
