"""What the power cut test runs in processes of its own."""

from __future__ import annotations

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.site.settings")
django.setup()

from django.core.management import call_command

from sightline.foundation.exchange.models import Import
from sightline.foundation.exchange.tables import write_csv
from sightline.foundation.identity.models import Account
from sightline.foundation.jobs import progress
from sightline.foundation.jobs.worker import Worker
from sightline.people.exchange import steps
from sightline.people.tests import importing

LEASE_SECONDS = 1.0
UNITS = 200


def prepare():
    """A house with its small company, and a file of many units that only waits to be imported."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    by = importing.found()
    importing.settle(by)
    rows = [[f"T{i:04}", f"Team {i}", "ACME"] for i in range(UNITS)]
    data = write_csv(["code", "name", "parent"], rows)
    imported = importing.bring(by, "units", data, name="many.csv")
    assert imported.state == Import.State.DRY_RUN
    steps.ask_import(by=by, imported=imported)


def work_until(sentence):
    """Work, and stop dead in the step of this name: someone outside pulls the plug."""
    usual = progress.Reporter.note

    def note(reporter, step):
        usual(reporter, step)
        if step.sentence == sentence:
            print("in the midst", flush=True)
            sys.stdin.read()

    progress.Reporter.note = note
    Worker(lanes=1, poll_seconds=0.1, lease_seconds=LEASE_SECONDS).run()


def work():
    """Work until nothing waits."""
    Worker(lanes=1, poll_seconds=0.1, lease_seconds=LEASE_SECONDS).run_until_idle()


def undo():
    """Ask for the undo of the last import."""
    by = importing.seen(Account.objects.get(email="hr@example.org"))
    imported = Import.objects.filter(state=Import.State.IMPORTED).latest("done_at")
    steps.ask_undo(by=by, imported=imported)


if __name__ == "__main__":
    {"prepare": prepare, "work_until": work_until, "work": work, "undo": undo}[sys.argv[1]](
        *sys.argv[2:]
    )
