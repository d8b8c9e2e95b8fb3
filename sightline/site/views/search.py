"""Search over people, objectives and pages; later apps add what they hold."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from sightline.foundation.core.keys import words_in
from sightline.goals.queries.lists import found_goals
from sightline.people.queries import organisation, people
from sightline.people.rules.names import folded
from sightline.people.viewer import ViewerRequest
from sightline.reviews.queries.progress import found_cycles
from sightline.site.shell import Entry, shell_of
from sightline.strategy.queries.strategies import found_objectives


def search(request: ViewerRequest) -> HttpResponse:
    """People, positions, units, objectives, goals and pages that hold the words."""
    words = words_in(request.GET.get("q", ""))
    viewer = request.viewer
    sought = folded(words)
    context = {
        "words": words,
        "people": people.found_people(viewer, words) if sought else [],
        "positions": organisation.found_positions(viewer, words) if sought else [],
        "units": organisation.found_units(viewer, words) if sought else [],
        "objectives": found_objectives(viewer, words) if sought else [],
        "cycles": found_cycles(viewer, words) if sought else [],
        "goals": found_goals(viewer, words) if sought else [],
        "pages": [page for page in pages(request) if sought and sought in folded(page.label)],
    }
    if request.headers.get("HX-Request"):
        return render(request, "site/search.html#results", context | {"is_listbox": True})
    return render(request, "site/search.html", context)


def pages(request: ViewerRequest) -> list[Entry]:
    """The places that the viewer can go to."""
    shell = shell_of(request)
    own = shell.me.links if shell.me else []
    return list(
        {
            entry.url: entry
            for entry in [*own, *(place for section in shell.sections for place in section.entries)]
        }.values()
    )
