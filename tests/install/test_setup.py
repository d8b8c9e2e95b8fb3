"""bin/setup on machines that lack something: it says what, in one sentence, and what to do."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = ("sh", "dirname", "id", "df", "awk", "tail", "cat", "cmp", "rm", "cp", "mkdir", "ls")


@pytest.fixture
def clone(tmp_path):
    """A clone in which nothing was set up, and a PATH on which only the plainest tools are."""
    folder = tmp_path / "clone"
    (folder / "bin").mkdir(parents=True)
    for name in ("bin/setup", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(ROOT / name, folder / name)
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in TOOLS:
        (tools / tool).symlink_to(shutil.which(tool))
    return folder


def set_up(clone, *words, **settings):
    """Run bin/setup with no other setting than these."""
    environment = {"PATH": str(clone.parent / "tools"), "HOME": str(clone.parent)} | settings
    return subprocess.run(
        [clone / "bin" / "setup", *words],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def put_tool(clone, name, script):
    """A program on the PATH of the clone."""
    program = clone.parent / "tools" / name
    program.unlink(missing_ok=True)
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


def put_python(clone):
    """The Python of these tests, on the PATH of the clone."""
    import sys

    python = Path(sys.base_prefix) / "bin" / "python3"
    (clone.parent / "tools" / "python3").symlink_to(python)


def last_line(done):
    """The last thing that was said."""
    return done.stderr.strip().splitlines()[-1]


def test_a_python_that_is_too_old_is_told(clone):
    put_tool(clone, "python3", "case $1 in -V) echo Python 3.9.2;; *) exit 1;; esac")
    done = set_up(clone)
    assert done.returncode == 1
    assert last_line(done).startswith(
        "sightline: Python 3.11 or newer is needed, but here is Python 3.9.2."
    )


def test_no_python_at_all_is_told(clone):
    done = set_up(clone)
    assert done.returncode == 1
    assert "but here is no Python" in last_line(done)


def test_a_newer_python_beside_an_old_one_is_found(clone):
    put_tool(clone, "python3", "case $1 in -V) echo Python 3.9.2;; *) exit 1;; esac")
    put_tool(clone, "python3.12", "case $1 in -V) echo Python 3.12.1;; esac; exit 0")
    assert "with Python 3.12.1" in set_up(clone).stdout


def test_a_missing_venv_module_is_told_to_whoever_may_not_install_it(clone):
    put_tool(
        clone,
        "python3",
        """
        case "$*" in
        -V) echo Python 3.11.2 ;;
        *ensurepip*) exit 1 ;;
        *python%d*) echo python3.11-venv ;;
        esac
        """,
    )
    put_tool(clone, "id", "echo 1000")
    done = set_up(clone)
    assert done.returncode == 1
    assert "sudo apt install python3.11-venv" in last_line(done)


def test_a_full_disk_is_told_before_anything_is_downloaded(clone):
    put_python(clone)
    put_tool(clone, "df", "echo Filesystem; echo tmpfs 100000 60000 40960 60% /")
    done = set_up(clone)
    assert done.returncode == 1
    assert "the disk is full: 40 MB are free here and 500 MB are needed" in last_line(done)
    assert not (clone / ".venv").exists()


def test_a_disk_that_fills_up_on_the_way_is_told(clone):
    put_tool(
        clone,
        "python3",
        """
        case "$*" in
        -V) echo Python 3.11.2 ;;
        "-m venv .venv") echo "OSError: [Errno 28] No space left on device" >&2; exit 1 ;;
        esac
        """,
    )
    done = set_up(clone)
    assert done.returncode == 1
    assert last_line(done).startswith("sightline: the disk is full. Make room")


def test_a_download_that_fails_is_told(clone):
    put_python(clone)
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:1/simple", "PIP_RETRIES": "0"}
    done = set_up(clone, PIP_CONFIG_FILE=os.devnull, **nowhere)
    assert done.returncode == 1
    assert "a package could not be downloaded. Check the network" in last_line(done)


def test_missing_test_programs_are_a_failure_where_all_must_be_tested(clone):
    make_finished(clone)
    put_tool(clone, "id", "echo 1000")
    done = set_up(clone, "--dev", CI="true")
    assert done.returncode == 1
    assert "the tests need what is not installed: chromium" in last_line(done)


def test_missing_test_programs_are_only_told_at_a_desk(clone):
    make_finished(clone)
    put_tool(clone, "id", "echo 1000")
    done = set_up(clone, "--dev")
    assert done.returncode == 0
    assert "so its tests will be skipped: chromium" in done.stdout


def make_finished(clone):
    """As if the set-up had been run before."""
    put_tool(clone, "python3", "exit 0")
    (clone / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(clone.parent / "tools" / "python3", clone / ".venv" / "bin" / "python")
    (clone / ".venv" / "installed").mkdir()
    for name in ("requirements.lock", "requirements-dev.lock"):
        shutil.copy(clone / name, clone / ".venv" / "installed" / name)


def test_a_second_run_does_nothing_and_takes_no_time(clone):
    make_finished(clone)
    started = time.monotonic()
    done = set_up(clone)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert time.monotonic() - started < 1
