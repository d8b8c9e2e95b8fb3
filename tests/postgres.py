"""A PostgreSQL of the tests' own: a throw-away cluster from Debian's packages, or one that runs.

    python -m tests.postgres COMMAND ...    run a command with DATABASE_URL set to a fresh cluster

The cluster lives in a temporary folder, listens on a free port of this machine alone, and ends with
whoever started it, whatever happens. PostgreSQL refuses to run as root: then it runs as `postgres`.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""For tests, which lose nothing when the machine does. Benchmarks keep PostgreSQL's own values."""


def programs() -> Path | None:
    """The folder of the newest PostgreSQL that is installed."""
    versions = sorted(
        Path("/usr/lib/postgresql").glob("[0-9]*/bin"), key=lambda path: int(path.parts[4])
    )
    installed = [folder for folder in versions if (folder / "initdb").exists()]
    if installed:
        return installed[-1]
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


def running_server() -> str:
    """The server that the environment names; "" when it names none."""
    named = os.environ.get("TEST_POSTGRESQL") or os.environ.get("DATABASE_URL", "")
    return named if named.startswith("postgres") else ""


def is_there() -> bool:
    """Whether a server is named, or can be started."""
    return bool(running_server() or programs())


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
        try:
            yield urlunsplit(urlsplit(server_url)._replace(path=f"/{name}"))
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def cluster(*, safe: bool = False) -> Iterator[str]:
    """A running cluster, without a password; `safe` as for real data, else as fast as can be."""
    folder = Path(tempfile.mkdtemp(prefix="sightline-postgresql-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        make_cluster(folder / "data")
        port = free_port()
        process = start(folder, port, {} if safe else FAST)
        try:
            yield f"postgresql://tests@127.0.0.1:{port}/postgres"
        finally:
            process.send_signal(signal.SIGINT)  # ends sessions, then itself
            process.wait(timeout=30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make_cluster(data: Path) -> None:
    """The files of a new cluster."""
    words = ["-A", "trust", "-U", "tests", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
    command = as_owner("initdb", "-D", str(data), *words)
    done = subprocess.run(command, capture_output=True, text=True, cwd="/")
    if done.returncode:
        raise RuntimeError(f"initdb failed:\n{done.stdout}{done.stderr}")


def start(folder: Path, port: int, options: dict[str, str]) -> subprocess.Popen[bytes]:
    """The server, once it answers."""
    options = options | {"listen_addresses": "127.0.0.1", "unix_socket_directories": str(folder)}
    words = [f"-c{name}={value}" for name, value in options.items()]
    with (folder / "log").open("wb") as log:
        command = as_owner("postgres", "-D", str(folder / "data"), f"-p{port}", *words)
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd="/")
    for _ in range(300):
        if process.poll() is not None:
            break
        if answers(port):
            return process
        time.sleep(0.1)
    process.kill()
    raise RuntimeError(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")


def answers(port: int) -> bool:
    """Whether a server takes connections there."""
    try:
        psycopg.connect(f"postgresql://tests@127.0.0.1:{port}/postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def as_owner(program: str, *arguments: str) -> list[str]:
    """The command line; as `postgres` when we are root, and ending when we do, even by a kill."""
    folder = programs()
    assert folder, "PostgreSQL is not installed: sudo apt install postgresql"
    command = [str(folder / program), *arguments]
    if not shutil.which("setpriv"):
        return command
    owner = ["--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    return ["setpriv", "--pdeathsig", "INT", *owner, "--", *command]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def main(command: list[str]) -> int:
    """Run a command beside a cluster; its exit status is ours."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with cluster() as url:
        return subprocess.run(command, env=os.environ | {"DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
