"""The person page: what the viewer may know of somebody, from all apps."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sightline.conversations.policies import may_talk
from sightline.conversations.queries.evidence import said_to
from sightline.conversations.queries.talks import rhythms_of
from sightline.decisions.queries.decisions import decisions_about, is_proposable
from sightline.development.queries.gaps import gaps_in_short
from sightline.development.queries.plans import plan_of
from sightline.foundation.access.decisions import Allowed, require
from sightline.foundation.access.guards import found_or_404
from sightline.foundation.core.keys import key_in
from sightline.foundation.core.spans import Span
from sightline.goals.queries.goals import GoalSeen, goals_of_person
from sightline.people import policies
from sightline.people.actions.files import note_reading
from sightline.people.models import Employee
from sightline.people.queries import files, organisation, people, teams
from sightline.people.queries.people import PersonSeen
from sightline.people.viewer import Viewer, ViewerRequest
from sightline.people.views.days import day_in_address
from sightline.reviews.queries.results import final_ratings_of
from sightline.site.policies import may_give_account
from sightline.site.queries import first_of, names_in_ledger, records_known_to

PAGE = 50
"""How many records stand on a page."""
REPORTS = 25
"""How many reports stand on the page of a person; the chart has them all."""


def my_page(request: ViewerRequest) -> HttpResponse:
    """To one's own page."""
    return redirect("person", request.viewer.employee.pk)


def person(request: ViewerRequest, employee_id: int) -> HttpResponse:
    """Who somebody is, what the post is there for, who is above and below."""
    day = day_in_address(request)
    seen = found_or_404(people.person_seen_by(request.viewer, employee_id, day))
    if day > request.viewer.today:
        require(policies.may_look_at(request.viewer, day))
        require(policies.may_know_plans(request.viewer, seen.employee))
    current = seen.current
    context = _frame(request, seen, "person") | {
        "day": day,
        "may_give_account": seen.may_change and may_give_account(request.viewer, seen.employee),
        "responsibilities": organisation.responsibilities(current.position, day) if current else [],
        **_competencies(request.viewer, seen, day),
        **_reports(request.viewer, seen, day),
        "above": teams.line_above(request.viewer, seen.employee, day)[::-1] if current else [],
        "dotted": files.dotted_lines(request.viewer, seen.employee, day),
        "goals": _goals(request.viewer, seen.employee) if day == request.viewer.today else [],
    }
    return render(request, "site/person.html", context)


def lately(request: ViewerRequest, employee_id: int) -> HttpResponse:
    """Ratings, talks, plan, feedback, decisions: beside the page of a person, or as a page."""
    viewer = request.viewer
    seen = found_or_404(people.person_seen_by(viewer, employee_id, viewer.today))
    employee = seen.employee
    context = {
        "employee": employee,
        "is_me": employee.pk == viewer.employee.pk,
        "ratings": final_ratings_of(viewer, employee)[:3],
        "rhythms": rhythms_of(viewer, employee)[:2],
        "plan": plan_of(viewer, employee) if seen.file_open else None,
        "said": said_to(viewer, employee),
        "decisions": decisions_about(viewer, employee) if seen.file_open else [],
        "may_propose": seen.file_open and is_proposable(viewer, employee),
        "file_open": seen.file_open,
    }
    if context["ratings"] or context["plan"] or context["decisions"]:
        part = _("ratings, plan and decisions")
        note_reading(by=viewer, employee=employee, part=part, may=Allowed())
    part = "#beside" if request.headers.get("HX-Request") else ""
    return render(request, f"site/person_lately.html{part}", context)


def _goals(viewer: Viewer, employee: Employee) -> list[GoalSeen]:
    """The goals of today that the viewer may see, the heaviest first."""
    today = Span(viewer.today, viewer.today + timedelta(days=1))
    return goals_of_person(viewer, employee, today)


def _competencies(viewer: Viewer, seen: PersonSeen, day: date) -> dict[str, Any]:
    """What the post asks for; to whom the file is open, with what is shown today."""
    if seen.current is None:
        return {}
    job = seen.current.position.job
    if seen.file_open and day == viewer.today:
        gaps = gaps_in_short(viewer, seen.employee, job)
        if gaps.judged:
            note_reading(by=viewer, employee=seen.employee, part=_("levels of competencies"))
        return {"gaps": gaps}
    return {"requirements": organisation.requirements(job, day)}


def _reports(viewer: Viewer, seen: PersonSeen, day: date) -> dict[str, Any]:
    """Who reports to the person, counted when there are more than the page shows."""
    rows = teams.reports_of(viewer, seen.employee, day)
    reports = list(rows[: REPORTS + 1])
    return {
        "reports": reports[:REPORTS],
        "reports_in_all": rows.count() if len(reports) > REPORTS else 0,
    }


def history(request: ViewerRequest, employee_id: int) -> HttpResponse:
    """The posts somebody held, and for those who may: reasons, leave, pay."""
    seen = found_or_404(people.person_seen_by(request.viewer, employee_id, request.viewer.today))
    context = _frame(request, seen, "person_history") | {
        "stays": files.stays(request.viewer, seen),
        "leaves": files.leaves(seen),
        "pays": files.pays(seen),
        "roles": files.roles_of(seen.employee, request.viewer.today) if seen.file_open else [],
    }
    if seen.file_open:
        note_reading(by=request.viewer, employee=seen.employee, part=_("history, leave and pay"))
    return render(request, "site/person_history.html", context)


def records(request: ViewerRequest, employee_id: int) -> HttpResponse:
    """What the ledger holds about somebody: for the person, and for HR."""
    seen = found_or_404(people.person_seen_by(request.viewer, employee_id, request.viewer.today))
    require(policies.may_read_records(request.viewer, seen.employee))
    after = key_in(request.GET.get("after", ""))
    found = records_known_to(request.viewer, seen.employee.ref, after=after, more_than=PAGE)
    entries, following = first_of(found, PAGE)
    context = _frame(request, seen, "person_records") | {
        "entries": entries,
        "named": names_in_ledger(entry.record.actor for entry in entries),
        "next": following,
    }
    note_reading(by=request.viewer, employee=seen.employee, part=_("records"))
    return render(request, "site/person_records.html", context)


def _frame(request: ViewerRequest, seen: PersonSeen, here: str) -> dict[str, Any]:
    """What stands on every page of a person: the head, the tabs, what may be done."""
    return {
        "seen": seen,
        "employee": seen.employee,
        "is_me": seen.employee.pk == request.viewer.employee.pk,
        "may_talk": bool(seen.current)
        and seen.employee.pk != request.viewer.employee.pk
        and bool(may_talk(request.viewer)),
        "tabs": _tabs(request.viewer, seen, here),
    }


def _tabs(viewer: Viewer, seen: PersonSeen, here: str) -> list[dict[str, Any]]:
    names = [("person", _("Now")), ("person_history", _("History"))]
    if seen.may_change or seen.employee.pk == viewer.employee.pk:
        names.append(("person_records", _("Records")))
    return [
        {"label": label, "url": reverse(name, args=[seen.employee.pk]), "current": name == here}
        for name, label in names
    ]
