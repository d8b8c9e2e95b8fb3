"""Saving, losing to another page, sending and forgetting."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sightline.foundation.core.dates import now
from sightline.foundation.core.errors import Refused
from sightline.foundation.drafts import actions, jobs, queries, rules
from sightline.foundation.drafts.actions import TooLarge, Typed
from sightline.foundation.drafts.models import Draft, SetAside
from sightline.foundation.drafts.rules import LIMIT_BYTES, Mark, Verdict, verdict
from sightline.foundation.identity.models import Account

KEY = "goal:12:note"


@pytest.mark.parametrize(
    ("held", "sent", "expected"),
    [
        (Mark(0, "", 0), Mark(0, "a", 1), Verdict.TAKE),
        (Mark(3, "a", 1), Mark(3, "b", 1), Verdict.TAKE),
        (Mark(4, "a", 2), Mark(3, "b", 1), Verdict.CONFLICT),
        (Mark(4, "a", 2), Mark(3, "a", 3), Verdict.TAKE),  # the answer to its last save was lost
        (Mark(4, "a", 3), Mark(3, "a", 2), Verdict.LATE),
        (Mark(5, "", 0), Mark(4, "a", 4), Verdict.CONFLICT),  # sent in the meantime
        (Mark(0, "", 0), Mark(7, "a", 1), Verdict.CONFLICT),  # forgotten in the meantime
    ],
)
def test_what_becomes_of_a_save(held, sent, expected):
    assert verdict(held=held, sent=sent) is expected


@pytest.mark.parametrize("key", ["goal:12:note", "a", "form-1.text_2"])
def test_a_key_is_letters_digits_and_a_few_signs(key):
    assert rules.KEY.fullmatch(key)


@pytest.mark.parametrize("key", ["", ":a", "a/b", "a b", "é", "a" * 201])
def test_other_keys_are_none(key):
    assert not rules.KEY.fullmatch(key)


@pytest.fixture
def ana(db):
    return Account.objects.create_user("ana@example.org")


def typed(text, *, version=0, page="one", turn=1, **more):
    return Typed({"text": [text]}, Mark(version, page, turn), **more)


def text_of(account, key=KEY):
    return queries.draft_of(account, key).fields["text"][0]


def test_a_save_makes_the_next_version(ana):
    first = actions.save_draft(by=ana, key=KEY, typed=typed("a"))
    second = actions.save_draft(by=ana, key=KEY, typed=typed("ab", version=1, turn=2))
    assert (first.draft.version, second.draft.version) == (1, 2)
    assert text_of(ana) == "ab"


def test_a_page_that_started_from_an_older_text_never_overwrites_and_loses_nothing(ana):
    actions.save_draft(by=ana, key=KEY, typed=typed("first"))
    kept = actions.save_draft(by=ana, key=KEY, typed=typed("second", page="two"))
    assert kept.conflict
    assert text_of(ana) == "first"
    assert [aside.fields for aside in queries.set_aside_of(ana)] == [{"text": ["second"]}]


def test_a_losing_page_that_types_on_keeps_one_text_aside(ana):
    actions.save_draft(by=ana, key=KEY, typed=typed("first"))
    for turn, text in enumerate(["s", "se", "second"], start=1):
        actions.save_draft(by=ana, key=KEY, typed=typed(text, page="two", turn=turn))
    assert SetAside.objects.get().fields == {"text": ["second"]}


def test_the_text_that_a_person_chose_stands_and_the_other_is_set_aside(ana):
    actions.save_draft(by=ana, key=KEY, typed=typed("first"))
    actions.save_draft(by=ana, key=KEY, typed=typed("second", page="two"))
    mine = typed("second", version=1, page="two", turn=2, replaces=True)
    actions.save_draft(by=ana, key=KEY, typed=mine)
    assert text_of(ana) == "second"
    assert SetAside.objects.get().fields == {"text": ["first"]}


def test_a_page_that_took_the_other_text_and_types_on_keeps_its_first_text_aside(ana):
    actions.save_draft(by=ana, key=KEY, typed=typed("first"))
    actions.save_draft(by=ana, key=KEY, typed=typed("second", page="two"))
    actions.save_draft(by=ana, key=KEY, typed=typed("first and on", version=1, page="two", turn=2))
    assert text_of(ana) == "first and on"
    assert SetAside.objects.get().fields == {"text": ["second"]}


def test_a_sent_text_goes_and_a_page_left_open_learns_of_it(ana):
    actions.save_draft(by=ana, key=KEY, typed=typed("sent"))
    actions.discard(by=ana, key=KEY)
    assert list(queries.drafts_of(ana)) == []
    late = actions.save_draft(by=ana, key=KEY, typed=typed("sent", version=1, turn=2))
    assert late.conflict
    assert late.draft.is_empty


def test_a_save_that_arrives_after_its_form_brings_nothing_back(ana):
    actions.discard(by=ana, key=KEY)
    assert actions.save_draft(by=ana, key=KEY, typed=typed("late")).conflict


def test_discarding_twice_is_the_same_as_once(ana):
    actions.discard(by=ana, key=KEY)
    actions.discard(by=ana, key=KEY)
    assert queries.draft_of(ana, KEY).is_empty


def test_a_text_over_the_limit_is_refused_and_the_draft_stays(ana):
    actions.save_draft(by=ana, key=KEY, typed=typed("short"))
    with pytest.raises(TooLarge, match="longer than 1 MB"):
        actions.save_draft(by=ana, key=KEY, typed=typed("x" * LIMIT_BYTES, version=1, turn=2))
    assert text_of(ana) == "short"


def test_the_limit_counts_bytes_and_takes_a_text_that_just_fits(ana):
    fits = "é" * ((LIMIT_BYTES - len("text")) // 2)
    actions.save_draft(by=ana, key=KEY, typed=typed(fits))
    with pytest.raises(TooLarge):
        actions.save_draft(by=ana, key=KEY, typed=typed(fits + "é", version=1, turn=2))


def test_an_account_has_room_for_so_many_drafts(ana):
    Draft.objects.bulk_create(
        Draft(account=ana, key=f"k{number}", fields={"text": ["x"]}, saved_at=now())
        for number in range(rules.LIMIT_DRAFTS)
    )
    with pytest.raises(Refused, match="Send or discard"):
        actions.save_draft(by=ana, key=KEY, typed=typed("one more"))
    assert queries.draft_of(ana, KEY) is None
    actions.discard(by=ana, key="k0")
    actions.save_draft(by=ana, key=KEY, typed=typed("one more"))


def test_drafts_are_forgotten_ninety_days_after_their_last_change(ana):
    actions.save_draft(by=ana, key=KEY, typed=typed("old"))
    actions.save_draft(by=ana, key="young", typed=typed("young"))
    Draft.objects.filter(key=KEY).update(saved_at=now() - timedelta(days=91))
    Draft.objects.filter(key="young").update(saved_at=now() - timedelta(days=89))
    jobs.forget_old_drafts.func()
    assert [draft.key for draft in queries.drafts_of(ana)] == ["young"]


def test_everything_of_an_account_can_be_exported_and_nothing_of_another(ana):
    mei = Account.objects.create_user("mei@example.org")
    actions.save_draft(by=ana, key=KEY, typed=typed("first", title="Note", place="/goals/12/"))
    actions.save_draft(by=ana, key=KEY, typed=typed("second", page="two"))
    actions.save_draft(by=mei, key=KEY, typed=typed("hers"))
    kinds = {row["kind"]: row["fields"] for row in queries.everything_of(ana)}
    assert kinds == {"draft": {"text": ["first"]}, "set aside": {"text": ["second"]}}
