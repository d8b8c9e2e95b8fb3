"""The places of the product, in the order of the navigation, each with who can use it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sightline.people.models import Role
from sightline.people.viewer import Viewer


def everybody(_viewer: Viewer) -> bool:
    """Open to all who are signed in."""
    return True


def has_reports(viewer: Viewer) -> bool:
    """Managers have a team page."""
    return viewer.has_reports


def held_by(*roles: Role) -> Callable[[Viewer], bool]:
    """Open to those who hold one of the roles."""
    return lambda viewer: viewer.has_role(*roles)


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the product: what it is called, where it is, who can use it."""

    label: str | Promise
    icon: str
    url_name: str
    open_to: Callable[[Viewer], bool] = everybody
    short_label: str | Promise = ""
    """For the bar at the bottom of a narrow screen, when the label is too long for it."""


HOME = Place(_("Home"), "house", "home")
NOTICES = Place(_("Notices"), "bell", "notices:list")
PEOPLE = Place(_("People"), "users-round", "people:directory")
CHART = Place(_("Organisation chart"), "network", "people:chart", short_label=_("Chart"))
MY_PAGE = Place(_("My page"), "user-round", "my_page")
DRAFTS = Place(_("Drafts"), "file-pen", "drafts:drafts")
SETTINGS = Place(_("Settings"), "settings", "identity:settings")

NAVIGATION: list[tuple[str | Promise, list[Place]]] = [
    (_("You"), [HOME, MY_PAGE, NOTICES]),
    (_("Team"), [Place(_("My team"), "users", "people:team", has_reports)]),
    (
        _("Organisation"),
        [
            PEOPLE,
            CHART,
            Place(_("Units"), "building-2", "people:units"),
            Place(_("Positions"), "briefcase", "people:positions"),
            Place(_("Competencies"), "sparkles", "people:competencies"),
        ],
    ),
    (
        _("Administration"),
        [
            Place(
                _("Import and export"),
                "arrow-down-up",
                "exchange:home",
                held_by(Role.HR_ADMINISTRATOR),
            ),
            Place(_("Roles"), "key-round", "people:roles", held_by(Role.HR_ADMINISTRATOR)),
            Place(_("Ledger"), "scroll-text", "ledger:records", held_by(Role.AUDITOR)),
            Place(_("Operations"), "activity", "operations", held_by(Role.SYSTEM_ADMINISTRATOR)),
            Place(
                _("Accounts"),
                "circle-user-round",
                "accounts",
                held_by(Role.SYSTEM_ADMINISTRATOR),
            ),
        ],
    ),
]

WITHIN_REACH = [HOME, PEOPLE, CHART, NOTICES]
"""The places in the bar at the bottom of a narrow screen, before More."""

ONES_OWN = [MY_PAGE, DRAFTS, SETTINGS]
"""The places in the menu behind the person's name."""
