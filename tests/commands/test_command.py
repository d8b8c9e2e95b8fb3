"""The `sightline` command as whoever tends an installation meets it."""

from __future__ import annotations

import os
import socket
import subprocess

import pytest

import sightline
from sightline.site.command import COMMANDS, build_parser


def test_its_help_is_a_manual_page(empty):
    said = empty.done("--help")
    for heading in ("commands:", "settings", "files", "exit status", "examples"):
        assert heading in said
    for command in COMMANDS:
        assert f"    {command.name}" in said


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_every_command_says_what_it_does(command, capsys):
    with pytest.raises(SystemExit) as ended:
        build_parser().parse_args([command, "--help"])
    assert ended.value.code == 0
    assert len(capsys.readouterr().out.splitlines()) > 5


def test_it_tells_its_version(empty):
    assert empty.done("--version").strip() == f"Sightline {sightline.__version__}"


def test_asking_wrongly_is_status_two(empty):
    assert empty.sightline("fly").returncode == 2


def test_migrating_twice_changes_nothing(installation):
    assert installation.done("migrate") == "The database is up to date.\n"


def test_a_taken_port_is_told_before_any_work_is_done(empty):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = empty.refused("serve", "--prepare", "--port", str(port))
    assert said == (
        f"sightline: port {port} is taken by another program. Choose another: PORT={port + 1}"
    )
    assert not (empty.folder / "sightline.sqlite3").exists()


@pytest.mark.parametrize("port", ["eighty", "-1", "70000"])
def test_a_port_that_is_none_is_refused(empty, port):
    assert "the port must be a number" in empty.refused("serve", f"--port={port}")


def test_serving_an_older_database_asks_for_the_migration(empty):
    said = empty.refused("serve", "--port", "0")
    assert "older than the program" in said
    assert "sightline migrate" in said


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("DATABASE_URL", "mysql://here", "must start with sqlite:// or postgresql://"),
        ("SIGHTLINE_URL", "people.example.org", "must be an address such as"),
        ("SIGHTLINE_TIME_ZONE", "Lisbon", "there is no time zone"),
        ("SIGHTLINE_MAIL", "pigeon", "must be file, console, or smtp://"),
        ("SIGHTLINE_DEBUG", "maybe", "must be yes or no"),
        ("SIGHTLINE_LOG_LEVEL", "verbose", "must be one of DEBUG, INFO"),
        ("PORT", "eighty", "must be a number from 0 to 65535"),
        ("SIGHTLINE_SECRET_KEY", "short", "shorter than 32 characters"),
        ("SIGHTLINE_VAR", "/dev/null/var", "cannot be made"),
    ],
)
def test_a_bad_setting_stops_the_start_with_a_sentence(empty, name, value, sentence):
    empty.settings[name] = value
    said = empty.refused("migrate")
    assert name in said
    assert sentence in said


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgresql://sightline:pass/word@localhost/sightline"),
        ("DATABASE_URL", "postgresql://localhost:99999/sightline"),
        ("SIGHTLINE_URL", "http://[::1"),
        ("SIGHTLINE_MAIL", "smtp://letters:pass/word@mail.example.org"),
    ],
)
def test_an_address_that_cannot_be_read_is_told_without_what_may_be_a_password(empty, name, value):
    empty.settings[name] = value
    said = empty.refused("migrate")
    assert said.startswith(f"sightline: {name}: its host or port cannot be read.")
    assert "pass" not in said.replace("password", "")


def test_a_log_level_may_be_written_small(empty):
    empty.settings["SIGHTLINE_LOG_LEVEL"] = "info"
    assert empty.sightline("migrate").returncode == 0


def test_a_database_that_is_away_is_told_in_a_sentence(empty):
    empty.url = "postgresql://nobody@127.0.0.1:1/nothing"
    said = empty.refused("migrate")
    assert said.startswith("sightline: the database cannot be used")
    assert len(said.splitlines()) == 1


@pytest.fixture
def full_disk(tmp_path):
    """A disk of 256 kB, where this machine lets us make one."""
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", folder]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("making a small disk takes root")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_is_told_in_a_sentence(empty, full_disk):
    empty.folder = full_disk
    assert empty.refused("migrate") == (
        "sightline: the disk is full. Make room, then run this again."
    )
