"""A backup taken while people write, restored elsewhere; and what may be wrong with one."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import textwrap

import pytest

from sightline.site.commands.backup import fingerprint
from sightline.site.commands.databases import PostgreSQL
from sightline.site.environment import Environment
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

TABLES = "from django.db import connection\nprint(connection.introspection.table_names())"
NEWER_TABLE = textwrap.dedent(
    """
    from django.db import connection
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE newer_version"
            " (id integer PRIMARY KEY, account_id bigint REFERENCES identity_account (id))"
        )
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


def test_going_back_from_an_upgrade_leaves_nothing_of_the_newer_version(backup, elsewhere):
    elsewhere.done("migrate")
    elsewhere.within(NEWER_TABLE)
    elsewhere.done("restore", "--force", backup)
    assert "newer_version" not in elsewhere.within(TABLES)


def changed(backup, folder, change):
    """A copy of the backup with a file changed."""
    copy = folder / "changed.tar"
    with tarfile.open(backup) as source, tarfile.open(copy, "w") as target:
        for member in source:
            content = change(member.name, source.extractfile(member).read())
            member.size = len(content)
            target.addfile(member, io.BytesIO(content))
    return copy


def saying(**said):
    """A change of what the manifest says."""

    def change(name, content):
        return (
            json.dumps(json.loads(content) | said).encode() if name == "manifest.json" else content
        )

    return change


def test_a_restore_that_fails_leaves_the_key_to_what_is_here(backup, elsewhere, tmp_path):
    """Twice, as people do: the second must not take away what the first has kept."""
    elsewhere.done("migrate")
    key = (elsewhere.folder / "secret-key").read_text()
    with tarfile.open(backup) as archive:
        sums = json.load(archive.extractfile("manifest.json"))["sums"]
    database = next(name for name in sums if name.startswith("database"))
    sums[database] = hashlib.sha256(b"no database").hexdigest()
    said = saying(sums=sums)
    file = changed(
        backup,
        tmp_path,
        lambda name, was: b"no database" if name == database else said(name, was),
    )
    for _ in range(2):
        elsewhere.refused("restore", "--force", file)
        assert (elsewhere.folder / "secret-key").read_text() == key
    elsewhere.done("restore", "--force", backup)
    kept = elsewhere.folder.glob("secret-key.before-restore-*")
    assert key in [path.read_text() for path in kept]


@pytest.mark.parametrize("said", [{"migrations": ["people.9999_of_next_year"]}, {"format": 2}])
def test_a_backup_of_a_newer_version_is_refused(backup, elsewhere, tmp_path, said):
    file = changed(backup, tmp_path, saying(**said))
    assert "Install that version first" in elsewhere.refused("restore", file)
    assert elsewhere.within(TABLES) == "[]"


def test_a_damaged_backup_is_refused_before_anything_changes(backup, elsewhere, tmp_path):
    def change(name, content):
        return content[:-1] + bytes([content[-1] ^ 1]) if name.startswith("database") else content

    said = elsewhere.refused("restore", changed(backup, tmp_path, change))
    assert "is damaged: database" in said
    assert elsewhere.within(TABLES) == "[]"


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
    file = prepared.folder / "secret-key"
    prepared.settings["SIGHTLINE_SECRET_KEY"] = secret = file.read_text().strip()
    file.write_text("long-out-of-use-" * 3)
    assert "secret-key" not in prepared.done("backup", tmp_path / "vault.tar")
    other = Installation(tmp_path / "other")
    assert "not the one it was made with" in other.refused("restore", tmp_path / "vault.tar")
    other.settings["SIGHTLINE_SECRET_KEY"] = secret
    other.done("restore", tmp_path / "vault.tar")


def test_a_backup_with_its_key_is_restored_beside_the_same_key_from_the_environment(
    prepared, tmp_path
):
    other = Installation(tmp_path / "other")
    other.settings["SIGHTLINE_SECRET_KEY"] = (prepared.folder / "secret-key").read_text().strip()
    prepared.done("backup", tmp_path / "whole.tar")
    other.done("restore", tmp_path / "whole.tar")


def test_a_backup_with_its_key_is_refused_where_another_would_hide_it(prepared, tmp_path):
    prepared.done("backup", tmp_path / "whole.tar")
    other = Installation(tmp_path / "other")
    other.settings["SIGHTLINE_SECRET_KEY"] = "another-secret-" * 3
    assert "would hide it" in other.refused("restore", tmp_path / "whole.tar")


def test_a_key_that_did_not_seal_the_backup_is_not_put_in_place(prepared, tmp_path):
    """Earlier backups could carry a file that the environment had long made unused."""
    prepared.done("backup", tmp_path / "whole.tar")
    secret = "kept-in-a-vault-" * 3
    seal = fingerprint(secret)
    other = Installation(tmp_path / "other")
    file = changed(tmp_path / "whole.tar", tmp_path, saying(secret=seal))
    assert "not the one it was made with" in other.refused("restore", file)
    (other.folder / "secret-key").write_text(secret)
    other.sightline("restore", file)
    assert (other.folder / "secret-key").read_text() == secret


def test_postgresql_s_programs_connect_as_the_product_does(monkeypatch, tmp_path):
    url = "postgresql://vera:p%40ss@db.example/sightline?sslmode=verify-full&port=6432"
    monkeypatch.setenv("DATABASE_URL", url)
    found = PostgreSQL(Environment().database("DATABASE_URL", default=tmp_path)).environment
    assert found["PGSSLMODE"] == "verify-full"
    assert (found["PGHOST"], found["PGPORT"]) == ("db.example", "6432")
    assert (found["PGUSER"], found["PGPASSWORD"]) == ("vera", "p@ss")
    assert found["PGDATABASE"] == "sightline"


def test_half_a_backup_is_never_left_behind(prepared, tmp_path):
    (tmp_path / "locked").mkdir()
    prepared.settings["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/nothing"
    assert "pg_dump failed" in prepared.refused("backup", tmp_path / "locked" / "never.tar")
    assert list((tmp_path / "locked").iterdir()) == []
