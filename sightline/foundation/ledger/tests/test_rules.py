"""Published vectors of RFC 6962 (the test set of Certificate Transparency), and properties."""

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from sightline.foundation.ledger import rules

LEAVES = [
    rules.leaf_hash(bytes.fromhex(data))
    for data in [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ]
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
F = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"

logs = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=140)


def recursive_root(leaves):
    """The definition of RFC 6962 §2.1, word for word."""
    if len(leaves) < 2:
        return leaves[0] if leaves else rules.EMPTY_ROOT
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return rules.node_hash(recursive_root(leaves[:k]), recursive_root(leaves[k:]))


def root_of(leaves):
    """The roots of complete subtrees of a list of leaves."""
    return lambda level, index: recursive_root(leaves[index << level : (index + 1) << level])


def hexes(path):
    return [step.hex() for step in path]


@pytest.mark.parametrize("size", range(9))
def test_roots_are_the_published_ones(size):
    assert rules.tree_root(LEAVES[:size]).hex() == ROOTS[size]


@pytest.mark.parametrize(
    ("position", "size", "path"),
    [(0, 1, []), (0, 8, [A, B, C]), (5, 8, [D, E, ROOTS[4]]), (2, 3, [ROOTS[2]]),
     (1, 5, [ROOTS[1], B, D])],
)  # fmt: skip
def test_inclusion_paths_are_the_published_ones(position, size, path):
    assert hexes(rules.inclusion_path(position, size, root_of(LEAVES))) == path


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [(1, 1, []), (0, 5, []), (1, 8, [A, B, C]), (6, 8, [F, E, ROOTS[4]]), (2, 5, [B, D])],
)
def test_consistency_paths_are_the_published_ones(old, new, path):
    assert hexes(rules.consistency_path(old, new, root_of(LEAVES))) == path
    roots = [bytes.fromhex(ROOTS[size]) for size in (old, new)]
    assert rules.is_consistent(old, new, *roots, [bytes.fromhex(step) for step in path])


def test_a_log_whose_last_leaf_stands_alone_is_shown_to_have_grown():
    old, new = (rules.range_root(0, count, root_of(LEAVES)) for count in (5, 6))
    path = rules.consistency_path(5, 6, root_of(LEAVES))
    assert rules.is_consistent(5, 6, old, new, path)
    assert not rules.is_consistent(5, 6, new, old, path)


def test_a_path_that_is_longer_than_the_tree_is_high_shows_nothing():
    old, new = (rules.range_root(0, count, root_of(LEAVES)) for count in (1, 2))
    path = rules.consistency_path(1, 2, root_of(LEAVES))
    assert rules.is_consistent(1, 2, old, new, path)
    assert not rules.is_consistent(1, 2, old, new, [*path, path[0]])


@given(logs)
def test_a_log_grown_leaf_by_leaf_has_the_root_of_its_definition(leaves):
    assert rules.tree_root(leaves) == recursive_root(leaves)


@given(logs, st.data())
def test_a_log_that_was_stored_midway_grows_on(leaves, data):
    size = data.draw(st.integers(0, len(leaves)))
    before = rules.Frontier()
    for leaf in leaves[:size]:
        before.append(leaf)
    after = rules.Frontier.from_bytes(size, before.to_bytes())
    for leaf in leaves[size:]:
        after.append(leaf)
    assert after.root() == recursive_root(leaves)


@given(logs)
def test_each_complete_subtree_is_given_once_as_it_completes(leaves):
    frontier = rules.Frontier()
    completed = [done for leaf in leaves for done in frontier.append(leaf)]
    for done in completed:
        assert done.root == root_of(leaves)(done.level, done.index)
    expected = sum(len(leaves) >> level for level in range(1, 9))
    assert len({(done.level, done.index) for done in completed}) == len(completed) == expected


