"""The `sightline` command: run, tend, back up and check an installation."""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Sequence

from sightline import __version__
from sightline.site.commands import (
    backup,
    check,
    demo,
    exchange,
    found,
    migrate,
    restore,
    serve,
    verify,
    worker,
)
from sightline.site.environment import stop

COMMANDS = [
    serve.COMMAND,
    worker.COMMAND,
    migrate.COMMAND,
    found.COMMAND,
    demo.COMMAND,
    exchange.COMMAND,
    verify.COMMAND,
    check.COMMAND,
    backup.COMMAND,
    restore.COMMAND,
]

DESCRIPTION = """\
Sightline is performance management on your own machine: where an organisation's strategy and each
person's work meet. This command runs an installation and tends it."""

EPILOG = """\
settings
  All settings are environment variables; docs/settings.md describes each. The ones needed most:

  SIGHTLINE_VAR    the folder of this installation: database, keys, mail not sent (default: var)
  SIGHTLINE_URL    the address that people type; https:// turns on what an encrypted site needs
  SIGHTLINE_HOSTS  the host names that are answered, set apart by commas
  DATABASE_URL     sqlite:///path or postgresql://user:password@host:port/name
  PORT             the port of `sightline serve` (default: 8000)

files
  SIGHTLINE_VAR/sightline.sqlite3   the database, unless DATABASE_URL names another
  SIGHTLINE_VAR/secret-key          signs sessions and links
  SIGHTLINE_VAR/ledger-key          signs the ledger; `sightline backup` keeps a copy of both keys

exit status
  0 when it is done, 1 when something is wrong (a sentence says what), 2 when it was asked wrongly.

examples
  sightline serve --prepare                       start, and make the database when it is new
  sightline found "Ana Ribeiro" ana@example.org   let the first person in
  sightline import people people.csv --dry-run    see what a file would change
  sightline backup /backups/monday.tar            back up while it runs
  sightline verify                                prove that the ledger is whole

`sightline COMMAND --help` tells more about one command."""


def build_parser() -> argparse.ArgumentParser:
    """The whole command line."""
    parser = argparse.ArgumentParser(
        prog="sightline",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"Sightline {__version__}")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        subparser = subparsers.add_parser(
            command.name,
            help=command.summary,
            description=command.description,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.add_arguments(subparser)
        subparser.set_defaults(run=command.run)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; whatever goes wrong outside the product is told in a sentence."""
    options = build_parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.site.settings")
    import django
    from django.db.utils import OperationalError

    try:
        django.setup()
        return int(options.run(options) or 0)
    except KeyboardInterrupt:
        return 130
    except OperationalError as error:
        stop(in_a_sentence(error))
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            stop("the disk is full. Make room, then run this again.")
        stop(f"{error.filename or 'a file'} cannot be used ({error.strerror or error}).")


def in_a_sentence(error: Exception) -> str:
    """What a database's complaint means for whoever runs the command."""
    first_line = str(error).strip().splitlines()[0] if str(error).strip() else "no reason given"
    if "disk is full" in first_line or "No space left" in first_line:
        return "the disk is full. Make room, then run this again."
    return f"the database cannot be used ({first_line}). Is it running, and is DATABASE_URL right?"


if __name__ == "__main__":
    sys.exit(main())
