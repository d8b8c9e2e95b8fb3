from datetime import timedelta

import pytest
from django.db import transaction

from sightline.foundation.core.dates import now
from sightline.foundation.jobs import actions, claims, progress, queries, worker
from sightline.foundation.jobs.models import Job
from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.foundation.jobs.tests import errands

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ran():
    errands.ran.clear()
    return errands.ran


def age(job, **ago):
    """Make a running job's lease old, as if its worker had been silent."""
    Job.objects.filter(pk=job.pk).update(lease_until=now() - timedelta(**ago))


def take_over(worker="second"):
    """Look at silent jobs as a worker does: doubt them, wait, look again."""
    assert claims.claim_next(worker) is None
    Job.objects.filter(doubted=True).update(lease_until=now() - timedelta(milliseconds=1))
    return claims.claim_next(worker)


def test_an_enqueued_job_is_a_stored_row_until_somebody_runs_it(ran):
    errands.note.enqueue("hello")
    assert ran == []
    assert run_waiting_jobs() == 1
    assert ran == ["hello"]
    assert Job.objects.get().state == "done"


def test_a_job_goes_when_its_change_is_rolled_back():
    with transaction.atomic():
        errands.note.enqueue("never")
        transaction.set_rollback(True)
    assert not Job.objects.exists()


def test_jobs_may_enqueue_jobs(ran):
    errands.chain.enqueue(3)
    assert run_waiting_jobs() == 4
    assert ran == [3, 2, 1, 0]


def test_urgent_jobs_come_first_then_the_oldest(ran):
    errands.note.enqueue("first")
    errands.note.enqueue("second")
    errands.note.using(priority=5).enqueue("urgent")
    run_waiting_jobs()
    assert ran == ["urgent", "first", "second"]


def test_a_progress_that_cannot_be_written_holds_no_lease_up(monkeypatch):
    for word in ("first", "second"):
        errands.note.enqueue(word)
    jobs = [claims.claim_next("worker") for _word in range(2)]
    keeper, written = worker.Keeper(timedelta(seconds=60)), []
    monkeypatch.setattr(worker.time, "monotonic", lambda: 0)
    for job in jobs:
        keeper.add(reporter := progress.Reporter(job))
        reporter.note(progress.Step(1, 2))
        age(job, seconds=1)

    def disk_full(reporter):
        written.append(reporter.job)
        raise OSError("no space left on device")

    monkeypatch.setattr(progress.Reporter, "write", disk_full)
    monkeypatch.setattr(worker.time, "monotonic", lambda: 30)
    keeper.keep()
    assert written == jobs
    assert not Job.objects.filter(lease_until__lt=now()).exists()


def test_a_job_waits_for_its_time(ran):
    errands.note.using(run_after=now() + timedelta(hours=1)).enqueue("later")
    assert run_waiting_jobs() == 0


def test_a_task_may_ask_which_job_and_attempt_it_is(ran):
    result = errands.tell.enqueue("word")
    run_waiting_jobs()
    assert ran == [(result.id, 1, "word")]


def test_arguments_that_are_not_json_are_refused_at_once():
    with pytest.raises(TypeError):
        errands.note.enqueue(object())


def test_a_failed_run_waits_longer_each_time_and_then_has_failed():
    errands.stumble.enqueue()
    with pytest.raises(ValueError, match="it stumbled"):
        run_waiting_jobs()
    job = Job.objects.get()
    assert job.state == "waiting"
    assert timedelta(seconds=1) < job.run_after - now() <= timedelta(seconds=2)
    Job.objects.update(run_after=now())
    with pytest.raises(ValueError, match="it stumbled"):
        run_waiting_jobs()
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("failed", 2)
    assert "it stumbled" in job.error
    assert list(queries.failures()) == [job]


def test_the_pause_doubles_up_to_ten_minutes():
    pauses = [claims.pause_after(attempts).total_seconds() for attempts in (1, 2, 3, 9, 10, 99)]
    assert pauses == [2, 4, 8, 512, 600, 600]


def test_a_job_that_exits_does_not_take_its_worker_along():
    errands.leave.enqueue()
    with pytest.raises(SystemExit):
        run_waiting_jobs()
    assert Job.objects.get().state == "waiting"


def test_a_task_that_no_longer_exists_fails_with_its_name():
    errands.note.enqueue("x")
    Job.objects.update(task="sightline.gone.task")
    with pytest.raises(ImportError):
        run_waiting_jobs()
    assert "sightline.gone" in Job.objects.get().error


def test_a_silent_job_is_taken_over_before_anything_that_waits():
    errands.note.enqueue("held")
    job = claims.claim_next("first")
    for number in range(3):
        errands.note.using(priority=9).enqueue(f"backlog {number}")
    age(job, seconds=1)
    assert claims.claim_next("second").args == ["backlog 0"]  # the first look only doubts
    Job.objects.filter(doubted=True).update(lease_until=now() - timedelta(milliseconds=1))
    assert claims.claim_next("second").pk == job.pk


