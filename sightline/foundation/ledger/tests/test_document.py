"""docs/rules/ledger.md says what is so."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sightline.foundation.ledger import queries, rules
from sightline.foundation.ledger.record import record_all
from sightline.foundation.ledger.sequence import sequence
from sightline.foundation.ledger.tests.cups import CupFilled
from sightline.foundation.ledger.tests.test_rules import LEAVES

DOCUMENT = (Path(__file__).parents[4] / "docs" / "rules" / "ledger.md").read_text()


def block(name):
    """The content of a fenced block."""
    return re.search(rf"```{name}\n(.+?)\n```", DOCUMENT, re.DOTALL).group(1)


def test_the_worked_record_has_the_commitment_and_the_hash_of_the_document():
    payload = json.loads(block("json payload"))
    leaf = json.loads(block("json leaf"))
    assert rules.canonical(payload).decode() == block("json payload")
    content = b"\x07" * 32 + rules.canonical(payload)
    assert rules.commitment(content).hex() == block("text commitment") == leaf["commitment"]
    assert rules.canonical(leaf).decode() == block("json leaf")
    assert rules.leaf_hash(rules.canonical(leaf)).hex() == block("text leaf hash")


def test_the_table_of_roots_is_computed():
    table = re.findall(r"^\| (\d) \| `([0-9a-f]{64})` \|$", DOCUMENT, re.MULTILINE)
    assert table == [(str(n), rules.tree_root(LEAVES[:n]).hex()) for n in range(9)]


@pytest.mark.django_db
def test_a_receipt_is_verified_by_the_program_of_the_document(house, tmp_path):
    entries = record_all([CupFilled(n, note="mine") for n in range(7)], by=house)
    sequence()
    program, file = tmp_path / "check.py", tmp_path / "receipt.json"
    program.write_text(block("python"))
    for entry in entries:
        receipt = queries.receipt(entry)
        file.write_text(json.dumps(receipt))
        assert "Proved" in ran(program, file).stdout
    receipt["opening"]["payload"]["event"]["note"] = "yours"
    file.write_text(json.dumps(receipt))
    assert "does not say this" in ran(program, file).stderr
    receipt["path"] = receipt["path"][1:]
    file.write_text(json.dumps(receipt))
    assert "not in the signed log" in ran(program, file).stderr


def ran(program, file):
    """What the program says about a receipt."""
    command = [sys.executable, program, file, queries.public_key()]
    return subprocess.run(command, capture_output=True, text=True, check=False)
