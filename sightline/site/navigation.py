"""The places of the product, in the order of the navigation, each with who can use it.

Who can use a place is asked of the policy that guards its page, so that the two cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sightline.conversations.policies import may_talk
from sightline.decisions.policies import may_propose_somewhere
from sightline.development.policies import may_read_team_gaps
from sightline.foundation.access.decisions import Allowed, Decision
from sightline.goals.policies import may_read_goals
from sightline.insight.policies import may_read_insight
from sightline.people.models import Role
from sightline.people.policies import may_read_directory, may_see_roles
from sightline.people.policies.imports import may_exchange
from sightline.people.viewer import Viewer
from sightline.reviews.policies import may_follow_cycles
from sightline.site.policies import may_invite, may_manage_accounts, may_operate, may_read_ledger
from sightline.strategy.policies import may_read_strategy


def everybody(_viewer: Viewer) -> Decision:
    """Open to all who are signed in."""
    return Allowed()


def works_here(viewer: Viewer) -> bool:
    """Open to all who are signed in, and empty for those who do not work here."""
    return viewer.is_employed


def has_reports(viewer: Viewer) -> bool:
    """The team page is open to all, and empty for those who lead nobody."""
    return viewer.has_reports


def has_part_in_decisions(viewer: Viewer) -> bool:
    """The page is open to all who work here; in the menu it stands for those who propose."""
    return bool(may_propose_somewhere(viewer))


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the product: what it is called, where it is, who can use it."""

    label: str | Promise
    icon: str
    url_name: str
    open_to: Callable[[Viewer], Decision | bool] = everybody
    short_label: str | Promise = ""
    """For the bar at the bottom of a narrow screen, when the label is too long for it."""
    also: tuple[str, ...] = ()
    """What belongs to it besides, though its address does not begin alike."""


HOME = Place(_("Home"), "house", "home")
MY_PAGE = Place(_("My page"), "user-round", "my_page")
TALKS = Place(_("Talks"), "messages-square", "conversations:talks", may_talk)
FEEDBACK = Place(_("Feedback"), "message-square-quote", "conversations:feedback_list", may_talk)
NOTICES = Place(_("Notices"), "bell", "notices:list")
TEAM = Place(_("My team"), "users", "people:team", has_reports)
TEAM_GAPS = Place(_("Gaps"), "chart-no-axes-gantt", "development:team_gaps", may_read_team_gaps)
GOALS = Place(_("Goals"), "goal", "goals:mine", may_read_goals)
SIGHT = Place(
    _("Line of sight"), "telescope", "goals:sight", may_read_goals, short_label=_("Sight")
)
INSIGHT = Place(_("Insight"), "chart-column", "insight:insight", may_read_insight)
PERIODS = Place(_("Periods"), "calendar-range", "goals:periods", may_read_goals)
STRATEGY = Place(_("Strategy"), "waypoints", "strategy:current", may_read_strategy)
DECISIONS = Place(_("Decisions"), "flag", "decisions:decisions", has_part_in_decisions)
DEVELOPMENT = Place(_("Development"), "sprout", "development:mine", works_here)
REVIEWS = Place(_("Reviews"), "file-text", "reviews:mine", works_here)
CYCLES = Place(
    _("Review cycles"),
    "rotate-cw",
    "reviews:cycles",
    may_follow_cycles,
    also=("reviews:templates",),
)
PEOPLE = Place(_("People"), "users-round", "people:directory", may_read_directory)
CHART = Place(
    _("Organisation chart"), "network", "people:chart", may_read_directory, short_label=_("Chart")
)
UNITS = Place(_("Units"), "building-2", "people:units", may_read_directory)
POSITIONS = Place(_("Positions"), "briefcase", "people:positions", may_read_directory)
JOBS = Place(_("Jobs"), "layers", "people:jobs", may_read_directory)
COMPETENCIES = Place(_("Competencies"), "sparkles", "people:competencies", may_read_directory)
EXCHANGE = Place(_("Import and export"), "arrow-down-up", "people:imports", may_exchange)
INVITATIONS = Place(_("Invitations"), "mail", "invitations", may_invite)
ROLES = Place(_("Roles"), "key-round", "people:roles", may_see_roles)
LEDGER = Place(_("Ledger"), "scroll-text", "ledger:records", may_read_ledger)
OPERATIONS = Place(_("Operations"), "activity", "operations", may_operate)
ACCOUNTS = Place(_("Accounts"), "circle-user-round", "accounts", may_manage_accounts)
OWN_DATA = Place(_("Your data"), "file-user", "own_data")
DRAFTS = Place(_("Drafts"), "file-pen", "drafts:drafts")
SETTINGS = Place(_("Settings"), "settings", "identity:settings")

NAVIGATION: list[tuple[str | Promise, list[Place]]] = [
    (_("You"), [HOME, MY_PAGE, GOALS, TALKS, FEEDBACK, REVIEWS, DEVELOPMENT, NOTICES]),
    (_("Team"), [TEAM, TEAM_GAPS, CYCLES, DECISIONS]),
    (
        _("Organisation"),
        [STRATEGY, SIGHT, INSIGHT, PEOPLE, CHART, UNITS, POSITIONS, JOBS, COMPETENCIES],
    ),
    (_("Administration"), [EXCHANGE, INVITATIONS, ROLES, LEDGER, OPERATIONS, ACCOUNTS]),
]

WITHIN_REACH = [HOME, GOALS, TALKS, REVIEWS]
"""The places in the bar at the bottom of a narrow screen, before More."""

ONES_OWN = [MY_PAGE, DRAFTS, OWN_DATA, SETTINGS]
"""The places in the menu behind the person's name."""

LOOKED_AFTER: list[tuple[Place, tuple[Role, ...], str | Promise]] = [
    (SIGHT, (Role.EXECUTIVE,), _("Where effort goes, and where it is missing")),
    (CYCLES, (Role.EXECUTIVE, Role.HR_ADMINISTRATOR), _("What has come in, unit by unit")),
    (LEDGER, (Role.AUDITOR,), _("What happened, with its proof")),
    (OPERATIONS, (Role.SYSTEM_ADMINISTRATOR,), _("Work behind the pages, and what failed of it")),
    (ACCOUNTS, (Role.SYSTEM_ADMINISTRATOR,), _("Who can sign in, and how")),
]
"""What roles look after, for the home page: the place, whose it is, what is there."""


def looked_after_by(viewer: Viewer) -> list[tuple[Place, str | Promise]]:
    """The places that the viewer's roles look after, with what is there: for the home page."""
    return [
        (place, sentence)
        for place, roles, sentence in LOOKED_AFTER
        if viewer.has_role(*roles) and place.open_to(viewer)
    ]
