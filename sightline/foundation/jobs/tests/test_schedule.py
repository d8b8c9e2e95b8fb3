from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone

from sightline.foundation.jobs import actions, queries, schedule
from sightline.foundation.jobs.models import Job, Tick
from sightline.foundation.jobs.schedule import Clock, Daily, Every
from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.foundation.jobs.tests import errands

NOON = datetime(2026, 3, 2, 12, 0, 7, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch, db):
    """Only one schedule, each ten seconds, and a clock that the test sets."""
    monkeypatch.setattr(schedule, "SCHEDULES", {})
    monkeypatch.setattr(queries, "SCHEDULES", schedule.SCHEDULES)
    schedule.every(seconds=10)(errands.late)

    def at(moment, clock=None):
        monkeypatch.setattr(schedule, "now", lambda: moment)
        return (clock or Clock()).enqueue_due()

    return at


def test_a_new_schedule_begins_with_its_next_tick(clock):
    assert clock(NOON) == 0
    assert clock(NOON + timedelta(seconds=2)) == 0
    assert clock(NOON + timedelta(seconds=3)) == 1


def test_two_workers_never_double_a_tick(clock):
    clock(NOON)
    later = NOON + timedelta(seconds=10)
    assert [clock(later), clock(later), clock(later)] == [1, 0, 0]
    assert Tick.objects.filter(job__isnull=False).count() == Job.objects.count() == 1


def test_a_worker_whose_clock_lags_adds_nothing(clock):
    clock(NOON)
    clock(NOON + timedelta(seconds=60))
    assert clock(NOON + timedelta(seconds=30)) == 0


def test_missed_ticks_run_once(clock):
    clock(NOON)
    one = Clock()
    assert clock(NOON + timedelta(days=3), one) == 1
    assert clock(NOON + timedelta(days=3, seconds=1), one) == 0


def test_ticks_that_pile_up_are_one_run(clock):
    for seconds in range(0, 50, 10):
        clock(NOON + timedelta(seconds=seconds))
    assert Job.objects.count() == 4
    assert run_waiting_jobs() == 1


def test_the_timetable_tells_the_last_and_the_next_run(clock):
    clock(NOON)
    line = queries.timetable()[0]
    assert (line.last_at, line.rhythm) == (None, "every 10 seconds")
    clock(NOON + timedelta(seconds=10))
    run_waiting_jobs()
    line = queries.timetable()[0]
    assert line.last_at == datetime(2026, 3, 2, 12, 0, 10, tzinfo=UTC)
    assert line.last_job.state == "done"


def test_old_runs_of_a_schedule_are_forgotten_but_never_the_last(clock):
    clock(NOON)
    for seconds in (10, 20):
        clock(NOON + timedelta(seconds=seconds))
        run_waiting_jobs()
    Job.objects.update(finished_at=NOON - timedelta(days=9))
    actions.clear_finished()
    assert Job.objects.count() == 1
    assert [tick.at.second for tick in Tick.objects.all()] == [20]
    assert queries.timetable()[0].last_at.second == 20
    assert clock(NOON + timedelta(seconds=20)) == 0


@pytest.mark.parametrize(
    ("rhythm", "words"),
    [
        (Every(1), "every second"),
        (Every(5), "every 5 seconds"),
        (Every(60), "every minute"),
        (Every(90), "every 90 seconds"),
        (Every(900), "every 15 minutes"),
        (Every(3600), "every hour"),
        (Every(7200), "every 2 hours"),
        (Daily(time(6)), "every day at 06:00"),
    ],
)
def test_a_rhythm_reads_as_words(rhythm, words):
    assert rhythm.sentence() == words


def test_each_so_many_seconds_is_the_same_for_every_worker():
    assert Every(10).latest(NOON) == NOON.replace(second=0)
    assert Every(10).next(NOON) == NOON.replace(second=10)
    assert Every(10).latest(NOON.replace(second=10)) == NOON.replace(second=10)


@pytest.mark.parametrize(
    ("moment", "latest", "following"),
    [
        ("2026-03-28T12:00+00:00", "2026-03-28T05:00+00:00", "2026-03-29T04:00+00:00"),
        ("2026-03-29T04:00+00:00", "2026-03-29T04:00+00:00", "2026-03-30T04:00+00:00"),
        ("2026-10-25T04:30+00:00", "2026-10-24T04:00+00:00", "2026-10-25T05:00+00:00"),
    ],
)
def test_six_in_the_morning_is_local_time_through_changes_of_the_clock(
    settings, moment, latest, following
):
    settings.TIME_ZONE = "Europe/Berlin"
    timezone.get_default_timezone.cache_clear()
    moment = datetime.fromisoformat(moment)
    assert Daily(time(6)).latest(moment) == datetime.fromisoformat(latest)
    assert Daily(time(6)).next(moment) == datetime.fromisoformat(following)


def test_a_schedule_runs_at_most_once_a_second():
    with pytest.raises(ValueError, match="once a second"):
        schedule.every(seconds=0)
