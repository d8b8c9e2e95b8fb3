import ast
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from sightline.foundation.core.dates import now
from sightline.foundation.identity.models import Account
from sightline.foundation.jobs.models import Job, short_name
from sightline.foundation.ledger.models import Record
from sightline.people.models import Employee, Role, RoleGrant
from sightline.site.tasks import TITLES, title

SIGHTLINE = Path(__file__).parents[2]

PAGE = "/operations/"


def person(name, role=None):
    """Somebody with an account, and a role when one is named."""
    email = f"{name.lower()}@example.org"
    account = Account.objects.create_user(email, name=name)
    employee = Employee.objects.create(account=account, name=name, email=email, number=name)
    if role:
        RoleGrant.objects.create(employee=employee, role=role, from_on="2020-01-01")
    return account


@pytest.fixture
def operator(client, db):
    """The pages, as a system administrator sees them."""
    client.force_login(person("Olga", Role.SYSTEM_ADMINISTRATOR))
    return client


def failed(count=1, **fields):
    """Jobs that were given up by the worker."""
    moment = now()
    jobs = [
        Job.objects.create(
            task="sightline.foundation.notices.jobs.send_letter",
            args=[number],
            state="failed",
            attempts=5,
            enqueued_at=moment,
            run_after=moment,
            finished_at=moment,
            error="Traceback\nConnectionRefusedError: the mail server is away",
            **fields,
        )
        for number in range(count)
    ]
    return jobs[0] if count == 1 else jobs


def text(answer):
    return answer.content.decode()


def test_only_system_administrators_see_operations(client, db):
    job = failed()
    assert client.get(PAGE).status_code == 302
    client.force_login(person("Harriet", Role.HR_ADMINISTRATOR))
    discard = reverse("operations_discard", args=[job.pk])
    answer = client.get(PAGE)
    assert answer.status_code == 403
    assert "System administrators look after" in text(answer)
    assert client.get(discard).status_code == 403
    assert client.post(discard, {"reason": "because"}).status_code == 403
    assert client.post(reverse("operations_retry", args=[job.pk])).status_code == 403
    assert client.post(reverse("operations_retry_all")).status_code == 403
    assert Job.objects.get().state == "failed"


def test_the_timetable_names_every_schedule(operator):
    page = text(operator.get(PAGE))
    assert "jobs.clear_finished_jobs" in page
    assert "every 15 minutes" in page
    assert "not yet" in page
    assert "Nothing has failed" in page


def test_a_failure_shows_its_error_and_never_its_arguments(operator):
    failed(kwargs={"email": "private@example.org"})
    page = text(operator.get(PAGE))
    assert "notices.send_letter" in page
    assert "the mail server is away" in page
    assert "private@example.org" not in page


def test_a_backlog_that_nobody_works_on_is_told(operator):
    moment = now() - timedelta(minutes=7)
    Job.objects.create(task="a.b", enqueued_at=moment, run_after=moment)
    assert "has been waiting for 7 minutes" in text(operator.get(PAGE))


def test_a_failed_job_is_retried_and_it_is_recorded_who_did_it(operator):
    job = failed()
    answer = operator.post(reverse("operations_retry", args=[job.pk]), follow=True)
    assert "waits to be run again" in text(answer)
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("waiting", 0)
    entry = Record.objects.get()
    assert (entry.kind, entry.actor) == ("site.JobRetried", Employee.objects.get().ref)


def test_a_second_click_retries_nothing_and_says_so(operator):
    job = failed()
    for _click in range(2):
        answer = operator.post(reverse("operations_retry", args=[job.pk]), follow=True)
    assert "no longer among the failures" in text(answer)
    assert Record.objects.count() == 1


def test_all_failed_jobs_are_retried_at_once(operator):
    failed(3)
    operator.post(reverse("operations_retry_all"))
    assert not Job.objects.filter(state="failed").exists()
    assert Record.objects.get().kind == "site.AllJobsRetried"
    operator.post(reverse("operations_retry_all"))
    assert Record.objects.count() == 1


def test_a_job_is_given_up_only_with_a_reason(operator):
    job = failed()
    where = reverse("operations_discard", args=[job.pk])
    assert operator.get(where).status_code == 200
    assert operator.post(where, {"reason": "   "}).status_code == 422
    assert operator.post(where, {"reason": "The address is dead."}).status_code == 302
    job.refresh_from_db()
    assert job.state == "discarded"
    assert Record.objects.get().kind == "site.JobDiscarded"
    assert "no longer among" in text(operator.post(where, {"reason": "Again."}, follow=True))
    assert "no longer among" in text(operator.get(where, follow=True))


@pytest.mark.parametrize("number", [0, 10**30])
def test_a_job_that_does_not_exist_is_not_found(operator, number):
    assert operator.post(f"{PAGE}failures/{number}/retry/").status_code == 404


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40])
def test_a_mark_that_makes_no_sense_is_the_first_page(operator, before):
    failed()
    assert "notices.send_letter" in text(operator.get(PAGE, {"before": before}))


def test_many_failures_come_in_pages(operator):
    jobs = failed(31)
    first = operator.get(PAGE)
    assert "Show more" in text(first)
    second = operator.get(PAGE, {"before": first.context["next_before"]})
    assert second.context["failures"] == [jobs[0]]


def test_the_page_asks_as_many_questions_for_twenty_failures_as_for_two(
    operator, django_assert_max_num_queries
):
    failed(2)
    operator.get(PAGE)
    with django_assert_max_num_queries(12) as few:
        operator.get(PAGE)
    failed(18)
    with django_assert_max_num_queries(len(few)):
        operator.get(PAGE)


def test_every_task_of_the_product_has_words():
    ours = {short_name(task) for task in tasks_of_the_product()}
    assert ours
    assert ours - set(TITLES) == set()
    assert set(TITLES) - ours == set(), "words for a task that is no more"


def tasks_of_the_product():
    """The path of every task that is declared outside tests."""
    for path in sorted(SIGHTLINE.rglob("*.py")):
        if "tests" in path.parts or "bench" in path.name:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and any(map(is_task, node.decorator_list)):
                yield ".".join([*path.relative_to(SIGHTLINE).with_suffix("").parts, node.name])


def is_task(decorator):
    """Whether it is @task, with or without arguments."""
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(called, ast.Name) and called.id == "task"


def test_a_task_that_is_no_more_is_called_by_its_name():
    assert title("goals.dream") == "goals.dream"


def test_tasks_are_named_in_words(operator):
    failed()
    page = operator.get(PAGE).content.decode()
    assert "Send a letter" in page
    assert "Put new records into the signed log" in page
