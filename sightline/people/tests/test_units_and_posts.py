from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from sightline.foundation.core.errors import Refused
from sightline.people.actions import posts, units
from sightline.people.actions.posts import Duty
from sightline.people.models import (
    Assignment,
    Competency,
    Position,
    Responsibility,
    RoleGrant,
    UnitLine,
)
from sightline.people.queries import organisation, people
from sightline.people.tests.reading import above

pytestmark = pytest.mark.django_db


def test_a_unit_stands_under_another_from_its_first_day(company, hr, lab):
    assert above(lab, hr.today) == ["LARK", "TECH", "PLAT", "LAB"]
    assert above(lab, hr.today - timedelta(days=1)) == []


def test_a_unit_moves_with_all_under_it(company, hr, lab):
    day = hr.today + timedelta(days=10)
    units.move_unit(by=hr, unit=company.units["PLAT"], parent=company.units["CUST"], on=day)
    assert above(lab, day) == ["LARK", "CUST", "PLAT", "LAB"]
    assert above(lab, hr.today) == ["LARK", "TECH", "PLAT", "LAB"]


def test_a_circle_of_units_is_refused_and_shown(company, hr, lab):
    with pytest.raises(Refused, match=r"circle: .*Lab"):
        units.move_unit(by=hr, unit=company.units["TECH"], parent=lab, on=hr.today)
    assert above(lab, hr.today) == ["LARK", "TECH", "PLAT", "LAB"]


def test_a_unit_with_somebody_in_it_does_not_close(company, hr):
    with pytest.raises(Refused, match="still stand in it"):
        units.close_unit(by=hr, unit=company.units["PLAT"], on=hr.today)


def test_an_empty_unit_closes_with_its_roles(company, hr, lab):
    day = hr.today + timedelta(days=5)
    RoleGrant.objects.create(employee=company.mei, role="unit_lead", unit=lab, from_on=hr.today)
    units.close_unit(by=hr, unit=lab, on=day)
    assert not organisation.units_seen_by(hr, day).filter(pk=lab.pk).exists()
    assert not RoleGrant.objects.on(day).filter(unit=lab).exists()
    assert not UnitLine.objects.on(day).filter(unit=lab).exists()


def test_a_unit_closes_after_it_opened(company, hr, lab):
    with pytest.raises(Refused, match="later day"):
        units.close_unit(by=hr, unit=lab, on=hr.today)


def test_a_code_is_taken_once(company, hr):
    with pytest.raises(Refused, match="is taken"):
        units.open_unit(by=hr, code="PLAT", name="X", kind="team", parent=None, on=hr.today)


def test_a_unit_cannot_open_before_the_one_above(company, hr):
    early = company.units["PLAT"].from_on - timedelta(days=1)
    with pytest.raises(Refused, match="does not stand"):
        units.open_unit(
            by=hr, code="X", name="X", kind="team", parent=company.units["PLAT"], on=early
        )


def test_units_move_only_on_days_on_which_both_stand(company, hr, lab):
    with pytest.raises(Refused, match="does not stand"):
        units.move_unit(
            by=hr, unit=lab, parent=company.units["CUST"], on=hr.today - timedelta(days=1)
        )


def test_a_unit_is_renamed_and_renaming_to_the_same_does_nothing(company, hr, lab):
    units.change_unit(by=hr, unit=lab, name="Workshop", kind="team", purpose="Tries things")
    lab.refresh_from_db()
    assert lab.name == "Workshop"
    units.change_unit(by=hr, unit=lab, name="Workshop", kind="team", purpose="Tries things")


def test_a_partner_changes_her_units_and_nothing_above_them(company):
    partner = company.viewer("fatima")
    units.open_unit(
        by=partner, code="X", name="X", kind="team", parent=company.units["PLAT"], on=partner.today
    )
    for parent in (None, company.units["CUST"]):
        with pytest.raises(PermissionDenied):
            units.open_unit(
                by=partner, code="Y", name="Y", kind="team", parent=parent, on=partner.today
            )


