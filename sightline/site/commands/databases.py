"""Copying a whole database out and in, while it is in use: SQLite and PostgreSQL."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings

from sightline.site.environment import stop


class Copier(Protocol):
    """How one kind of database is copied."""

    name: str
    file: str

    def copy_out(self, target: Path) -> None:
        """Write a consistent copy of the running database."""

    def copy_in(self, source: Path) -> None:
        """Replace everything in the database by the copy."""


def copier() -> Copier:
    """The one for this installation's database."""
    database = settings.DATABASES["default"]
    return SQLite(database) if database["ENGINE"].endswith("sqlite3") else PostgreSQL(database)


class SQLite:
    """By SQLite's own online backup: readers and writers go on meanwhile."""

    name = "SQLite"
    file = "database.sqlite3"

    def __init__(self, database: dict[str, Any]) -> None:
        self.path = str(database["NAME"])

    def copy_out(self, target: Path) -> None:
        """Write a consistent copy of the running database."""
        copy_sqlite(self.path, str(target))
        with closing(sqlite3.connect(target)) as copy:
            copy.execute("PRAGMA journal_mode=DELETE")

    def copy_in(self, source: Path) -> None:
        """Replace everything in the database by the copy."""
        copy_sqlite(str(source), self.path)


def copy_sqlite(source: str, target: str) -> None:
    """Page by page, all in one step: a writer waits for less than the busy time-out."""
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
        try:
            here.execute("PRAGMA busy_timeout=30000")
            there.execute("PRAGMA busy_timeout=30000")
            here.backup(there)
        except sqlite3.Error as error:
            stop(f"SQLite could not copy {source}: {error}.")


DROP_ALL_TABLES = """
DO $$ DECLARE one record; BEGIN
    FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
        EXECUTE format('DROP TABLE %I CASCADE', one.tablename);
    END LOOP;
END $$
"""
"""A newer version's tables too, which the backup of an older one does not name. The schema itself
stays: before PostgreSQL 15 it does not belong to the owner of the database."""


class PostgreSQL:
    """By pg_dump, pg_restore and psql, which must be as new as the server."""

    name = "PostgreSQL"
    file = "database.dump"

    def __init__(self, database: dict[str, Any]) -> None:
        options = {**database["OPTIONS"], "dbname": database["NAME"]}
        for name in ("user", "password", "host", "port"):
            options[name] = database[name.upper()] or options.get(name, "")
        self.environment = os.environ | in_environment(options)

    def copy_out(self, target: Path) -> None:
        """Write a consistent copy of the running database."""
        self.call("pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--file={target}")

    def copy_in(self, source: Path) -> None:
        """Replace everything in the database by the copy, all of it or nothing."""
        script = source.with_suffix(".sql")
        as_ours = ["--clean", "--if-exists", "--no-owner", "--no-acl"]
        self.call("pg_restore", *as_ours, f"--file={script}", str(source))
        self.call(
            "psql",
            "--no-psqlrc",
            "--quiet",
            "--set=ON_ERROR_STOP=1",
            "--single-transaction",
            f"--command={DROP_ALL_TABLES}",
            f"--file={script}",
        )

    def call(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's own programs; its complaint becomes ours."""
        command = [find_program(program), *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True)  # noqa: S603  # our own command
        if done.returncode:
            stop(f"{program} failed: {done.stderr.strip() or 'it gave no reason'}")


def in_environment(options: dict[str, str]) -> dict[str, str]:
    """Options of a connection by the names under which PostgreSQL's own programs look for them.

    Thus no password stands in the list of processes.
    """
    from psycopg.pq import Conninfo  # only where there is PostgreSQL

    names = {one.keyword.decode(): one.envvar for one in Conninfo.get_defaults()}
    return {
        known.decode(): str(value)
        for name, value in options.items()
        if value and (known := names.get(name))
    }


def find_program(program: str) -> str:
    """The newest of PostgreSQL's programs by this name that Debian installed, or what PATH has."""
    installed = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{program}"),
        key=lambda path: int(path.parts[4]) if path.parts[4].isdecimal() else 0,
    )
    found = str(installed[-1]) if installed else shutil.which(program)
    return found or stop(f"{program} is missing. Install it: sudo apt install postgresql-client")
