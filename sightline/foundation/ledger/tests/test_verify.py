"""Whatever is changed by hand in the database is found, and named."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger import actions, queries, sequence, signing
from sightline.foundation.ledger.models import Payload, Record, SubjectKey, Subtree
from sightline.foundation.ledger.record import record, record_all
from sightline.foundation.ledger.tests.cups import CupFilled
from sightline.foundation.ledger.verify import verify

pytestmark = pytest.mark.django_db

TABLES = ["record", "payload", "leaf", "subtree", "head"]


@pytest.fixture
def log(house):
    """Six records in the log under two heads, and one that waits."""
    entries = record_all([CupFilled(n, note="mine") for n in range(4)], by=house)
    sequence.sequence()
    entries += record_all([CupFilled(n) for n in range(2)], by=house)
    sequence.sequence()
    return [*entries, record(CupFilled(9), by=house)]


def by_hand(statement, *values):
    """Change the database as somebody would who has taken its triggers and constraints off."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            for table in TABLES:
                cursor.execute(f"DROP TRIGGER IF EXISTS ledger_{table}_stays")
        cursor.execute(statement, values)


def test_an_untouched_ledger_verifies(log):
    report = verify()
    assert report.ok, report.broken
    assert (report.records, report.heads, report.waiting, report.erased) == (6, 2, 1, 0)


def test_an_empty_ledger_verifies():
    assert verify().ok


@pytest.mark.parametrize("field", ["actor", "subject", "kind", "on_behalf_of"])
@pytest.mark.parametrize("place", [2, 6])
def test_changed_metadata_are_found(log, field, place):
    by_hand(f"UPDATE ledger_record SET {field} = 'x' WHERE id = %s", log[place].pk)
    assert f"Record {log[place].pk} " in verify().broken


def test_a_changed_time_is_found(log):
    by_hand("UPDATE ledger_record SET at = '2020-01-01 00:00:00' WHERE id = %s", log[0].pk)
    assert "does not match its leaf" in verify().broken


@pytest.mark.parametrize("place", [2, 6])
def test_a_changed_payload_is_found(log, place):
    sealed = bytearray(Payload.objects.get(pk=log[place].pk).sealed)
    sealed[20] ^= 1
    by_hand(
        "UPDATE ledger_payload SET sealed = %s WHERE record_id = %s", bytes(sealed), log[place].pk
    )
    assert verify().broken.startswith(f"Record {log[place].pk} ")


def test_a_payload_of_another_record_is_found(log):
    other = Payload.objects.get(pk=log[4].pk)
    by_hand("UPDATE ledger_payload SET sealed = %s WHERE record_id = %s", other.sealed, log[0].pk)
    assert verify().broken.startswith(f"Record {log[0].pk} ")


@pytest.mark.parametrize("place", [2, 6])
def test_a_payload_that_vanished_without_an_event_is_found(log, place):
    by_hand("DELETE FROM ledger_payload WHERE record_id = %s", log[place].pk)
    assert "no event erased it" in verify().broken


def test_a_changed_leaf_is_found(log):
    by_hand("UPDATE ledger_leaf SET hash = %s WHERE position = 3", b"x" * 32)
    assert f"Record {log[3].pk} " in verify().broken


def test_a_missing_leaf_is_found(log):
    by_hand("DELETE FROM ledger_leaf WHERE position = 3")
    assert verify().broken == "Place 3 of the log: its leaf is missing."


def test_a_record_taken_out_of_the_queue_is_found(log):
    by_hand("DELETE FROM ledger_waiting WHERE record_id = %s", log[6].pk)
    assert "neither in the log nor waiting" in verify().broken


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("root", b"x" * 32, "does not match the records"),
        ("frontier", b"x" * 64, "does not match the records"),
        ("signature", b"x" * 64, "wrong signature"),
        ("at", "2020-01-01 00:00:00", "wrong signature"),
        ("key_id", "x", "not in the key file"),
    ],
)
def test_a_changed_head_is_found(log, field, value, sentence):
    by_hand(f"UPDATE ledger_head SET {field} = %s WHERE tree_size = 4", value)
    report = verify()
    assert "The head at 4" in report.broken
    assert sentence in report.broken


def test_a_log_cut_short_is_found_by_its_records(log):
    by_hand("DELETE FROM ledger_head WHERE tree_size = 6")
    assert "is under no signed head" in verify().broken


