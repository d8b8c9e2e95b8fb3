"""Workers are killed in the middle of their work; nothing is lost, nothing is done twice."""

from __future__ import annotations

import json
import signal
import time
from dataclasses import dataclass, field

import pytest

pytestmark = pytest.mark.load

BURDEN = 300
LEASE_SECONDS = 1.0  # as tests/load/crew.py has it
BETWEEN_KILLS = 50
PATIENCE_SECONDS = 120
TAKEN_OVER_WITHIN = LEASE_SECONDS + 2 + 12  # lease, doubt, a lane with a long job, a busy machine


@dataclass
class Aftermath:
    """What is left in the database after the night of the kills."""

    jobs: dict = field(default_factory=dict)
    runs: list = field(default_factory=list)
    effects: set = field(default_factory=set)
    killed: dict = field(default_factory=dict)
    seconds: float = 0

    def reruns(self):
        """Each run of a job with the run before it."""
        before = {}
        for run in sorted(self.runs, key=lambda run: run[2]):
            if run[0] in before:
                yield before[run[0]], run
            before[run[0]] = run


@pytest.fixture(scope="module")
def aftermath(house):
    """Two workers at a backlog; one is killed again and again, a new one takes its place."""
    house.run("enqueue_burden", BURDEN)
    after = Aftermath()
    started = time.time()
    workers = [house.start("work"), house.start("work")]
    next_kill = BETWEEN_KILLS
    while open_jobs(house):
        assert time.time() - started < PATIENCE_SECONDS
        done = house.rows("SELECT count(*) FROM effect")[0][0]
        victims = [worker for worker in workers if holds_the_long_job(house, worker, after)]
        if not victims and done >= next_kill:
            victims = workers[:1]
            next_kill = done + BETWEEN_KILLS
        for victim in victims:
            house.kill(victim)
            after.killed[victim.pid] = time.time()
        for place, worker in enumerate(workers):
            if worker.poll() is not None:
                after.killed.setdefault(worker.pid, time.time())
                workers[place] = house.start("work")
        workers.reverse()
        time.sleep(0.1)
    after.seconds = time.time() - started
    for worker in workers:
        house.kill(worker)
    gather(house, after)
    return after


def holds_the_long_job(house, worker, after):
    """Whether this worker is the first to be at the long job: it is killed in the middle of it."""
    runs = house.rows("SELECT pid, ended FROM run WHERE name = 'long'")
    return runs == [(worker.pid, None)] and worker.pid not in after.killed


def gather(house, after):
    """What stands in the database when all is over."""
    after.runs = house.rows("SELECT name, pid, began, ended FROM run")
    after.effects = {name for (name,) in house.rows("SELECT name FROM effect")}
    for task, *rest in house.rows(
        "SELECT task, state, attempts, max_attempts, error FROM jobs_job"
    ):
        after.jobs.setdefault(task.rpartition(".")[2], []).append(rest)


def test_workers_were_killed_in_the_middle(aftermath):
    assert len(aftermath.killed) >= 4
    assert ("long", None) in {(name, ended) for name, _pid, _began, ended in aftermath.runs}


def test_no_job_is_lost(aftermath):
    assert {state for state, *_ in aftermath.jobs["short"]} == {"done"}
    wanted = {f"short {number}" for number in range(BURDEN)} | {"long"}
    assert aftermath.effects == wanted


def test_only_what_was_in_hand_at_a_kill_is_run_again(aftermath):
    for first, _second in aftermath.reruns():
        assert first[1] in aftermath.killed
    assert len(list(aftermath.reruns())) <= len(aftermath.killed)


def test_a_job_is_never_run_by_two_workers_at_once(aftermath):
    for first, second in aftermath.reruns():
        over = first[3] or aftermath.killed[first[1]]
        assert second[2] > over - 0.2  # the kill is noted after it happened


def test_what_a_killed_worker_held_is_taken_over_soon_under_a_backlog(aftermath):
    waits = [second[2] - aftermath.killed[first[1]] for first, second in aftermath.reruns()]
    assert waits
    assert max(waits) < TAKEN_OVER_WITHIN


def test_a_job_that_kills_its_worker_ends_among_the_failures(aftermath):
    [(state, attempts, most, error)] = aftermath.jobs["kill_its_worker"]
    assert (state, attempts, most) == ("failed", 2, 2)
    assert "its worker was killed" in error


def test_a_job_longer_than_its_lease_is_run_once(house):
    before = len(house.rows("SELECT 1 FROM run WHERE name = 'long'"))
    house.run("enqueue_long", 3 * LEASE_SECONDS)
    workers = [house.start("work"), house.start("work")]
    wait_until(lambda: not open_jobs(house))
    assert len(house.rows("SELECT 1 FROM run WHERE name = 'long'")) == before + 1
    for worker in workers:
        house.kill(worker)


def test_a_job_that_writes_for_longer_than_its_lease_is_run_once(house):
    """On SQLite nobody can renew meanwhile, and nobody may take that for a dead worker."""
    house.run("enqueue_long_write", 3 * LEASE_SECONDS)
    workers = [house.start("work"), house.start("work")]
    wait_until(lambda: not open_jobs(house))
    assert len(house.rows("SELECT 1 FROM run WHERE name = 'long write'")) == 1
    for worker in workers:
        house.kill(worker)


def test_a_worker_told_to_stop_finishes_its_job_and_ends_well(house):
    house.run("enqueue_long", 1.5)
    worker = house.start("work")
    wait_until(lambda: running_jobs(house))
    worker.send_signal(signal.SIGTERM)
    worker.communicate(timeout=20)
    assert worker.returncode == 0
    assert not open_jobs(house)


def test_a_worker_that_may_not_wait_gives_its_job_back(house):
    house.run("enqueue_long", 20)
    worker = house.start("work", 0.2)
    wait_until(lambda: running_jobs(house))
    worker.send_signal(signal.SIGINT)
    worker.communicate(timeout=20)
    assert worker.returncode == 0
    [(state, attempts)] = house.rows(
        "SELECT state, attempts FROM jobs_job WHERE state IN ('waiting', 'running')"
    )
    assert (state, attempts) == ("waiting", 0)
    house.execute("DELETE FROM jobs_job WHERE state = 'waiting'")


def test_progress_is_seen_while_the_job_writes_in_one_transaction(house):
    worker = house.start("work")
    seen = json.loads(house.run("watch"))
    house.kill(worker)
    during = [done for state, done in seen if state == "running" and done]
    assert during == sorted(during)
    assert len(during) >= 2
    assert seen[-1] == ["done", 3]


def test_processes_that_race_never_double_a_tick(house):
    racers = [house.start("race_ticks") for _ in range(3)]
    for racer in racers:
        racer.communicate(timeout=60)
        assert racer.returncode == 0
    ticks = house.rows("SELECT count(*), count(DISTINCT at), count(job_id) FROM jobs_tick")[0]
    jobs = house.rows("SELECT count(*) FROM jobs_job WHERE key LIKE 'schedule:%'")[0][0]
    assert ticks[0] == ticks[1] >= 2
    assert ticks[2] == jobs == ticks[0] - 1  # a schedule begins with its second tick


def open_jobs(house):
    return house.rows("SELECT 1 FROM jobs_job WHERE state IN ('waiting', 'running')")


def running_jobs(house):
    return house.rows("SELECT 1 FROM jobs_job WHERE state = 'running'")


def wait_until(true, seconds=30):
    deadline = time.time() + seconds
    while not true():
        assert time.time() < deadline
        time.sleep(0.05)
