from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from sightline.development import rules
from sightline.development.actions.levels import Judged, Level, show_levels, show_levels_of_many
from sightline.development.events import LevelsShown
from sightline.development.models import ShownLevel, StandingLevel
from sightline.development.queries import gaps, units
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.models import Record
from sightline.foundation.ledger.queries import event_of
from sightline.people.models import Competency, Job

pytestmark = pytest.mark.django_db

MANAGER, SELF, REVIEW = ShownLevel.Source.MANAGER, ShownLevel.Source.SELF, ShownLevel.Source.REVIEW


@pytest.fixture
def craft(company):
    return Competency.objects.get(code="craft")


@pytest.fixture
def care(company):
    return Competency.objects.get(code="care")


def shown(employee, competency):
    return StandingLevel.objects.get(employee=employee, competency=competency).level


def show(company, by, whom, competency, level, source=MANAGER, **more):
    return show_levels(
        by=company.viewer(by),
        employee=company.people[whom],
        levels={competency: Level(Decimal(level), seen_in="The loader")},
        source=source,
        **more,
    )


def test_a_level_is_written_beside_the_old_ones_and_holds(company, craft):
    before = list(ShownLevel.objects.filter(employee=company.tomas).values())
    show(company, "ana", "tomas", craft, 4)
    rows = ShownLevel.objects.filter(employee=company.tomas)
    assert rows.count() == len(before) + 1
    assert list(rows.exclude(pk=rows.latest("pk").pk).values()) == before
    assert shown(company.tomas, craft) == 4


def test_what_was_judged_is_on_record_with_the_words(company, craft):
    show(company, "ana", "tomas", craft, 4)
    event = event_of(Record.objects.filter(kind=LevelsShown.kind()).latest("pk"))
    assert event.levels == {"Craft": "4"}
    assert event.words == {"Craft": "The loader"}
    assert "Craft 4" in event.sentence()


def test_an_older_judgement_entered_late_does_not_hold(company, craft):
    show(company, "ana", "tomas", craft, 5, on=company.today - timedelta(days=300))
    assert shown(company.tomas, craft) == 3


def test_a_self_assessment_holds_only_while_nobody_else_has_judged(company, care):
    show(company, "tomas", "tomas", care, 4, SELF)
    assert shown(company.tomas, care) == 4
    show(company, "ana", "tomas", care, 2)
    assert shown(company.tomas, care) == 2


def test_a_review_shows_a_level_once_from_one_origin(company, craft):
    assert len(show(company, "ana", "tomas", craft, "3.3", REVIEW, origin="review:1")) == 1
    count = Record.objects.count()
    assert show(company, "ana", "tomas", craft, "3.3", REVIEW, origin="review:1") == []
    assert Record.objects.count() == count
    assert shown(company.tomas, craft) == Decimal("3.3")


def test_a_level_that_the_competency_does_not_have_is_refused(company, craft):
    with pytest.raises(Refused, match="Craft has no level 6"):
        show(company, "ana", "tomas", craft, 6)


def test_a_day_to_come_and_nothing_at_all_are_refused(company, craft):
    with pytest.raises(Refused, match="future"):
        show(company, "ana", "tomas", craft, 3, on=company.today + timedelta(days=1))
    with pytest.raises(Refused, match="one competency"):
        show_levels(by=company.viewer("ana"), employee=company.tomas, levels={}, source=MANAGER)


@pytest.mark.parametrize(
    ("by", "source", "may"),
    [
        ("ana", MANAGER, True),
        ("leo", MANAGER, True),
        ("fatima", MANAGER, False),
        ("mei", MANAGER, False),
        ("tomas", MANAGER, False),
        ("tomas", SELF, True),
        ("ana", SELF, False),
        ("ana", REVIEW, True),
        ("fatima", REVIEW, True),
        ("ingrid", REVIEW, True),
        ("tomas", REVIEW, False),
        ("samuel", REVIEW, False),
    ],
)
def test_who_may_judge_tomas(company, craft, by, source, may):
    if may:
        assert show(company, by, "tomas", craft, 3, source)
    else:
        with pytest.raises(PermissionDenied):
            show(company, by, "tomas", craft, 3, source)


def test_many_are_judged_at_once_by_hr_administrators_alone(company, craft):
    lot = [
        Judged(company.people[key], {craft: Level(Decimal(2))}, REVIEW, company.today, origin="c:1")
        for key in ("tomas", "kofi", "mei")
    ]
    assert show_levels_of_many(by=company.viewer("ingrid"), judged=lot) == 3
    assert show_levels_of_many(by=company.viewer("ingrid"), judged=lot) == 0
    assert shown(company.kofi, craft) == 2
    with pytest.raises(PermissionDenied):
        show_levels_of_many(by=company.viewer("fatima"), judged=lot)