def test_a_changed_subtree_is_found(house):
    record_all([CupFilled(1) for _ in range(256)], by=house)
    sequence.sequence()
    assert verify().ok
    by_hand("UPDATE ledger_subtree SET root = %s", b"x" * 32)
    assert verify().broken == "Subtree 8:0 of the log was changed or is missing."


def test_a_lost_signing_key_is_told(log, settings):
    signing.key_file().unlink()
    assert "Put it back from the backup" in verify().broken


def test_heads_of_an_earlier_key_verify_while_the_file_names_it(log, house):
    from cryptography.hazmat.primitives import serialization as s

    old = signing.read_signer(signing.key_file()).private_key.public_key()
    signing.key_file().unlink()
    signing.make_key(signing.key_file())
    assert "not in the key file" in verify().broken
    with signing.key_file().open("ab") as out:
        out.write(old.public_bytes(s.Encoding.PEM, s.PublicFormat.SubjectPublicKeyInfo))
    sequence.sequence()
    assert verify().ok


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("record", "kind"),
        ("payload", "sealed"),
        ("leaf", "hash"),
        ("subtree", "root"),
        ("head", "root"),
    ],
)
def test_the_database_itself_refuses_to_change_what_is_recorded(log, table, column):
    Subtree.objects.create(level=16, index=0, root=b"x" * 32)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE ledger_{table} SET {column} = {column}")


@pytest.mark.django_db(transaction=True)
def test_the_database_itself_refuses_to_delete_a_record_of_the_log(log):
    with (
        pytest.raises((IntegrityError, DatabaseError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM ledger_record WHERE id = %s", [log[0].pk])
    assert Record.objects.filter(pk=log[0].pk).exists()


def test_a_record_deleted_by_hand_is_found(log):
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA defer_foreign_keys=ON")
    by_hand("DELETE FROM ledger_record WHERE id = %s", log[2].pk)
    try:
        assert verify().broken == f"Record {log[2].pk} (place 2 of the log) is missing."
    finally:
        transaction.set_rollback(True)


def test_after_shredding_nothing_can_be_read_and_all_verifies(log, house):
    receipt = queries.receipt(log[1])
    actions.shred(by=house, subject="employee:1", reason="asked for")
    sequence.sequence()
    report = verify()
    assert report.ok, report.broken
    assert report.erased == 2
    told = queries.records_about("employee:1")
    assert [entry.is_erased for entry in told] == [False, True, True]
    assert told[0].sentence == "erased what 2 records said"
    assert told[0].reason == "asked for"
    assert told[1].sentence == "something that has since been erased"
    assert queries.receipt(log[1])["leaf"] == receipt["leaf"]
    assert "opening" not in queries.receipt(Record.objects.get(pk=log[1].pk))


def test_shredding_leaves_no_key_and_no_payload_of_the_subject(log, house):
    before = SubjectKey.objects.get(subject="employee:1")
    actions.shred(by=house, subject="employee:1")
    assert not SubjectKey.objects.filter(pk=before.pk).exists()
    assert not Payload.objects.filter(record__in=[log[1], log[5]]).exists()
    assert Payload.objects.filter(pk=log[0].pk).exists()


def test_a_person_can_be_erased_again_after_something_new(log, house):
    actions.shred(by=house, subject="employee:1")
    record(CupFilled(1), by=house)
    actions.shred(by=house, subject="employee:1")
    sequence.sequence()
    assert verify().ok


def test_the_house_cannot_be_erased(log, house):
    with pytest.raises(Refused, match="nobody"):
        actions.shred(by=house, subject="")


def test_a_record_changed_by_hand_is_shown_as_such_among_the_others(log):
    by_hand("UPDATE ledger_record SET kind = 'x' WHERE id = %s", log[1].pk)
    altered = queries.record_numbered(log[1].pk)
    told = {entry.record.pk: entry for entry in queries.records()}
    assert [pk for pk, entry in told.items() if entry.is_altered] == [altered.pk]
    assert "sightline verify" in told[altered.pk].sentence
    assert queries.event_of(altered) is None
    with pytest.raises(Refused, match="was changed"):
        queries.receipt(altered)


def test_under_another_secret_the_records_are_listed_and_none_is_read(log, settings):
    settings.SECRET_KEY = "another secret, of fifty letters and more, for a test of it"
    settings.SECRET_KEY_FALLBACKS = []
    assert all(entry.is_altered for entry in queries.records())
