"""`sightline check`: is this installation fit for use?"""

from __future__ import annotations

import os
import shutil
import smtplib
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sightline.foundation.core.dates import now
from sightline.site.commands import migrate
from sightline.site.commands.backup import keys
from sightline.site.commands.base import Command, say

GOOD, NOTICE, WRONG = "good", "note", "wrong"
LOW_DISK_MB = 1024
CLOCK_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found in one place."""

    grade: str
    sentence: str


def run(options: Namespace) -> int | None:
    """Look everywhere, tell all, and answer 1 when something is wrong."""
    findings = [finding for look in LOOKS for finding in look()]
    for finding in findings:
        say(f"{finding.grade:>5}  {finding.sentence}")
    wrong = sum(finding.grade == WRONG for finding in findings)
    say(f"\n{wrong} wrong." if wrong else "\nNothing is wrong.")
    return 1 if wrong else 0


def look_at_settings() -> Iterator[Finding]:
    """Whether they are those of a place that holds real people."""
    from django.conf import settings
    from django.core import checks

    if settings.DEBUG:
        yield Finding(WRONG, "SIGHTLINE_DEBUG is on: strangers could read the program's insides.")
    if settings.DEMO:
        yield Finding(NOTICE, "This is a demo: everybody can sign in as anybody.")
    if "*" in settings.ALLOWED_HOSTS:
        yield Finding(WRONG, "SIGHTLINE_HOSTS answers every name. List the names people use.")
    if not settings.BEHIND_TLS:
        yield Finding(
            NOTICE, "SIGHTLINE_URL is not https://: right for one machine, wrong beyond it."
        )
    for message in checks.run_checks(include_deployment_checks=settings.BEHIND_TLS):
        if not message.is_silenced():
            grade = WRONG if message.level >= checks.ERROR else NOTICE
            yield Finding(grade, f"{message.msg} ({message.id})")
    yield Finding(GOOD, f"People reach this installation at {settings.PUBLIC_URL}.")


def look_at_database() -> Iterator[Finding]:
    """Whether it answers and is of this version, and whether its clock agrees with ours."""
    from django.db import DatabaseError, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT CURRENT_TIMESTAMP")
            told = cursor.fetchone()[0]
    except DatabaseError as error:
        yield Finding(WRONG, f"The database does not answer: {str(error).strip()}")
        return
    yield Finding(GOOD, f"The database answers ({connection.display_name}).")
    if migrate.migrations_are_missing():
        yield Finding(WRONG, "The database is older than the program. Run `sightline migrate`.")
    told = told if isinstance(told, datetime) else datetime.fromisoformat(told).replace(tzinfo=UTC)
    apart = abs((now() - told).total_seconds())
    if apart > CLOCK_SECONDS:
        yield Finding(WRONG, f"The database's clock is {apart:.0f} seconds from this machine's.")
    else:
        yield Finding(GOOD, "The clocks agree.")


def look_at_keys() -> Iterator[Finding]:
    """Whether the keys can be read, by us and by nobody else."""
    for path in keys().values():
        if not path.exists():
            yield Finding(
                NOTICE, f"{path} is not there: it comes from the environment, or is not made yet."
            )
        elif not os.access(path, os.R_OK):
            yield Finding(WRONG, f"{path} cannot be read by this user.")
        elif path.stat().st_mode & 0o077:
            yield Finding(WRONG, f"{path} can be read by other users: chmod 600 {path}")
        else:
            yield Finding(GOOD, f"{path} can be read by this user alone.")


def look_at_disk() -> Iterator[Finding]:
    """Whether there is room, and the right to use it."""
    from django.conf import settings

    free_mb = shutil.disk_usage(settings.VAR_DIR).free // 2**20
    grade = GOOD if free_mb >= LOW_DISK_MB else WRONG
    yield Finding(grade, f"{free_mb} MB are free where {settings.VAR_DIR} is.")
    if not os.access(settings.VAR_DIR, os.W_OK):
        yield Finding(WRONG, f"{settings.VAR_DIR} cannot be written to by this user.")


def look_at_mail() -> Iterator[Finding]:
    """Whether the mail server takes us."""
    from django.conf import settings
    from django.core.mail import get_connection

    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        yield Finding(
            NOTICE, "Mail is not sent but kept (SIGHTLINE_MAIL): nobody can reset a password."
        )
        return
    try:
        connection = get_connection()
        connection.open()
        connection.close()
    except (OSError, smtplib.SMTPException) as error:
        yield Finding(WRONG, f"The mail server does not take us: {error}")
    else:
        yield Finding(GOOD, "The mail server answers.")


def look_at_worker() -> Iterator[Finding]:
    """Whether somebody does the work in the background."""
    from django.db import DatabaseError

    from sightline.foundation.jobs.models import Job, Tick

    try:
        last = Tick.objects.order_by("-at").values_list("at", flat=True).first()
        failed = Job.objects.filter(state=Job.State.FAILED).count()
    except DatabaseError:
        return
    silent = (now() - last).total_seconds() if last else None
    if silent is None or silent > 600:
        since = f"since {last:%Y-%m-%d %H:%M} UTC" if last else "yet"
        yield Finding(
            WRONG, f"No worker has worked {since}. Start one: sightline serve, or worker."
        )
    else:
        yield Finding(GOOD, "A worker is at work.")
    if failed:
        yield Finding(NOTICE, f"{failed} jobs have failed; the page of jobs tells why.")


LOOKS: list[Callable[[], Iterator[Finding]]] = [
    look_at_settings,
    look_at_database,
    look_at_keys,
    look_at_disk,
    look_at_mail,
    look_at_worker,
]

COMMAND = Command(
    name="check",
    summary="is this installation fit for use?",
    description=(
        "Looks at the settings, the database, the keys, the disk, the mail server, the worker and\n"
        "the clock, and tells what it finds. Exit status 1 when something is wrong."
    ),
    run=run,
)
