"""A PostgreSQL of the tests' own: a throw-away cluster from Debian's packages, or one that runs."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
WORDS = ["-c", "listen_addresses=127.0.0.1", "-c", "max_connections=60"]


def is_there() -> bool:
    """Whether a server is named by DATABASE_URL, or can be started."""
    return running_server() != "" or bool(BINARIES)


def running_server() -> str:
    """The server that DATABASE_URL names; "" when it names none."""
    url = os.environ.get("DATABASE_URL", "")
    return url if url.startswith("postgres") else ""


@contextmanager
def server() -> Iterator[str]:
    """The address of a server: the one that runs, or one started for as long as it is needed."""
    if url := running_server():
        yield url
    else:
        with cluster() as url:
            yield url


@contextmanager
def database(server_url: str) -> Iterator[str]:
    """The address of a fresh database, dropped afterwards."""
    name = f"sightline_{secrets.token_hex(4)}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield urlunsplit(urlsplit(server_url)._replace(path=f"/{name}"))
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def cluster() -> Iterator[str]:
    """A cluster in a temporary folder, on a free port of this machine, without a password."""
    binaries = BINARIES[-1].parent
    folder = Path(tempfile.mkdtemp(prefix="sightline-postgresql-"))
    port = free_port()
    as_owner = owner_of(folder)
    initdb = [binaries / "initdb", "-D", folder / "data", "-A", "trust", "-U", "tests", "-N"]
    subprocess.run([*as_owner, *initdb], check=True, capture_output=True, cwd="/")
    words = [*WORDS, "-c", f"port={port}", "-c", f"unix_socket_directories={folder}"]
    control = [*as_owner, binaries / "pg_ctl", "-D", folder / "data", "-w"]
    log = ["-l", folder / "log", "-o", " ".join(words)]
    subprocess.run([*control, *log, "start"], check=True, stdout=subprocess.DEVNULL, cwd="/")
    try:
        yield f"postgresql://tests@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], stdout=subprocess.DEVNULL, cwd="/")
        shutil.rmtree(folder, ignore_errors=True)


def owner_of(folder: Path) -> list[str]:
    """What to put before a command: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return []
    shutil.chown(folder, "postgres")
    return ["runuser", "-u", "postgres", "--"]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
