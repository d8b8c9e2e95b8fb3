"""From records to a signed log, and from a log to proofs."""

import stat
from pathlib import Path

import pytest

from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger import queries, rules, sequence, signing
from sightline.foundation.ledger.jobs import put_new_records_into_the_log
from sightline.foundation.ledger.models import Head, Leaf, Record, Subtree, Waiting
from sightline.foundation.ledger.record import record, record_all
from sightline.foundation.ledger.tests.cups import CupFilled

pytestmark = pytest.mark.django_db


def test_waiting_records_get_their_places_in_the_order_of_their_numbers(house):
    record_all([CupFilled(n) for n in range(5)], by=house)
    assert put_new_records_into_the_log.call() == 5
    placed = list(Leaf.objects.order_by("position").values_list("position", "record_id"))
    assert [position for position, _ in placed] == [0, 1, 2, 3, 4]
    assert [entry for _, entry in placed] == sorted(Record.objects.values_list("pk", flat=True))
    assert not Waiting.objects.exists()


def test_nothing_new_means_no_new_head(house):
    assert sequence.sequence() == 0
    record(CupFilled(1), by=house)
    assert sequence.sequence() == 1
    assert sequence.sequence() == 0
    assert Head.objects.count() == 1


def test_a_record_that_commits_late_is_not_skipped(house):
    early, late = record_all([CupFilled(1), CupFilled(2)], by=house)
    Waiting.objects.filter(pk=early.pk).delete()  # as if its transaction were still open
    sequence.sequence()
    Waiting.objects.create(pk=early.pk)
    sequence.sequence()
    assert Leaf.objects.get(record=late).position == 0
    assert Leaf.objects.get(record=early).position == 1


def test_a_log_grown_in_many_steps_is_the_log_grown_in_one(house, monkeypatch):
    monkeypatch.setattr(sequence, "BATCH", 7)
    record_all([CupFilled(n) for n in range(30)], by=house)
    assert sequence.sequence() == 30
    hashes = [bytes(leaf.hash) for leaf in Leaf.objects.order_by("position")]
    assert bytes(queries.latest_head().root) == rules.tree_root(hashes)
    assert list(Head.objects.order_by("pk").values_list("pk", flat=True)) == [7, 14, 21, 28, 30]


def test_a_head_is_signed_by_a_key_that_only_its_owner_can_read(house, settings):
    record(CupFilled(1), by=house)
    sequence.sequence()
    head = Head.objects.get()
    message = rules.head_message(head.tree_size, bytes(head.root), head.at)
    key = bytes.fromhex(queries.public_key())
    assert rules.is_signed(message, bytes(head.signature), key)
    assert head.key_id == rules.key_id(key)
    assert stat.S_IMODE(Path(settings.LEDGER_KEY_FILE).stat().st_mode) == 0o600


def test_a_lost_key_is_not_silently_replaced(house, settings):
    record(CupFilled(1), by=house)
    sequence.sequence()
    Path(settings.LEDGER_KEY_FILE).unlink()
    record(CupFilled(2), by=house)
    with pytest.raises(signing.NoSigningKey, match="backup"):
        sequence.sequence()
    assert Waiting.objects.count() == 1


def test_every_record_has_a_receipt_that_verifies_with_the_public_key(house):
    entries = record_all([CupFilled(n, note="x") for n in range(19)], by=house, reason="why")
    sequence.sequence()
    for entry in entries:
        receipt = queries.receipt(entry)
        rules.verify_receipt(receipt, public_key=queries.public_key())
        assert receipt["opening"]["payload"]["event"]["cup"] == entries.index(entry)
        assert receipt["opening"]["payload"]["reason"] == "why"
        assert "opening" not in queries.inclusion_proof(entry)


def test_proofs_in_a_log_with_kept_subtrees_verify(house):
    entries = record_all([CupFilled(1) for _ in range(700)], by=house)
    sequence.sequence()
    assert sorted(Subtree.objects.values_list("level", "index")) == [(8, 0), (8, 1)]
    for place in (0, 255, 256, 511, 512, 699):
        proof = queries.inclusion_proof(entries[place])
        rules.verify_receipt(proof, public_key=queries.public_key())


def test_a_record_without_a_place_has_no_proof_yet(house):
    with pytest.raises(Refused, match="within seconds"):
        queries.inclusion_proof(record(CupFilled(1), by=house))


def test_a_later_head_can_be_shown_to_continue_an_earlier_one(house):
    heads = []
    for count in (3, 300, 40):
        record_all([CupFilled(1) for _ in range(count)], by=house)
        sequence.sequence()
        heads.append(queries.latest_head())
    for old, new in [(0, 1), (0, 2), (1, 2), (2, 2)]:
        proof = queries.consistency_proof(heads[old], heads[new])
        sizes = (proof["old"]["tree_size"], proof["new"]["tree_size"])
        roots = [bytes.fromhex(proof[which]["root"]) for which in ("old", "new")]
        assert rules.is_consistent(*sizes, *roots, [bytes.fromhex(h) for h in proof["path"]])
