"""What pages and notices say, in the shape in which tests compare it."""

from __future__ import annotations

from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.foundation.notices.models import Notice


def said_in(page) -> str:
    """The text of an answer, its white space made single."""
    return " ".join(page.content.decode().split())


def told() -> set[tuple[str, str]]:
    """Who was told what by this app, once its jobs ran."""
    run_waiting_jobs()
    kinds = Notice.objects.filter(kind__startswith="conversations.")
    return {(one.account.employee.first_name, one.sentence) for one in kinds}
