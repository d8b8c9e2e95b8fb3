"""Light or dark: as the system says, unless the person chose."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COOKIE = "theme"
A_YEAR = 60 * 60 * 24 * 365


@dataclass(frozen=True, slots=True)
class Theme:
    """A choice of look; the one without a value follows the system."""

    value: str
    label: str | Promise
    icon: str


THEMES = [
    Theme("light", _("Light"), "sun"),
    Theme("dark", _("Dark"), "moon"),
    Theme("", _("System"), "monitor"),
]


def chosen_theme(request: HttpRequest) -> str:
    """ "light", "dark", or "" for as the system says."""
    value = request.COOKIES.get(COOKIE, "")
    return value if value in {theme.value for theme in THEMES} else ""


def remember_theme(response: HttpResponseBase, value: str, *, secure: bool) -> None:
    """Keep the choice in this browser; it is about the screen, not about the person."""
    if value in {theme.value for theme in THEMES if theme.value}:
        response.set_cookie(
            COOKIE, value, max_age=A_YEAR, samesite="Lax", secure=secure, httponly=True
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