@given(logs, st.data())
def test_every_leaf_can_be_proved_and_nothing_else(leaves, data):
    size = len(leaves)
    position = data.draw(st.integers(0, size - 1))
    path = rules.inclusion_path(position, size, root_of(leaves))
    root = recursive_root(leaves)
    assert rules.root_by_inclusion(leaves[position], position, size, path) == root
    assert rules.root_by_inclusion(b"x" * 32, position, size, path) != root
    assert rules.root_by_inclusion(leaves[position], position, size, [*path, root]) is None
    assert rules.root_by_inclusion(leaves[position], size, size, path) is None
    if path:
        assert rules.root_by_inclusion(leaves[position], position, size, path[:-1]) is None
        changed = [b"x" * 32, *path[1:]]
        assert rules.root_by_inclusion(leaves[position], position, size, changed) != root


@given(logs, st.data())
def test_every_earlier_log_is_the_beginning_of_a_later_one(leaves, data):
    new = len(leaves)
    old = data.draw(st.integers(0, new))
    path = rules.consistency_path(old, new, root_of(leaves))
    first, second = recursive_root(leaves[:old]), recursive_root(leaves)
    assert rules.is_consistent(old, new, first, second, path)
    assert not rules.is_consistent(old, new, b"x" * 32, second, path)
    assert not rules.is_consistent(old, new, first, second, [*path, first])
    if 0 < old < new:
        assert not rules.is_consistent(old, new, first, b"x" * 32, path)
        assert not rules.is_consistent(old, new, first, second, path[:-1])
        assert not rules.is_consistent(old, new, first, second, [])
        assert not rules.is_consistent(new, old, second, first, path)


def test_proofs_of_what_cannot_be_are_refused():
    with pytest.raises(ValueError, match="no place 8"):
        rules.inclusion_path(8, 8, root_of(LEAVES))
    with pytest.raises(ValueError, match="cannot begin"):
        rules.consistency_path(9, 8, root_of(LEAVES))


def test_the_order_of_names_does_not_change_what_is_committed_to():
    assert rules.canonical({"b": 1, "a": "é"}) == '{"a":"é","b":1}'.encode()
    assert rules.canonical({"a": "é", "b": 1.0}) == '{"a":"é","b":1}'.encode()


@pytest.fixture(scope="module")
def signed():
    """A receipt for the third of three leaves, and the key that it verifies with."""
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    content = b"\x07" * 32 + rules.canonical({"event": {"cup": 7}})
    at = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    described = rules.metadata(
        at=at, actor="house", on_behalf_of="", subject="", kind="x.Y",
        commitment=rules.commitment(content),
    )  # fmt: skip
    leaves = [*LEAVES[:2], rules.leaf_hash(rules.leaf_data(5, described))]
    root = rules.tree_root(leaves)
    return {
        "leaf": {"version": 1, "id": 5, **described},
        "position": 2,
        "path": hexes(rules.inclusion_path(2, 3, root_of(leaves))),
        "head": {
            "tree_size": 3,
            "root": root.hex(),
            "at": rules.instant(at),
            "signature": key.sign(rules.head_message(3, root, at)).hex(),
        },
        "opening": {"salt": "07" * 32, "payload": {"event": {"cup": 7}}},
    }, key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def test_a_receipt_is_verified_with_the_public_key_alone(signed):
    receipt, key = signed
    rules.verify_receipt(receipt, public_key=key)
    rules.verify_receipt(receipt | {"opening": None}, public_key=key)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda r: r["head"].update(tree_size=4), "not signed"),
        (lambda r: r["head"].update(signature="00"), "not signed"),
        (lambda r: r["leaf"].update(actor="employee:1"), "does not lead"),
        (lambda r: r.update(position=1), "does not lead"),
        (lambda r: r.update(path=[]), "does not lead"),
        (lambda r: r["opening"].update(payload={"event": {"cup": 8}}), "does not say"),
    ],
)
def test_a_receipt_with_anything_changed_is_refused(signed, change, sentence):
    receipt = {k: dict(v) if isinstance(v, dict) else v for k, v in signed[0].items()}
    change(receipt)
    with pytest.raises(rules.NotProved, match=sentence):
        rules.verify_receipt(receipt, public_key=signed[1])
