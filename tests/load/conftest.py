"""Databases of their own for tests that start, kill and race whole processes."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).parents[2]


@dataclass
class House:
    """An installation in a folder: starts processes in it, and looks into its database."""

    folder: Path
    url: str
    module: str = "tests.load.crew"
    processes: list = field(default_factory=list)

    def start(self, *words):
        """A process in a group of its own, so that a kill leaves nothing of it alive."""
        process = subprocess.Popen(
            [sys.executable, "-m", self.module, *map(str, words)],
            cwd=ROOT,
            env=self.environment(),
            start_new_session=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.processes.append(process)
        return process

    def run(self, *words):
        """Run a command to its end, and give what it printed."""
        process = self.start(*words)
        output, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        return output

    def environment(self):
        return os.environ | {
            "DATABASE_URL": self.url,
            "SIGHTLINE_VAR": str(self.folder),
            "SIGHTLINE_LOG_LEVEL": "ERROR",
        }

    def rows(self, query):
        """What a query finds, through a connection of its own."""
        with self.connection() as base:
            return base.execute(query).fetchall()

    def execute(self, statement):
        """Change something in the database."""
        with self.connection() as base:
            base.execute(statement)
            base.commit()

    def connection(self):
        """A connection that closes with its block."""
        if self.url.startswith("sqlite"):
            return closing(sqlite3.connect(self.url.removeprefix("sqlite:///"), timeout=30))
        return closing(psycopg.connect(self.url))

    def kill(self, process):
        """Kill a process group that we started, without a warning."""
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()

    def close(self):
        for process in self.processes:
            if process.poll() is None:
                self.kill(process)
            process.stdout.close()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def house(request, tmp_path_factory):
    """A fresh house on SQLite, and another on PostgreSQL."""
    folder = tmp_path_factory.mktemp("house")
    if request.param == "sqlite":
        url = f"sqlite:///{folder / 'house.sqlite3'}"
    else:
        url = request.getfixturevalue("fresh_postgresql")
    house = House(folder, url)
    house.run("prepare")
    yield house
    house.close()
