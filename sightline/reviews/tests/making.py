"""A template, a cycle and its forms, made by actions for the tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.people.models import Employee
from sightline.reviews.actions import acts, cycles, forms, peers
from sightline.reviews.actions.cycles import Plan
from sightline.reviews.actions.forms import Said
from sightline.reviews.actions.templates import Asked, Part, Point, write_template
from sightline.reviews.models import Cycle, CycleStage, Form, Review, TemplateVersion
from sightline.reviews.queries.forms import sheet_of
from tests.company import Company

ALL = ("self", "manager", "peer")
POINTS = [
    Point(1, "Falls short", "What was asked was not done, or harm came of it."),
    Point(2, "Partly meets", "Some of what was asked was done; others had to finish it."),
    Point(3, "Meets", "What was asked was done, and can be relied on."),
    Point(4, "Exceeds", "More was done than was asked, and it lasts."),
    Point(5, "Role model", "Others work otherwise because of it."),
]
PARTS = [
    Part("goals", "Goals", 40),
    Part("responsibilities", "Responsibilities", 30),
    Part("competencies", "Behaviour", 30, answered_by=ALL),
    Part(
        "written",
        "In words",
        answered_by=ALL,
        questions=(Asked("What should go on?"), Asked("What should change?")),
    ),
]


def a_template(company: Company, **more: Any) -> TemplateVersion:
    """A template with all kinds of sections."""
    given: dict[str, Any] = {"name": "Year", "points": POINTS, "parts": PARTS, **more}
    return write_template(by=company.viewer("ingrid"), **given)


def some_days(company: Company, start: int = -20) -> dict[str, tuple[date, date]]:
    """Days of all parts, two weeks each, overlapping, from so many days on."""
    first = company.today + timedelta(days=start)
    return {
        kind.value: (
            first + timedelta(days=7 * place),
            first + timedelta(days=7 * place + 14),
        )
        for place, kind in enumerate(CycleStage.Kind)
    }


def a_plan(company: Company, **more: Any) -> Plan:
    """A cycle for everybody, looking back half a year."""
    given: dict[str, Any] = {
        "name": "Mid-year review",
        "period_from_on": company.today - timedelta(days=180),
        "period_until_on": company.today,
        "days": some_days(company),
        **more,
    }
    return Plan(
        version=more.get("version") or a_template(company),
        **{key: value for key, value in given.items() if key != "version"},
    )


def a_cycle(company: Company, **more: Any) -> Cycle:
    """A cycle that was tried out and not opened."""
    hr = company.viewer("ingrid")
    cycle = cycles.plan_cycle(by=hr, plan=a_plan(company, **more))
    return cycles.try_out(by=hr, cycle=cycle)


def open_cycle(company: Company, **more: Any) -> Cycle:
    """A cycle that is open, all reviews made."""
    cycle = cycles.open_cycle(by=company.viewer("ingrid"), cycle=a_cycle(company, **more))
    run_waiting_jobs()
    cycle.refresh_from_db()
    return cycle


def review_of(cycle: Cycle, employee: Employee) -> Review:
    """Somebody's review in a cycle, as it stands."""
    rows = Review.objects.select_related("cycle__version", "employee", "manager")
    return rows.get(cycle=cycle, employee=employee)


def form_of(cycle: Cycle, employee: Employee, role: str, rater: Employee | None = None) -> Form:
    """A form about somebody, as it stands."""
    rows = Form.objects.select_related("review__cycle__version", "review__employee")
    rows = rows.filter(review__cycle=cycle, review__employee=employee, role=role)
    return rows.get(rater=rater) if rater else rows.get()


def everything(form: Form, value: int | None, comment: str = "Seen", words: str = "More") -> Said:
    """Every item rated alike, every question answered alike."""
    sheet = sheet_of(form)
    return Said(
        ratings={
            one.item.pk: (value, comment) for section in sheet.sections for one in section.items
        },
        answers={one.question.pk: words for section in sheet.sections for one in section.questions},
        proposed_value=value if form.role != Form.Role.PEER else None,
    )


def submitted(company: Company, cycle: Cycle, whose: str, role: str, value: int) -> Form:
    """The form of self or manager about one of the cast, submitted with the same value all over."""
    form = form_of(cycle, company.people[whose], role)
    writer = next(key for key, one in company.people.items() if one.pk == form.rater_id)
    return forms.submit_form(by=company.viewer(writer), form=form, said=everything(form, value))


def asked(company: Company, cycle: Cycle, whose: str, raters: Sequence[str]) -> list[Form]:
    """Peers of somebody, named by the manager and so confirmed."""
    review = review_of(cycle, company.people[whose])
    manager = next(key for key, one in company.people.items() if one.pk == review.manager_id)
    peers.nominate(
        by=company.viewer(manager), review=review, peers=[company.people[key] for key in raters]
    )
    return [form_of(cycle, company.people[whose], "peer", company.people[key]) for key in raters]


def answered(
    company: Company, cycle: Cycle, whose: str, answers: dict[str, tuple[int, str]]
) -> None:
    """Peers of somebody who have answered: a value and a comment each."""
    asked(company, cycle, whose, list(answers))
    for rater, (value, words) in answers.items():
        form = form_of(cycle, company.people[whose], "peer", company.people[rater])
        said = everything(form, value, comment=words, words=f"{words} again")
        forms.submit_form(by=company.viewer(rater), form=form, said=said)


def calibrated(company: Company, cycle: Cycle) -> Cycle:
    """The same cycle with all ratings final."""
    hr = company.viewer("ingrid")
    cycles.begin_calibration(by=hr, cycle=cycle)
    cycles.close_calibration(by=hr, cycle=cycle)
    run_waiting_jobs()
    cycle.refresh_from_db()
    return cycle


def shared(company: Company, whose: str = "tomas", value: int = 3) -> Review:
    """Somebody's review that was written, calibrated and shared."""
    cycle = open_cycle(company)
    submitted(company, cycle, whose, "manager", value)
    review = review_of(calibrated(company, cycle), company.people[whose])
    manager = next(key for key, one in company.people.items() if one.pk == review.manager_id)
    acts.share(by=company.viewer(manager), review=review, words="You carried the imports.")
    return review_of(cycle, company.people[whose])
