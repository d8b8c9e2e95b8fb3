"""`sightline migrate`: bring the database to this version."""

from __future__ import annotations

from argparse import Namespace

from sightline.site.commands.base import Command, say


def migrations_are_missing() -> bool:
    """Whether the database is older than the program."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def applied() -> list[str]:
    """The migrations that the database has, such as "people.0001_keep_the_organisation"."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    return sorted(".".join(key) for key in MigrationRecorder(connection).applied_migrations())


def known() -> set[str]:
    """The migrations that this program has, and those that one of them replaces."""
    from django.db.migrations.loader import MigrationLoader

    migrations = MigrationLoader(None).disk_migrations
    keys = [*migrations, *(old for one in migrations.values() for old in one.replaces)]
    return {".".join(key) for key in keys}


def migrate() -> None:
    """Apply what is missing, all tables of the shared cache included."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)


def run(options: Namespace) -> int | None:
    """Migrate when there is something to migrate."""
    if not migrations_are_missing():
        say("The database is up to date.")
        return None
    migrate()
    say("The database is now up to date.")
    return None


COMMAND = Command(
    name="migrate",
    summary="make the database, or bring it to this version",
    description=(
        "Makes the tables of a new database, or brings an older one to this version.\n"
        "Back up first (sightline backup FILE). Safe to run twice."
    ),
    run=run,
)
