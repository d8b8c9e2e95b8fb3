"""Tasks for the tests."""

from django_tasks import task

from sightline.foundation.core.dates import now
from sightline.foundation.jobs import progress
from sightline.foundation.jobs.models import Job

ran: list = []


@task
def note(word):
    ran.append(word)


@task
def chain(count):
    ran.append(count)
    if count:
        chain.enqueue(count - 1)


@task(max_attempts=2)
def stumble():
    raise ValueError("it stumbled")


@task
def leave():
    raise SystemExit(3)


@task(unique=True)
def tidy(room):
    ran.append(room)


@task(takes_context=True)
def tell(context, word):
    ran.append((context.task_result.id, context.attempt, word))


@task
def count_to(number):
    for done in range(number + 1):
        progress.report(done, number, f"{done} of {number} rows")
        ran.append(Job.objects.get(state="running").progress_done)


@task
def late():
    ran.append(now())