def test_many_are_refused_together_when_one_level_does_not_exist(company, craft):
    lot = [
        Judged(company.tomas, {craft: Level(Decimal(level))}, REVIEW, company.today)
        for level in (2, 7)
    ]
    count = ShownLevel.objects.count()
    with pytest.raises(Refused, match="Craft has no level 7"):
        show_levels_of_many(by=company.viewer("ingrid"), judged=lot)
    assert ShownLevel.objects.count() == count


def test_what_is_kept_is_what_a_fresh_look_gives(company, craft):
    show(company, "ana", "tomas", craft, 2)
    by_key = {}
    for row in ShownLevel.objects.all():
        by_key.setdefault((row.employee_id, row.competency_id), []).append(row.judgement)
    kept = {(row.employee_id, row.competency_id): row for row in StandingLevel.objects.all()}
    assert set(kept) == set(by_key)
    for key, judgements in by_key.items():
        row, fresh = kept[key], rules.standing(judgements)
        assert (row.level, row.low, row.high) == (fresh.level, fresh.low, fresh.high)


def test_gaps_stand_the_largest_first_and_say_what_comes_next(company):
    found = gaps.gaps_of(company.viewer("tomas"), company.tomas, company.today)
    assert found.gaps[0].competency.code == "together"
    assert found.gaps[0].missing == 1
    assert found.gaps[0].next.level == 3
    assert found.judged == len(found.gaps) == 6


def test_a_person_is_held_against_a_job_he_aspires_to(company):
    staff = Job.objects.get(code="ENG-STAFF")
    found = gaps.gaps_of(company.viewer("tomas"), company.tomas, company.today, staff)
    evidence = next(gap for gap in found.gaps if gap.competency.code == "evidence")
    assert evidence.missing is None
    assert evidence.next.level == evidence.required
    assert len(found.missing) >= 3


def test_who_may_not_read_the_levels_finds_nothing_judged(company):
    found = gaps.gaps_of(company.viewer("mei"), company.tomas, company.today)
    assert found.judged == 0


def test_the_short_look_agrees_with_the_long_one(company):
    job = company.positions["PLAT-IMPORT"].job
    short = gaps.gaps_in_short(company.viewer("ana"), company.tomas, job)
    whole = gaps.gaps_of(company.viewer("ana"), company.tomas, company.today, job)
    assert [(one.competency, one.shown) for one in short.gaps] == [
        (one.competency, one.shown) for one in whole.gaps
    ]


def test_gaps_of_a_team_are_those_of_its_people_added_up(company):
    viewer = company.viewer("ana")
    team = {row.competency_id: row for row in units.gaps_of_team(viewer)}
    added = {}
    for key in ("tomas", "mei", "joao", "cida", "kofi", "sara"):
        for gap in gaps.gaps_of(viewer, company.people[key], company.today).gaps:
            added.setdefault(gap.competency.pk, []).append(gap.missing)
    assert set(team) == set(added)
    for competency, missing in added.items():
        row = team[competency]
        assert row.asked == len(missing)
        assert row.judged == sum(one is not None for one in missing)
        assert row.missing == sum(one or 0 for one in missing)
        short = units.short_in_team(viewer, competency)
        assert len(short) == row.short == sum(bool(one) for one in missing)


def test_the_largest_gap_of_a_team_stands_first(company):
    missing = [row.missing for row in units.gaps_of_team(company.viewer("leo"))]
    assert missing == sorted(missing, reverse=True)


def test_an_executive_outside_the_line_is_told_no_count_of_fewer_than_three(company):
    nkechi = company.viewer("nkechi")
    stranger = replace(nkechi, employee=company.halima)
    rows = units.gaps_by_unit(stranger, company.units["DATA"])
    assert rows
    assert all(row.judged is None and row.missing is None for row in rows)
    assert not units.short_in_unit(stranger, company.units["DATA"], rows[0].competency_id)
    assert any(row.judged for row in units.gaps_by_unit(nkechi, company.units["DATA"]))


def test_one_person_is_not_told_by_being_counted_among_people_whose_levels_are_open(company, craft):
    of_ana = replace(company.viewer("nkechi"), employee=company.ana)
    for viewer, told in ((company.viewer("nkechi"), True), (of_ana, False)):
        rows = {one.competency_id: one for one in units.gaps_by_unit(viewer, company.units["LARK"])}
        assert (rows[craft.pk].judged is not None) == told
