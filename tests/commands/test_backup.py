"""A backup taken while people write, restored elsewhere; and what may be wrong with one."""

from __future__ import annotations

import io
import json
import tarfile
import textwrap

import pytest

from tests import postgres
from tests.commands.installation import Installation

RECORDS = textwrap.dedent(
    """
    from dataclasses import dataclass
    from sightline.foundation.identity.models import Account
    from sightline.foundation.ledger.events import Event, House
    from sightline.foundation.ledger.record import record
    from django.db import transaction

    @dataclass(frozen=True, slots=True)
    class Tested(Event):
        number: int

        def sentence(self):
            return f"tested for the {self.number}th time"

    def write(number):
        with transaction.atomic():
            Account.objects.create(email=f"tester{number}@example.org")
            record(Tested(number), by=House())
    """
)
WRITE_SOME = RECORDS + "for number in range(20): write(number)"
WRITE_ON_AND_ON = RECORDS + textwrap.dedent(
    """
    import sys, time
    number = 100
    while True:
        write(number)
        number += 1
        time.sleep(0.005)
        print(number, flush=True)
    """
)
COUNT = textwrap.dedent(
    """
    from sightline.foundation.identity.models import Account
    from sightline.foundation.ledger.models import Record
    print(Account.objects.count(), Record.objects.count())
    """
)


@pytest.fixture(scope="module")
def backup(installation, tmp_path_factory):
    """A backup of an installation in which somebody writes all the time."""
    installation.within(WRITE_SOME)
    file = tmp_path_factory.mktemp("backups") / "monday.tar"
    writer = installation.begin_within(WRITE_ON_AND_ON)
    assert writer.stdout.readline().strip().isdecimal()
    said = installation.done("backup", file)
    for _ in range(3):
        assert writer.stdout.readline().strip().isdecimal()
    writer.kill()
    writer.communicate()
    assert "Backed up" in said
    return file


@pytest.fixture
def elsewhere(installation, request, tmp_path):
    """Another machine: an installation on the same kind of database in which nothing was done."""
    if not installation.url:
        yield Installation(tmp_path)
        return
    with postgres.database(request.getfixturevalue("postgresql_server")) as url:
        yield Installation(tmp_path, url)


def test_a_backup_of_a_running_installation_is_restored_and_verified(backup, elsewhere):
    said = elsewhere.done("restore", backup)
    assert "Restoring the backup of 20" in said
    accounts, records = map(int, elsewhere.within(COUNT).split())
    assert accounts >= 20
    assert accounts == records
    assert elsewhere.sightline("verify").returncode == 0


def test_what_was_sealed_can_be_read_after_the_restore(installation, backup, elsewhere):
    """The secret key came along: without it no payload could be opened."""
    elsewhere.done("restore", backup)
    assert (elsewhere.folder / "secret-key").read_text() == (
        installation.folder / "secret-key"
    ).read_text()


def test_a_backup_is_for_its_owner_alone(backup):
    assert backup.stat().st_mode & 0o077 == 0


def test_a_backup_names_what_is_in_it(backup):
    with tarfile.open(backup) as archive:
        names = archive.getnames()
        manifest = json.load(archive.extractfile("manifest.json"))
    assert names[0] == "manifest.json"
    assert set(manifest["sums"]) == set(names[1:])


def test_a_backup_is_never_written_over(installation, backup):
    assert "is there already" in installation.refused("backup", backup)


def test_a_restore_refuses_what_it_would_destroy(installation, backup):
    before = installation.within(COUNT)
    assert "this database is not empty" in installation.refused("restore", backup)
    assert installation.within(COUNT) == before


def test_a_restore_by_force_replaces_what_is_there(backup, elsewhere):
    elsewhere.done("migrate")
    elsewhere.within(RECORDS + "for number in range(3): write(1000 + number)")
    elsewhere.done("restore", "--force", backup)
    accounts, records = map(int, elsewhere.within(COUNT).split())
    assert accounts == records >= 20


def damaged(backup, folder, change):
    """A copy of the backup with one file changed."""
    copy = folder / "damaged.tar"
    with tarfile.open(backup) as source, tarfile.open(copy, "w") as target:
        for member in source:
            content = change(member.name, source.extractfile(member).read())
            member.size = len(content)
            target.addfile(member, io.BytesIO(content))
    return copy


def test_a_damaged_backup_is_refused_before_anything_changes(backup, elsewhere, tmp_path):
    def change(name, content):
        return content[:-1] + bytes([content[-1] ^ 1]) if name.startswith("database") else content

    said = elsewhere.refused("restore", damaged(backup, tmp_path, change))
    assert "is damaged: database" in said
    tables = "from django.db import connection\nprint(connection.introspection.table_names())"
    assert elsewhere.within(tables) == "[]"


@pytest.mark.parametrize("content", [b"", b"not a tar", b"\0" * 20_000])
def test_a_file_that_is_no_backup_is_refused(elsewhere, tmp_path, content):
    file = tmp_path / "strange.tar"
    file.write_bytes(content)
    assert "is not a whole backup" in elsewhere.refused("restore", file)


def test_a_backup_that_was_cut_short_is_refused(backup, elsewhere, tmp_path):
    file = tmp_path / "short.tar"
    file.write_bytes(backup.read_bytes()[:-200_000])
    assert "is not a whole backup" in elsewhere.refused("restore", file)


def test_a_backup_that_is_not_there_is_told(elsewhere, tmp_path):
    assert "is not there" in elsewhere.refused("restore", tmp_path / "nowhere.tar")


def test_a_backup_of_the_other_kind_of_database_is_refused(backup, installation, tmp_path, request):
    if installation.url:
        other = Installation(tmp_path)
    else:
        other = Installation(tmp_path, request.getfixturevalue("postgresql_server"))
    assert "Set DATABASE_URL to a" in other.refused("restore", backup)


def test_a_secret_from_the_environment_is_not_in_the_backup_but_asked_for(prepared, tmp_path):
    """It is kept elsewhere by choice; restoring without it would leave everything unreadable."""
    secret = (prepared.folder / "secret-key").read_text().strip()
    prepared.settings["SIGHTLINE_SECRET_KEY"] = secret
    (prepared.folder / "secret-key").unlink()
    prepared.done("backup", tmp_path / "vault.tar")
    other = Installation(tmp_path / "other")
    assert "not the one it was made with" in other.refused("restore", tmp_path / "vault.tar")
    other.settings["SIGHTLINE_SECRET_KEY"] = secret
    other.done("restore", tmp_path / "vault.tar")


def test_half_a_backup_is_never_left_behind(prepared, tmp_path):
    (tmp_path / "locked").mkdir()
    prepared.settings["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/nothing"
    assert "pg_dump failed" in prepared.refused("backup", tmp_path / "locked" / "never.tar")
    assert list((tmp_path / "locked").iterdir()) == []
