"""The demo company: believable, whole, and the same for the same seed."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.models import F, Max, Min, Sum

from sightline.conversations.models import (
    Action,
    Feedback,
    FeedbackVersion,
    Meeting,
    PrivateNote,
    Series,
)
from sightline.foundation.core.dates import FOREVER, today
from sightline.goals.models import SightAnswer
from sightline.people.models import (
    Assignment,
    CompetencyLevel,
    Employee,
    Employment,
    Leave,
    Pay,
    Position,
    ReportingLine,
    Requirement,
    Responsibility,
    RoleGrant,
    Unit,
    UnitLine,
)
from sightline.site.demo import build, sign_in_lines
from sightline.site.demo.book import read_book

FILLER = re.compile(
    r"lorem|ipsum|\btbd\b|\btodo\b|\bxxx\b|placeholder|\bfoo\b|\betc\b", re.IGNORECASE
)


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The company of 200, for all tests of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(size=200, seed=1)
        transaction.set_rollback(True)


def company_of(size, seed, on=None):
    """A company in a few words, made and taken back."""
    with transaction.atomic():
        build(size=size, seed=seed, today=on)
        posts = Assignment.objects.order_by("employee__number", "from_on").values_list(
            "employee__number",
            "employee__name",
            "employee__email",
            "position__code",
            "manager__number",
            "share_percent",
            "from_on",
            "until_on",
        )
        pays = Pay.objects.order_by("employee__number", "from_on").values_list(
            "employee__number", "amount", "from_on"
        )
        told = [*posts, *pays, *ReportingLine.objects.order_by("from_on", "depth").values("depth")]
        transaction.set_rollback(True)
    return told


def test_the_same_seed_gives_the_same_company(db):
    assert company_of(60, seed=7) == company_of(60, seed=7)


def test_another_seed_gives_another_company(db):
    assert company_of(40, seed=7) != company_of(40, seed=8)


def test_a_larger_company_has_the_smaller_one_in_it(db):
    def posts(told):
        return {row for row in told if isinstance(row, tuple) and len(row) == 8}

    smaller, larger = posts(company_of(205, seed=3)), posts(company_of(230, seed=3))
    in_book = {row for row in smaller if not row[3].startswith("H001-")}
    assert in_book <= larger


@pytest.mark.parametrize("day", [date(2028, 2, 29), date(2025, 12, 31), date(2026, 1, 1)])
def test_it_can_be_made_on_any_day(db, day):
    assert company_of(60, seed=2, on=day)


def test_as_many_people_work_there_today_as_were_asked_for(demo):
    assert Employment.objects.on(today()).count() == 200


def test_nobody_stands_under_himself(demo):
    assert not ReportingLine.objects.filter(employee=F("manager")).exists()


def test_nobody_holds_two_posts_on_one_day(demo):
    spans = {}
    for row in Assignment.objects.order_by("from_on"):
        earlier = spans.setdefault(row.employee_id, [])
        assert not any(row.span & span for span in earlier), row
        earlier.append(row.span)


def test_no_post_is_held_twice_over(demo):
    for day in (today(), today() - timedelta(days=200), today() + timedelta(days=60)):
        held = Assignment.objects.on(day).values("position").annotate(percent=Sum("share_percent"))
        assert max(row["percent"] for row in held) <= 100


def test_everybody_at_work_holds_a_post_and_has_a_manager_who_is_there(demo):
    for day in (today(), today() - timedelta(days=400)):
        at_work = set(Employment.objects.on(day).values_list("employee", flat=True))
        posts = Assignment.objects.on(day).values_list("employee", "manager")
        assert {employee for employee, _manager in posts} == at_work
        assert {manager for _employee, manager in posts} - {None} <= at_work
        assert [manager for _employee, manager in posts].count(None) == 1


def test_lines_agree_with_a_walk_up_on_any_day(demo):
    for days in (-900, -500, -100, 0, 20, 70):
        day = today() + timedelta(days=days)
        bosses = dict(Assignment.objects.on(day).values_list("employee", "manager"))
        walked = set()
        for employee in bosses:
            above, depth = bosses.get(employee), 1
            while above is not None:
                walked.add((above, employee, depth))
                above, depth = bosses.get(above), depth + 1
        lines = ReportingLine.objects.on(day).values_list("manager", "employee", "depth")
        assert set(lines) == walked


def test_every_unit_has_people_and_one_lead_at_most(demo):
    posts = Assignment.objects.on(today()).values_list("position__unit", flat=True)
    assert set(Unit.objects.on(today()).values_list("pk", flat=True)) == set(posts)
    leads = RoleGrant.objects.on(today()).filter(role="unit_lead").values_list("unit", flat=True)
    assert len(set(leads)) == len(leads) >= 20


def test_all_units_stand_under_the_company(demo):
    company = Unit.objects.get(code="LARK")
    assert UnitLine.objects.on(today()).filter(above=company).count() == Unit.objects.count()


def test_the_weights_of_each_post_add_up(demo):
    posts = Responsibility.objects.on(today()).values("position")
    weights = posts.annotate(percent=Sum("weight_percent")).values_list("percent", flat=True)
    assert set(weights) == {100}
    assert len(weights) == Position.objects.count()


def test_pay_lies_within_the_range_of_the_job(demo):
    for post in Assignment.objects.on(today()).select_related("position__job", "employee"):
        pay = post.employee.pays.on(today()).get()
        assert post.position.job.pay_from <= pay.amount <= post.position.job.pay_to, post.employee


def test_two_years_have_left_their_traces(demo):
    recent = today() - timedelta(days=730)
    causes = Counter(Assignment.objects.filter(from_on__gte=recent).values_list("cause", flat=True))
    assert causes["hired"] > 40
    assert causes["moved"] >= 5
    assert causes["manager"] > 20
    assert causes["rehired"] >= 1
    assert Employment.objects.filter(until_on__range=(recent, today())).count() > 20
    assert Leave.objects.on(today()).count() >= 3


def test_it_is_in_the_midst_of_its_life(demo):
    latest = Employment.objects.filter(from_on__lte=today()).aggregate(on=Max("from_on"))["on"]
    assert latest > today() - timedelta(days=45)
    plans = Assignment.objects.filter(from_on__gt=today())
    assert plans.count() >= 3
    assert plans.aggregate(on=Max("from_on"))["on"] < today() + timedelta(days=120)
    assert Employment.objects.aggregate(on=Min("from_on"))["on"] > today() - timedelta(days=3800)
    assert Employment.objects.filter(until_on__gt=today()).exclude(until_on=FOREVER).exists()


def test_some_posts_are_vacant(demo):
    held = Assignment.objects.on(today()).values("position")
    assert 5 <= Position.objects.exclude(pk__in=held).count() <= 20


def test_each_address_and_number_belongs_to_one_person(demo):
    emails = [email for email in Employee.objects.values_list("email", flat=True) if email]
    assert len(set(emails)) == len(emails)
    assert all(re.fullmatch(r"[a-z.]+\d*@(larkfield|audit)\.example", email) for email in emails)


def test_names_are_of_many_scripts(demo):
    names = " ".join(Employee.objects.values_list("name", flat=True))
    for script in (r"[\u0600-\u06ff]", r"[\u4e00-\u9fff]", r"[\u0400-\u04ff]", r"[À-ÿ]"):
        assert re.search(script, names)


def test_who_can_sign_in_is_told_with_the_password(demo):
    lines = sign_in_lines()
    assert "larkfield-demo" in lines[0]
    assert any("tomas@larkfield.example" in line for line in lines)
    assert not any("rui@" in line or "halima@" in line for line in lines)
    assert {person.email for person in demo.can_sign_in} <= {
        *Employee.objects.exclude(account=None).values_list("email", flat=True)
    }


def every_post():
    """All posts of the book, those of a larger company among them."""
    book = read_book()
    return [*book.posts.values(), *(post for unit in book.larger.values() for post in unit.posts)]


def test_posts_are_written_for_this_company_and_hold_no_filler():
    posts = every_post()
    words = [text for post in posts for duty in post.duties for text in (duty.title, duty.standard)]
    words += [post.purpose for post in posts]
    assert not [text for text in words if FILLER.search(text)]
    assert len(set(words)) == len(words)
    assert all(text.endswith(".") for post in posts for text in (post.purpose,))
    assert all(2 <= len(post.duties) <= 5 for post in posts)
    assert all(len(duty.standard) > 40 for post in posts for duty in post.duties)


def test_no_standard_comes_twice_within_a_job():
    standards = Counter((post.job, duty.standard) for post in every_post() for duty in post.duties)
    assert set(standards.values()) == {1}


def test_competencies_have_five_levels_and_jobs_ask_for_them(demo):
    assert set(Counter(CompetencyLevel.objects.values_list("competency", flat=True)).values()) == {
        5
    }
    asked = Counter(Requirement.objects.values_list("job", flat=True))
    assert len(asked) == len(read_book().jobs)
    assert min(asked.values()) >= 4


def test_people_talk_at_human_rhythm_and_some_have_fallen_silent(demo):
    held = Meeting.objects.filter(stage=Meeting.Stage.HELD)
    skipped = Meeting.objects.filter(stage=Meeting.Stage.SKIPPED)
    assert held.count() > 5 * skipped.count() > 0
    assert not held.filter(meets_on__gte=today() + timedelta(days=1)).exists()
    quiet = today() - timedelta(days=45)
    running = Series.objects.filter(until_on=FOREVER, from_on__lt=quiet)
    silent = running.exclude(meetings__stage="held", meetings__meets_on__gt=quiet)
    assert 2 < silent.count() < running.count() / 4


def test_nothing_that_was_said_is_filler_or_said_twice(demo):
    said = list(FeedbackVersion.objects.values_list("situation", "behaviour", "impact"))
    assert len(said) >= 120
    assert len({words for piece in said for words in piece}) == 3 * len(said)
    for words in (words for piece in said for words in piece):
        assert not FILLER.search(words), words
        assert "!" not in words
        assert len(words.split()) >= 3, words


def test_feedback_is_praise_and_guidance_by_people_who_knew_each_other(demo):
    kinds = Counter(Feedback.objects.values_list("kind", flat=True))
    assert min(kinds[kind] for kind in ("praise", "guidance", "both")) >= 25
    at_work = Employment.objects.values_list("employee", "from_on", "until_on")
    spans = {}
    for employee, start, end in at_work:
        spans.setdefault(employee, []).append((start, end))
    for given in Feedback.objects.all():
        day = given.given_at.date()
        for person in (given.author_id, given.subject_id):
            assert any(start <= day < end for start, end in spans[person]), given.pk


def test_some_said_what_their_work_serves_and_some_skipped_it(demo):
    answers = SightAnswer.objects.annotate(points=Sum("shares__percent"))
    assert answers.count() > 30
    assert {(one.points or 0) + one.none_percent for one in answers if not one.is_skipped} == {100}
    assert any(one.is_skipped for one in answers)


def test_notes_are_of_their_writers_and_promises_partly_kept(demo):
    assert PrivateNote.objects.count() == 3
    done = Action.objects.filter(completion__isnull=False).count()
    assert 0 < done < Action.objects.count()
