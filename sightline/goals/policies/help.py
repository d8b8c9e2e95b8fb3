"""Who reads a request for help, and who answers it."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from sightline.foundation.access.decisions import Allowed, Decision, Denied
from sightline.goals.models import HelpRequest
from sightline.goals.rules import help as rules
from sightline.people.viewer import Viewer


def help_visible_to(viewer: Viewer) -> Q:
    """Requests that exist for the viewer with all that was answered: of the two between whom they
    are, and of whoever answers for the goal now.

    Who sees the goal sees there that help was asked for, and not what was answered.
    """
    own = Q(asker=viewer.employee) | Q(asked=viewer.employee)
    return own | Q(goal__employee=viewer.employee) | Q(goal__unit__in=viewer.units_led)


def may_answer_help(viewer: Viewer, request: HelpRequest) -> Decision:
    """Say what becomes of a request: the two between whom it is, and the goal's owner."""
    if HelpRequest.objects.filter(help_visible_to(viewer), pk=request.pk).exists():
        return Allowed()
    return Denied(_("Who asks and who is asked say what becomes of it."))


def steps_open_to(viewer: Viewer, request: HelpRequest) -> tuple[str, ...]:
    """What the viewer, for whom a request exists, may make of it; nothing when it has ended."""
    if not request.is_waiting:
        return ()
    return rules.BY_ASKED if request.asked_id == viewer.employee.pk else rules.BY_ASKER
