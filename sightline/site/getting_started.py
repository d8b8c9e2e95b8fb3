"""How an organisation begins: a few steps, each done when what it makes is really there.

A step is one entry of STEPS; whatever app it belongs to, nothing else needs to know of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sightline.foundation.access.decisions import Decision
from sightline.foundation.identity.models import Account
from sightline.goals.models import Period
from sightline.goals.policies import may_change_periods
from sightline.people.models import Employee, Employment, Position, Unit
from sightline.people.policies import may_change_organisation
from sightline.people.viewer import Viewer
from sightline.site.models import StepSetAside
from sightline.site.policies import may_begin, may_invite
from sightline.strategy.models import Strategy
from sightline.strategy.policies import may_draft_strategy


@dataclass(frozen=True, slots=True)
class Way:
    """A page on which a step is made."""

    label: str | Promise
    url_name: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step: what it is for, where it is made, whether it is, and who can make it."""

    key: str
    title: str | Promise
    text: str | Promise
    icon: str
    ways: tuple[Way, ...]
    is_there: Callable[[Viewer], Q]
    open_to: Callable[[Viewer], Decision]


def others_work_here(viewer: Viewer) -> Q:
    """Whether anybody but the viewer works here or will."""
    return Q(Exists(Employment.objects.exclude(employee=viewer.employee)))


def posts_stand_in_units(_viewer: Viewer) -> Q:
    """Whether there are units, and positions in them."""
    return Q(Exists(Unit.objects.all())) & Q(Exists(Position.objects.all()))


def a_strategy_is_in_force(_viewer: Viewer) -> Q:
    """Whether a strategy holds; a draft is only half the step."""
    return Q(Exists(Strategy.objects.filter(stage=Strategy.Stage.IN_FORCE)))


def a_period_was_opened(_viewer: Viewer) -> Q:
    """Whether there is a period to set goals for, or was one."""
    return Q(Exists(Period.objects.all()))


def others_can_sign_in(viewer: Viewer) -> Q:
    """Whether anybody else has an account: by invitation, or by single sign-on."""
    return Q(Exists(Account.objects.exclude(employee=viewer.employee)))


PEOPLE = Step(
    "people",
    _("Bring your people in"),
    _("Import a file, or type the first ten into a table."),
    "users-round",
    (Way(_("Import"), "people:imports"), Way(_("Type them in"), "people:several")),
    others_work_here,
    may_change_organisation,
)
STRUCTURE = Step(
    "structure",
    _("Name units and positions"),
    _("Who belongs where, and what each post is there for: goals and reviews build on it."),
    "building-2",
    (Way(_("Units"), "people:units"), Way(_("Positions"), "people:positions")),
    posts_stand_in_units,
    may_change_organisation,
)
STRATEGY = Step(
    "strategy",
    _("Write the strategy"),
    _("What the organisation expects of the coming years. Skip it for now if there is none."),
    "compass",
    (Way(_("Write it"), "strategy:current"),),
    a_strategy_is_in_force,
    may_draft_strategy,
)
PERIOD = Step(
    "period",
    _("Open the first period"),
    _("A quarter or a year for which everybody sets goals."),
    "calendar-days",
    (Way(_("Open it"), "goals:open_period"),),
    a_period_was_opened,
    may_change_periods,
)
INVITATIONS = Step(
    "invitations",
    _("Invite people"),
    _("A letter brings each of them a link with which they set a password."),
    "mail",
    (Way(_("Choose whom"), "invitations"),),
    others_can_sign_in,
    may_invite,
)

STEPS: list[Step] = [PEOPLE, STRUCTURE, STRATEGY, PERIOD, INVITATIONS]
"""In the order in which they are best made; nobody is held to it."""


@dataclass(frozen=True, slots=True)
class Stand:
    """A step as it stands: done, set aside, or open."""

    step: Step
    is_done: bool
    is_set_aside: bool

    @property
    def is_open(self) -> bool:
        """Whether it is still to be made."""
        return not (self.is_done or self.is_set_aside)


@dataclass(frozen=True, slots=True)
class Beginning:
    """The steps that a viewer can make, as they stand."""

    steps: list[Stand]

    @property
    def is_open(self) -> bool:
        """Whether anything is still to be made."""
        return any(step.is_open for step in self.steps)

    @property
    def done(self) -> int:
        """How many steps are made."""
        return sum(step.is_done for step in self.steps)

    @property
    def percent(self) -> int:
        """How much of the way that is."""
        return 100 * self.done // len(self.steps) if self.steps else 100


def beginning_of(viewer: Viewer) -> Beginning:
    """The steps for this viewer, in one query; none for whoever does not set the house up."""
    steps = [step for step in STEPS if step.open_to(viewer)] if may_begin(viewer) else []
    if not steps:
        return Beginning([])
    aside = {step.key: Q(Exists(StepSetAside.objects.filter(step=step.key))) for step in steps}
    facts = {f"there_{step.key}": _told(step.is_there(viewer)) for step in steps}
    facts |= {f"aside_{key}": _told(is_aside) for key, is_aside in aside.items()}
    row = Employee.objects.filter(pk=viewer.employee.pk).annotate(**facts).values(*facts).get()
    return Beginning(
        [Stand(step, row[f"there_{step.key}"], row[f"aside_{step.key}"]) for step in steps]
    )


def _told(condition: Q) -> Any:
    return ExpressionWrapper(condition, output_field=BooleanField())