def test_a_post_moves_with_its_holder_and_what_it_is_there_for(company, hr):
    held = Assignment.objects.on(hr.today).get(employee=company.tomas)
    duties = organisation.responsibilities(held.position, hr.today)
    day = hr.today + timedelta(days=10)
    moved = posts.move_position(
        by=hr, position=held.position, unit=company.units["DATA"], job=held.position.job, on=day
    )
    after = Assignment.objects.on(day).get(employee=company.tomas)
    assert after.position == moved
    assert moved.code == held.position.code
    told = [(duty.title, duty.weight_percent) for duty in organisation.responsibilities(moved, day)]
    assert told == [(duty.title, duty.weight_percent) for duty in duties]
    data = people.Wanted(unit_id=company.units["DATA"].pk)
    assert people.directory(hr, day, data).filter(employee=company.tomas).exists()
    assert not people.directory(hr, hr.today, data).filter(employee=company.tomas).exists()


def test_a_post_moves_within_its_time_and_to_somewhere_else(company, hr):
    post = company.positions["PLAT-PM"]
    with pytest.raises(Refused, match="day before"):
        posts.move_position(
            by=hr, position=post, unit=company.units["DATA"], job=post.job, on=post.from_on
        )
    with pytest.raises(Refused, match="nothing would change"):
        posts.move_position(by=hr, position=post, unit=post.unit, job=post.job, on=hr.today)


def test_a_held_post_does_not_close(company, hr):
    held = Assignment.objects.on(hr.today).get(employee=company.tomas).position
    with pytest.raises(Refused, match="Tomás Silva holds this post"):
        posts.close_position(by=hr, position=held, on=hr.today + timedelta(days=1))


def test_a_vacant_post_closes(company, hr):
    post = company.positions["PLAT-PM"]
    with pytest.raises(Refused, match="later day"):
        posts.close_position(by=hr, position=post, on=post.from_on)
    posts.close_position(by=hr, position=post, on=hr.today)
    assert not organisation.positions_seen_by(hr, hr.today).filter(pk=post.pk).exists()


def test_a_post_opens_once_under_a_code_and_within_its_unit(company, hr):
    post = company.positions["PLAT-PM"]
    with pytest.raises(Refused, match="is taken"):
        posts.open_position(
            by=hr, code=post.code, title="X", unit=post.unit, job=post.job, on=hr.today
        )
    early = post.unit.from_on - timedelta(days=1)
    with pytest.raises(Refused, match="does not stand"):
        posts.open_position(by=hr, code="X", title="X", unit=post.unit, job=post.job, on=early)


def test_a_title_is_put_right(company, hr):
    post = company.positions["PLAT-PM"]
    posts.change_position(by=hr, position=post, title="Product lead", purpose=post.purpose)
    post.refresh_from_db()
    assert post.title == "Product lead"
    posts.change_position(by=hr, position=post, title="Product lead", purpose=post.purpose)


def test_responsibilities_weigh_a_hundred_and_the_old_version_stays(company, hr):
    post = Assignment.objects.on(hr.today).get(employee=company.tomas).position
    before = organisation.responsibilities(post, hr.today - timedelta(days=1))
    with pytest.raises(Refused, match="add up to 90%"):
        posts.set_responsibilities(by=hr, position=post, duties=[Duty("A", "", 90)], on=hr.today)
    posts.set_responsibilities(
        by=company.viewer("ana"), position=post, duties=[Duty("A", "b", 100)], on=hr.today
    )
    assert [duty.title for duty in organisation.responsibilities(post, hr.today)] == ["A"]
    assert organisation.responsibilities(post, hr.today - timedelta(days=1)) == before
    assert Responsibility.objects.filter(position=post).count() == len(before) + 1


def test_responsibilities_are_set_on_a_day_on_which_the_post_stands(company, hr):
    post = company.positions["PLAT-PM"]
    with pytest.raises(Refused, match="does not stand"):
        posts.set_responsibilities(
            by=hr, position=post, duties=[], on=post.from_on - timedelta(days=1)
        )


