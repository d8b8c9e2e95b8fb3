"""What the kill tests run in processes of their own: `python -m tests.load.crew COMMAND`."""

from __future__ import annotations

import json
import os
import signal
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.site.settings")
django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from django_tasks import task

from sightline.foundation.jobs import progress, queries, schedule
from sightline.foundation.jobs.worker import Worker

LEASE_SECONDS = 1.0
TABLES = [
    "CREATE TABLE run (name text, pid integer, began double precision, ended double precision)",
    "CREATE TABLE effect (name text PRIMARY KEY, pid integer)",
]


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def logged(name, seconds):
    """Write that a run began, do its effect once, take a while, write that it ended."""
    pid, began = os.getpid(), time.time()
    sql("INSERT INTO run VALUES (%s, %s, %s, NULL)", name, pid, began)
    time.sleep(seconds)
    with transaction.atomic():
        sql("INSERT INTO effect VALUES (%s, %s) ON CONFLICT DO NOTHING", name, pid)
    sql("UPDATE run SET ended = %s WHERE name = %s AND began = %s", time.time(), name, began)


@task
def short(number):
    logged(f"short {number}", 0.03)


@task
def longer_than_its_lease(seconds):
    logged("long", seconds)


@task
def write_longer_than_its_lease(seconds):
    with transaction.atomic():
        logged("long write", seconds)


@task(max_attempts=2)
def kill_its_worker():
    os.killpg(0, signal.SIGKILL)


@task
def report_in_a_transaction():
    with transaction.atomic():
        sql("INSERT INTO effect VALUES ('reported', 0)")
        for done in range(4):
            progress.report(done, 4, "writing")
            time.sleep(0.7)


def prepare():
    call_command("migrate", "jobs", verbosity=0)
    for table in TABLES:
        sql(table)


def enqueue_burden(count):
    kill_its_worker.enqueue()
    longer_than_its_lease.using(priority=1).enqueue(2.5)
    with transaction.atomic():
        for number in range(int(count)):
            short.enqueue(number)


def enqueue_long(seconds):
    longer_than_its_lease.enqueue(float(seconds))


def enqueue_long_write(seconds):
    write_longer_than_its_lease.enqueue(float(seconds))


def work(grace_seconds="20"):
    schedule.SCHEDULES.clear()
    worker = Worker(
        poll_seconds=0.05, lanes=1, lease_seconds=LEASE_SECONDS, grace_seconds=float(grace_seconds)
    )
    worker.run()


def watch():
    """Enqueue a job that reports, and print what a page that polls would see of it."""
    job_id = report_in_a_transaction.enqueue().id
    seen = []
    deadline = time.time() + 15
    while time.time() < deadline:
        found = queries.progress_of(job_id)
        if (found.state, found.done) not in seen:
            seen.append((found.state, found.done))
        if found.is_over:
            break
        time.sleep(0.05)
    print(json.dumps(seen))


def race_ticks():
    """Tick the same schedule as often as the clock allows, for a second and a half."""
    schedule.SCHEDULES.clear()
    schedule.every(seconds=1)(kill_its_worker)
    deadline = time.time() + 2.5
    while time.time() < deadline:
        schedule.Clock().enqueue_due()


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
