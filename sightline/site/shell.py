"""What stands around every page: where the viewer can go, who he is, how he wants it to look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language_bidi

from sightline.foundation.notices.queries import unread_count
from sightline.foundation.ui.theme import THEMES, Theme, chosen_theme
from sightline.people.viewer import Viewer
from sightline.site.navigation import (
    HOME,
    MY_PAGE,
    NAVIGATION,
    NOTICES,
    ONES_OWN,
    WITHIN_REACH,
    Place,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A place as this viewer's navigation shows it."""

    label: str
    icon: str
    url: str
    is_current: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """Entries under a title."""

    title: str
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Me:
    """The person at the foot of the side, and the pages that are his own."""

    name: str
    line: str
    links: list[Entry]


@dataclass(frozen=True, slots=True)
class Shell:
    """Everything that ui/page.html takes. Without sections the page stands bare."""

    theme: str
    themes: list[Theme]
    theme_url: str
    direction: str
    here: str
    home_url: str = "/"
    sections: tuple[Section, ...] = ()
    places: tuple[Entry, ...] = ()
    me: Me | None = None
    search_url: str = ""
    sign_in_url: str = ""
    sign_out_url: str = ""


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor; worked out only when a template asks for it."""
    return {"shell": SimpleLazyObject(lambda: shell_of(request))}


def shell_of(request: HttpRequest) -> Shell:
    """What stands around this page for this viewer; bare when nobody is signed in."""
    bare = Shell(
        theme=chosen_theme(request),
        themes=THEMES,
        theme_url=reverse("ui:theme"),
        direction="rtl" if get_language_bidi() else "ltr",
        here=request.get_full_path(),
        sign_in_url=reverse("account_login"),
    )
    viewer: Viewer | None = getattr(request, "viewer", None)
    return dressed(bare, viewer, request.path) if viewer else bare


def dressed(bare: Shell, viewer: Viewer, path: str) -> Shell:
    """The shell with what a viewer can use."""
    usable = {place: reverse(place.url_name) for place in places_of(viewer)}
    usable[MY_PAGE] = reverse("person", args=[viewer.employee.pk])
    also = {reverse(name): url for place, url in usable.items() for name in place.also}
    found = nearest([*usable.values(), *also], path)
    current = also.get(found, found)
    counts = {NOTICES: unread_count(viewer.account) if viewer.account else 0}

    def entries(places: Iterable[Place], *, short: bool = False) -> Iterator[Entry]:
        for place in places:
            if url := usable.get(place):
                label = (short and place.short_label) or place.label
                yield Entry(str(label), place.icon, url, url == current, counts.get(place, 0))

    sections = (Section(str(title), list(entries(places))) for title, places in NAVIGATION)
    return replace(
        bare,
        home_url=reverse(HOME.url_name),
        sections=tuple(section for section in sections if section.entries),
        places=tuple(entries(WITHIN_REACH, short=True)),
        me=Me(
            viewer.employee.name,
            viewer.post_title or viewer.employee.email,
            list(entries(ONES_OWN)),
        ),
        search_url=reverse("search"),
        sign_out_url=reverse("account_logout"),
    )


def places_of(viewer: Viewer) -> Iterator[Place]:
    """Every place that the viewer can use."""
    for _title, places in NAVIGATION:
        yield from (place for place in places if place.open_to(viewer))
    yield from (place for place in ONES_OWN if place.open_to(viewer))


def nearest(urls: Iterable[str], path: str) -> str:
    """The place that a page belongs to: itself, or the closest one above it."""
    above = (url for url in urls if path == url or (url != "/" and path.startswith(url)))
    return max(above, key=len, default="")
