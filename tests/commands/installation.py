"""An installation in a folder of its own, tended by the `sightline` command as a process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.postgres import free_port

ROOT = Path(__file__).parents[2]
OURS = ("SIGHTLINE_", "DATABASE_URL", "DJANGO_", "PYTEST_", "PORT", "HOST", "DEMO", "CI")

BEGIN = """
import django, os
os.environ["DJANGO_SETTINGS_MODULE"] = "sightline.site.settings"
django.setup()
"""


@dataclass
class Installation:
    """A folder, a database, and what is set besides."""

    folder: Path
    url: str = ""
    settings: dict[str, str] = field(default_factory=dict)
    patience_seconds: float = 120

    def environment(self) -> dict[str, str]:
        """The settings of this installation and none of whoever runs the tests."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        kept |= {"SIGHTLINE_VAR": str(self.folder), "SIGHTLINE_LOG_LEVEL": "ERROR"}
        kept |= {"DATABASE_URL": self.url} if self.url else {}
        return kept | self.settings

    def sightline(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return self.python("-m", "sightline.site.command", *words)

    def done(self, *words: str | Path) -> str:
        """What a command prints that must succeed."""
        finished = self.sightline(*words)
        assert finished.returncode == 0, finished.stdout + finished.stderr
        return finished.stdout

    def refused(self, *words: str | Path) -> str:
        """The one sentence of a command that must fail, on the error stream."""
        finished = self.sightline(*words)
        assert finished.returncode == 1, finished.stdout + finished.stderr
        assert "Traceback" not in finished.stderr, finished.stderr
        return finished.stderr.strip()

    def within(self, lines: str) -> str:
        """What some lines of Python print, run inside the installation."""
        finished = self.python("-c", BEGIN + lines)
        assert finished.returncode == 0, finished.stderr
        return finished.stdout.strip()

    def python(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """Run Python in this installation, from the clone."""
        command = [sys.executable, *map(str, words)]
        return subprocess.run(
            command,
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=self.patience_seconds,
        )

    def begin_within(self, lines: str) -> subprocess.Popen[str]:
        """A process that runs some lines of Python inside the installation."""
        return subprocess.Popen(
            [sys.executable, "-c", BEGIN + lines],
            cwd=ROOT,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    @contextmanager
    def server(self, *words: str) -> Iterator[Server]:
        """The server, once it answers; told to stop at the end."""
        port = free_port()
        command = [
            sys.executable,
            "-m",
            "sightline.site.command",
            "serve",
            "--port",
            str(port),
            *words,
        ]
        with (self.folder / "output").open("w") as output:
            process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment(), stdout=output, stderr=output
            )
            server = Server(process, port, self.folder / "output")
            try:
                server.wait()
                yield server
            finally:
                server.stop()


@dataclass
class Server:
    """A server that runs."""

    process: subprocess.Popen[bytes]
    port: int
    output: Path

    def get(self, path: str = "/", **headers: str) -> tuple[int, bytes]:
        """Status and body of an answer; a redirect is not followed."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        opener = urllib.request.build_opener(NoRedirect)
        try:
            with opener.open(request, timeout=30) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()

    def wait(self, seconds: float = 120) -> None:
        """Until it answers."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                self.get("/")
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError(f"the server did not start:\n{self.output.read_text()}")

    def stop(self) -> int:
        """Tell it to stop, and wait until it has."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=40)


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Shows a redirect as it is."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None
