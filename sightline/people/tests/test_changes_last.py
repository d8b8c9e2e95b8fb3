"""A change from a day on lasts until the next one; what was changed later stays as it is."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils.formats import date_format
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.models import Record
from sightline.foundation.ledger.queries import entry_of
from sightline.people.actions import posts, units
from sightline.people.actions.posts import Duty
from sightline.people.models import Assignment, Competency, Position, Responsibility
from sightline.people.queries import organisation
from sightline.people.tests.reading import above

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(company):
    return Assignment.objects.on(company.today).get(employee=company.tomas).position


def titles(post, day):
    return [duty.title for duty in organisation.responsibilities(post, day)]


def set_duties(by, post, on, *titles):
    share = 100 // len(titles)
    posts.set_responsibilities(
        by=by, position=post, duties=[Duty(title, "b", share) for title in titles], on=on
    )


def test_a_change_of_the_past_leaves_later_responsibilities_as_they_are(company, hr, post):
    day = hr.today - timedelta(days=20)
    set_duties(hr, post, hr.today, "A", "B")
    set_duties(hr, post, day, "C")
    assert titles(post, day) == titles(post, hr.today - timedelta(days=1)) == ["C"]
    assert titles(post, hr.today) == ["A", "B"]
    record = Record.objects.filter(kind="people.ResponsibilitiesSet").order_by("pk").last()
    event = entry_of(record, position=None).event
    assert event.after == ["100% C: b"]
    assert event.before


def test_a_change_is_not_undone_by_a_planned_move_of_the_post(company, hr, post):
    day = hr.today + timedelta(days=10)
    moved = posts.move_position(
        by=hr, position=post, unit=company.units["DATA"], job=post.job, on=day
    )
    set_duties(hr, post, hr.today, "A", "B")
    assert titles(moved, day) == ["A", "B"]
    posts.change_position(by=hr, position=post, title="Importer", purpose="Brings data in")
    moved.refresh_from_db()
    assert (moved.title, moved.purpose) == ("Importer", "Brings data in")
    set_duties(hr, moved, day, "C")
    set_duties(hr, post, hr.today, "D")
    assert titles(moved, day) == ["C"]


CHANGES = st.tuples(st.integers(-3, 3), st.sets(st.sampled_from("ABC"), min_size=1))


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(CHANGES, max_size=6))
def test_on_every_day_the_latest_change_up_to_it_holds(company, hr, changes):
    with transaction.atomic():
        post = company.positions["PLAT-PM"]
        Responsibility.objects.filter(position=post).delete()
        held: dict = {}
        for offset, wanted in changes:
            day = hr.today + timedelta(days=offset)
            share = 100 // len(wanted)
            duties = [Duty(title, "", share) for title in sorted(wanted)]
            duties[0] = Duty(duties[0].title, "", 100 - share * (len(duties) - 1))
            posts.set_responsibilities(by=hr, position=post, duties=duties, on=day)
            said = {(duty.title, duty.weight_percent) for duty in duties}
            before = max((known for known in held if known <= day), default=None)
            if day in held or held.get(before) != said:  # what says the same changes nothing
                held[day] = said
            for one in range(-4, 5):
                then = hr.today + timedelta(days=one)
                last = max((known for known in held if known <= then), default=None)
                rows = organisation.responsibilities(post, then)
                found = [(row.title, row.weight_percent) for row in rows]
                assert len(found) == len(set(found))
                assert set(found) == held.get(last, set())
        transaction.set_rollback(True)


def test_a_job_asks_until_the_next_change_and_the_past_stays(company, hr):
    job, craft = Position.objects.first().job, Competency.objects.first()
    day, later = hr.today - timedelta(days=20), hr.today + timedelta(days=20)
    posts.set_requirements(by=hr, job=job, levels={craft: 2}, on=hr.today)
    posts.set_requirements(by=hr, job=job, levels={craft: 1}, on=later)
    posts.set_requirements(by=hr, job=job, levels={}, on=day)
    asked = [[need.level for need in organisation.requirements(job, on)] for on in (day, later)]
    assert asked == [[], [1]]
    assert [need.level for need in organisation.requirements(job, hr.today)] == [2]


def test_a_level_that_a_job_asks_for_is_not_taken_away(company, hr):
    job = Position.objects.first().job
    told = {"code": "C-1", "name": "Pruning", "definition": ""}
    levels = [("One", "cuts"), ("Two", "shapes"), ("Three", "teaches")]
    craft = posts.describe_competency(by=hr, **told, levels=levels)
    later = hr.today + timedelta(days=20)
    posts.set_requirements(by=hr, job=job, levels={craft: 3}, on=later)
    with pytest.raises(Refused, match="asks for level 3") as refusal:
        posts.describe_competency(by=hr, competency=craft, **told, levels=levels[:2])
    assert refusal.value.reasons[0][0] == "levels"
    posts.set_requirements(by=hr, job=job, levels={}, on=later)
    posts.describe_competency(by=hr, competency=craft, **told, levels=levels[:2])
    assert craft.levels.count() == 2


def test_a_unit_moves_until_its_next_move(company, hr, lab):
    soon, later = hr.today + timedelta(days=10), hr.today + timedelta(days=20)
    units.move_unit(by=hr, unit=lab, parent=company.units["CUST"], on=later)
    units.move_unit(by=hr, unit=lab, parent=company.units["DATA"], on=soon)
    assert above(lab, soon)[-2:] == ["DATA", "LAB"]
    assert above(lab, later)[-2:] == ["CUST", "LAB"]
    units.move_unit(by=hr, unit=lab, parent=None, on=later)
    assert above(lab, later) == ["LAB"]
    assert above(lab, soon)[-2:] == ["DATA", "LAB"]


def test_what_is_planned_for_units_and_posts_is_told_to_those_who_know_plans(company, hr):
    day = hr.today + timedelta(days=10)
    free = company.positions["PLAT-PM"]
    posts.close_position(by=hr, position=free, on=day)
    lab = units.open_unit(by=hr, code="LAB", name="Lab", kind="team", parent=None, on=hr.today)
    units.close_unit(by=hr, unit=lab, on=day)
    for address in (f"/positions/{free.pk}/", f"/units/{lab.pk}/"):
        for who, knows in (("ingrid", True), ("nkechi", True), ("fatima", True), ("tomas", False)):
            page = company.client(who).get(address)
            assert page.context["ends_on"] == (day if knows else None)
            assert (date_format(day, "j F Y") in page.text) == knows


def test_planned_responsibilities_are_listed_for_those_who_may_look_at_the_day(company, hr, post):
    day = hr.today + timedelta(days=10)
    set_duties(hr, post, day, "A", "B")
    for who, knows in (("ingrid", True), ("ana", True), ("mei", False)):
        page = company.client(who).get(f"/positions/{post.pk}/")
        assert (day in page.context["versions"]) == knows
