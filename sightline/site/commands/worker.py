"""`sightline worker`: do the work in the background, as a process of its own."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sightline.site.commands.base import Command, say


def add_arguments(parser: ArgumentParser) -> None:
    """How much at once."""
    parser.add_argument(
        "--lanes", type=int, default=2, metavar="N", help="jobs run side by side (default: 2)"
    )


def run(options: Namespace) -> int | None:
    """Work until told to stop; a job in hand is finished first."""
    from sightline.foundation.jobs.worker import Worker

    say("Working. Stop with Ctrl+C; the job in hand is finished first.")
    Worker(lanes=options.lanes).run()
    return None


COMMAND = Command(
    name="worker",
    summary="do the work in the background, as a process of its own",
    description=(
        "Runs jobs: mail, imports, the sealing of the ledger, what stands on the timetable.\n"
        "`sightline serve` has a worker inside; use this one beside `serve --no-worker`, as many\n"
        "as you like on PostgreSQL. When one is killed nothing is lost: another takes over its job."
    ),
    run=run,
    add_arguments=add_arguments,
)
