"""How fast many processes record events at once, and that none is lost, doubled or reordered.

`measure` starts the writers, and two sequencers that race, on the database that the environment
names, lets them write for some seconds, and then reads the log back.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sightline.foundation.ledger import reading
from sightline.foundation.ledger.events import Event, House
from sightline.foundation.ledger.models import Leaf, Waiting
from sightline.foundation.ledger.record import record
from sightline.foundation.ledger.sequence import sequence
from sightline.foundation.ledger.verify import verify

SUBJECTS = 500
PROGRAM = "import django; django.setup(); from sightline.foundation.ledger import bench; "


@dataclass(frozen=True, slots=True)
class NoteWritten(Event):
    """What the writers record."""

    writer: int
    number: int
    note: str = "Agreed to show the draft to the customer before the end of the month."

    @property
    def subject(self) -> str:
        return f"employee:{(self.writer * 7919 + self.number) % SUBJECTS}"

    def sentence(self) -> str:
        return f"wrote note {self.number}"


@dataclass(frozen=True, slots=True)
class Measured:
    """What the writers did and what was found of it."""

    written: int
    seconds: float
    slowest_ms: float
    failed: int
    found: dict[int, list[int]]
    broken: str
    expected: dict[int, int]

    @property
    def per_second(self) -> float:
        """Events recorded a second, by all writers together."""
        return self.written / self.seconds


def measure(*, writers: int, seconds: float, environment: Mapping[str, str]) -> Measured:
    """Let processes write for some seconds; what they wrote, and what the log holds after."""
    crew = [started(f"bench.write({n}, {seconds})", environment) for n in range(writers)]
    sequencers = [started("bench.sequence_until_told()", environment) for _ in range(2)]
    for process in [*crew, *sequencers]:
        said(process)  # ready
    for process in crew:
        tell(process, "go")
    results = [said(process) for process in crew]
    for sequencer in sequencers:
        tell(sequencer, "stop")
    for sequencer in sequencers:
        said(sequencer)
    checker = started("bench.check()", environment)
    checked = said(checker)
    for process in [*crew, *sequencers, checker]:
        process.communicate(timeout=30)
    return Measured(
        written=sum(result["written"] for result in results),
        seconds=max(result["seconds"] for result in results),
        slowest_ms=max(result["slowest_ms"] for result in results),
        failed=sum(result["failed"] for result in results),
        found={int(writer): numbers for writer, numbers in checked["found"].items()},
        broken=checked["broken"],
        expected={result["writer"]: result["written"] for result in results},
    )


def started(call: str, environment: Mapping[str, str]) -> subprocess.Popen[str]:
    """A process of the product that runs one function of this module."""
    settings = {"DJANGO_SETTINGS_MODULE": "sightline.site.settings"}
    return subprocess.Popen(  # noqa: S603 - our own program with our own arguments
        [sys.executable, "-c", PROGRAM + call],
        env={**os.environ, **settings, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def said(process: subprocess.Popen[str]) -> dict[str, Any]:
    """The next line that a process says."""
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        raise RuntimeError(f"A process of the benchmark ended with {process.wait()}.")
    answer: dict[str, Any] = json.loads(line)
    return answer


def tell(process: subprocess.Popen[str], word: str) -> None:
    """Say a line to a process."""
    if process.stdin:
        process.stdin.write(word + "\n")
        process.stdin.flush()


def say(**words: Any) -> None:
    """Say a line to the process that started this one."""
    print(json.dumps(words), flush=True)


# ── What the processes do ─────────────────────────────────────────────────────────────────────


def write(writer: int, seconds: float) -> None:
    """Record events one by one, each in a transaction of its own."""
    house = House(f"account:{writer}")
    say(ready=True)
    sys.stdin.readline()
    written, failed, slowest = 0, 0, 0.0
    start = time.perf_counter()
    while (began := time.perf_counter()) < start + seconds:
        try:
            record(NoteWritten(writer, written), by=house)
            written += 1
        except Exception as error:
            failed += 1
            print(f"writer {writer}: {error}", file=sys.stderr)
        slowest = max(slowest, time.perf_counter() - began)
    say(
        writer=writer,
        written=written,
        failed=failed,
        seconds=time.perf_counter() - start,
        slowest_ms=slowest * 1000,
    )


def sequence_until_told() -> None:
    """Put records into the log every half second while the writers write, then all that is left."""
    say(ready=True)
    while not select.select([sys.stdin], [], [], 0.5)[0]:
        sequence()
    while Waiting.objects.exists():
        sequence()
    say(done=True)


def check() -> None:
    """Say which numbers of each writer stand in the log, in its order, and whether it verifies."""
    found: dict[int, list[int]] = {}
    leaves = Leaf.objects.select_related("record__payload__key").order_by("position")
    for leaf in leaves.iterator(chunk_size=1000):
        if opened := reading.opened(leaf.record):
            event = opened.said["event"]
            found.setdefault(event["writer"], []).append(event["number"])
    say(found=found, broken=verify().broken)
