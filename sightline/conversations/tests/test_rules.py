from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sightline.conversations import rules
from sightline.conversations.rules import Rhythm

DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
CADENCES = st.integers(1, 366)


def test_a_meeting_is_planned_and_then_held_or_skipped_for_good():
    assert rules.may_become(rules.PLANNED, rules.HELD)
    assert rules.may_become(rules.PLANNED, rules.SKIPPED)
    for over in (rules.HELD, rules.SKIPPED):
        assert not any(rules.may_become(over, then) for then in rules.TRANSITIONS)


def test_silence_counts_from_the_last_talk_else_from_the_beginning():
    begun, last, today = date(2026, 1, 1), date(2026, 3, 1), date(2026, 3, 11)
    assert rules.silence_days(last, begun, today) == 10
    assert rules.silence_days(None, begun, today) == 69


@given(DAYS, DAYS, DAYS)
def test_silence_is_never_negative(last, begun, today):
    assert rules.silence_days(last, begun, today) >= 0


@given(st.integers(0, 2000), CADENCES)
def test_more_silence_never_makes_a_better_rhythm(silence, cadence):
    order = [Rhythm.ON_RHYTHM, Rhythm.DUE, Rhythm.QUIET]
    now, tomorrow = (rules.rhythm(days, cadence) for days in (silence, silence + 1))
    assert order.index(now) <= order.index(tomorrow)


@given(st.none() | DAYS, CADENCES, DAYS)
def test_the_next_talk_is_on_a_working_day_from_today_on(last, cadence, today):
    day = rules.next_meeting_on(last, cadence, today)
    assert day >= today
    assert day.weekday() < 5


@given(DAYS, st.none() | st.integers(0, 400), st.lists(DAYS, max_size=20))
def test_nothing_is_carried_over_more_often_than_people_talked(since, days, held_on):
    until = None if days is None else since + timedelta(days=days)
    assert 0 <= rules.times_carried(since, until, held_on) <= len(held_on)


@given(st.dictionaries(st.sampled_from(list(Rhythm)), st.integers(0, 50)), st.integers(0, 50))
def test_the_rhythm_kept_is_a_percentage_or_nothing(stands, without):
    kept = rules.kept_percent(stands, without)
    assert kept is None or 0 <= kept <= 100


def test_something_is_late_the_day_after_it_was_due_and_never_without_a_day():
    today = date(2026, 5, 5)
    assert not rules.is_overdue(None, today)
    assert not rules.is_overdue(today, today)
    assert rules.is_overdue(today - timedelta(days=1), today)


def test_a_word_is_worth_it_after_six_weeks_or_when_none_was_ever_said():
    today = date(2026, 5, 5)
    assert rules.is_worth_a_word(None, today)
    assert rules.is_worth_a_word(today - timedelta(days=42), today)
    assert not rules.is_worth_a_word(today - timedelta(days=41), today)