def test_a_worker_that_renews_after_the_first_look_keeps_its_job():
    errands.note.enqueue("long write")
    job = claims.claim_next("first")
    age(job, seconds=1)
    assert claims.claim_next("second") is None
    assert claims.renew(job)
    assert claims.claim_next("second") is None
    assert claims.complete(job)


def test_a_late_worker_cannot_finish_what_another_has_taken_over():
    errands.note.enqueue("x")
    mine = claims.claim_next("first")
    age(mine, seconds=1)
    theirs = take_over()
    assert theirs.claim == mine.claim + 1
    assert not claims.renew(mine)
    assert not claims.complete(mine)
    assert not claims.fail(mine, "late")
    assert not claims.release(mine)
    assert claims.complete(theirs)


def test_a_job_that_kills_each_of_its_workers_ends_among_the_failures():
    errands.stumble.enqueue()
    job = claims.claim_next("first")
    age(job, seconds=1)
    age(take_over(), seconds=1)
    assert take_over() is None
    failed = queries.failures()[0]
    assert failed.attempts == 2
    assert "its worker was killed" in failed.error


def test_a_job_given_back_does_not_count_as_an_attempt(ran):
    errands.note.enqueue("again")
    job = claims.claim_next("first")
    assert claims.release(job)
    assert not claims.complete(job)
    run_waiting_jobs()
    assert (ran, Job.objects.get().attempts) == (["again"], 1)


def test_one_run_of_a_unique_task_does_the_work_of_all_that_wait(ran):
    for room in ("attic", "attic", "cellar", "attic"):
        errands.tidy.enqueue(room)
    assert run_waiting_jobs() == 2
    assert ran == ["attic", "cellar"]
    assert sorted(Job.objects.values_list("state", flat=True)) == ["done", "done"] + ["merged"] * 2


def test_unique_work_asked_for_during_its_run_is_done_once_more_afterwards(ran):
    errands.tidy.enqueue("attic")
    running = claims.claim_next("first")
    errands.tidy.enqueue("attic")
    assert claims.claim_next("second") is None
    claims.complete(running)
    assert run_waiting_jobs() == 1


def test_a_success_clears_earlier_failures_of_the_same_work():
    errands.tidy.enqueue("attic")
    Job.objects.update(state="failed", finished_at=now())
    errands.tidy.enqueue("attic")
    run_waiting_jobs()
    assert not queries.failures()


def test_progress_can_be_read_while_the_job_runs_and_afterwards(ran):
    result = errands.count_to.enqueue(3)
    assert queries.progress_of(result.id).state == "waiting"
    run_waiting_jobs()
    assert ran == [0, 1, 2, 3]
    progress = queries.progress_of(result.id)
    assert (progress.done, progress.of, progress.sentence) == (3, 3, "3 of 3 rows")
    assert progress.is_over
    assert queries.progress_of("0") is None
    assert queries.progress_of("x") is None


def test_a_failed_job_may_be_put_back_or_discarded():
    for word in ("a", "b", "c"):
        errands.note.enqueue(word)
    Job.objects.update(state="failed", attempts=5, finished_at=now())
    first, second, _third = queries.failures()
    assert actions.discard(job=first)
    assert not actions.put_back(job=first)
    assert actions.put_back(job=second)
    assert actions.put_all_back() == 1
    assert run_waiting_jobs() == 2


def test_failures_come_newest_first_in_pages():
    for word in range(5):
        errands.note.enqueue(word)
    Job.objects.update(state="failed", finished_at=now())
    page = queries.failures(size=2)
    rest = queries.failures(before=page[-1].pk, size=9)
    assert [job.args[0] for job in [*page, *rest]] == [4, 3, 2, 1, 0]


def test_jobs_that_ended_well_are_forgotten_after_a_week_and_failures_are_not():
    for state in ("done", "discarded", "failed", "waiting"):
        errands.note.enqueue(state)
        Job.objects.filter(args=[state]).update(state=state, finished_at=now() - timedelta(days=8))
    assert actions.clear_finished() == 2
    assert sorted(Job.objects.values_list("state", flat=True)) == ["failed", "waiting"]


def test_the_backlog_says_how_long_something_has_been_waiting():
    assert queries.backlog().lag == timedelta()
    errands.note.enqueue("x")
    Job.objects.update(run_after=now() - timedelta(minutes=5))
    backlog = queries.backlog()
    assert (backlog.waiting, backlog.running, backlog.failed) == (1, 0, 0)
    assert backlog.lag >= timedelta(minutes=5)