@pytest.mark.parametrize(
    ("who", "may"),
    [
        *((who, True) for who in ("ingrid", "fatima", "ana", "leo", "nkechi")),
        *((who, False) for who in ("tomas", "mei", "yusuf", "ruth")),
    ],
)
def test_who_writes_what_a_post_is_there_for(company, who, may):
    post = Assignment.objects.on(company.today).get(employee=company.tomas).position
    duties = [Duty("A", "b", 100)]
    if may:
        posts.set_responsibilities(
            by=company.viewer(who), position=post, duties=duties, on=company.today
        )
    else:
        with pytest.raises(PermissionDenied, match="write this"):
            posts.set_responsibilities(
                by=company.viewer(who), position=post, duties=duties, on=company.today
            )


def test_a_job_has_both_ends_of_its_pay_range(company, hr):
    told = {"code": "J-1", "title": "Gardener", "family": "Estate", "level": 1}
    with pytest.raises(Refused, match="both ends"):
        posts.define_job(by=hr, **told, pay_from=Decimal(2), pay_to=Decimal(1))
    job = posts.define_job(by=hr, **told, currency="EUR", pay_from=Decimal(1), pay_to=Decimal(2))
    with pytest.raises(Refused, match="is taken"):
        posts.define_job(by=hr, **told)
    again = posts.define_job(by=hr, job=job, **(told | {"title": "Head gardener"}))
    assert (again.pk, again.title) == (job.pk, "Head gardener")


def test_a_competency_is_described_by_level(company, hr):
    told = {"code": "C-1", "name": "Pruning", "definition": ""}
    with pytest.raises(Refused, match="two levels"):
        posts.describe_competency(by=hr, **told, levels=[("One", "cuts")])
    levels = [("One", "cuts"), ("Two", "shapes")]
    made = posts.describe_competency(by=hr, **told, levels=levels)
    with pytest.raises(Refused, match="is taken"):
        posts.describe_competency(by=hr, **told, levels=levels)
    posts.describe_competency(by=hr, competency=made, levels=levels[::-1], **told)
    assert [row.name for row in made.levels.all()] == ["Two", "One"]


def test_a_job_asks_for_levels_that_exist(company, hr):
    job = Position.objects.first().job
    craft = Competency.objects.first()
    with pytest.raises(Refused, match="has no level 9"):
        posts.set_requirements(by=hr, job=job, levels={craft: 9}, on=hr.today)
    posts.set_requirements(by=hr, job=job, levels={craft: 2}, on=hr.today)
    (need,) = organisation.requirements(job, hr.today)
    assert (need.competency, need.level) == (craft, 2)
    assert need.anchor == craft.levels.get(level=2).anchor


def test_only_hr_administrators_define_jobs(company):
    with pytest.raises(PermissionDenied):
        posts.define_job(by=company.viewer("fatima"), code="X", title="X", family="X", level=1)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"anchor-3": "Leads"}, ["name-3"]),
        ({"name-3": "Third"}, ["anchor-3"]),
        ({"name-4": "Fourth", "anchor-4": "Leads"}, ["anchor-3", "name-3"]),
        ({"name-3": "Third", "anchor-3": "Leads"}, []),
    ],
)
def test_no_level_of_a_competency_that_was_typed_is_lost(company, typed, wrong):
    said = {"name": "Pruning", "code": "C-1", "name-1": "One", "anchor-1": "cuts"}
    said |= {"name-2": "Two", "anchor-2": "shapes"}
    answer = company.client("ingrid").post("/competencies/new/", said | typed)
    if wrong:
        assert answer.status_code == 422
        assert sorted(answer.context["form"].errors) == wrong
        assert all(text in answer.text for text in typed.values())
        assert not Competency.objects.filter(code="C-1").exists()
    else:
        assert Competency.objects.get(code="C-1").levels.count() == 3


def test_jobs_with_their_numbers_stand_by_family_and_level(company, hr):
    jobs = list(organisation.jobs_with_numbers(hr))
    assert jobs == sorted(jobs, key=lambda job: (job.family, job.level, job.title))


def test_an_empty_directory_speaks_of_a_filter_only_where_there_is_one(company):
    ingrid = company.client("ingrid")
    assert "Nobody works here on that day" in ingrid.get("/people/?on=1990-01-01").text
    assert "Nobody fits that" in ingrid.get("/people/?on=1990-01-01&q=Ana").text
