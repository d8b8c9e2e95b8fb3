import pytest
from django.core.exceptions import PermissionDenied

from sightline.conversations.actions import requests
from sightline.conversations.actions.feedback import Words, note_readings, revise_feedback
from sightline.conversations.models import Decline, Feedback, FeedbackVersion, Reading
from sightline.conversations.queries import feedback as queries
from sightline.conversations.queries import topics
from sightline.conversations.tests.conftest import WORDS
from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.models import Record
from sightline.people.actions.assignments import change_manager

pytestmark = pytest.mark.django_db

OTHER = Words("On Tuesday night", "You held the file back and told me", "We knew before they did")


def test_the_person_reads_it_at_once(company, talks):
    said = talks.said()
    assert list(queries.received(company.viewer("tomas"))) == [said]
    assert list(queries.given(company.viewer("ana"))) == [said]


def test_nobody_gives_feedback_to_himself_or_to_who_has_left(company, talks):
    with pytest.raises(PermissionDenied, match="for others"):
        talks.said(to="ana")
    with pytest.raises(PermissionDenied, match="does not work here"):
        talks.said(to="rui")
    with pytest.raises(PermissionDenied, match="people who work here"):
        talks.said(by="samuel")


@pytest.mark.parametrize("kind", ["guidance", "both"])
@pytest.mark.parametrize("readers", ["unit", "everyone"])
def test_only_praise_is_given_before_others(company, talks, kind, readers):
    with pytest.raises(Refused, match="Only praise"):
        talks.said(kind=kind, readers=readers)


def test_the_manager_who_reads_is_the_one_of_that_day(company, talks):
    said = talks.said(by="mei", readers="manager")
    change_manager(
        by=company.viewer("ingrid"), employee=company.tomas, manager=company.leo, on=talks.today
    )
    assert talks.readers_of(said) == {"mei", "tomas", "ana"}


def test_who_has_no_manager_is_not_told_that_one_reads(company, talks):
    with pytest.raises(Refused, match="no manager or unit"):
        talks.said(by="leo", to="nkechi", readers="manager")


def test_new_words_are_a_new_version_and_the_old_ones_stay(company, talks):
    said = talks.said()
    revise_feedback(by=company.viewer("ana"), feedback=said, words=OTHER)
    versions = list(FeedbackVersion.objects.filter(feedback=said).order_by("number"))
    assert [one.number for one in versions] == [1, 2]
    assert versions[0].behaviour == WORDS.behaviour
    assert versions[1].behaviour == OTHER.behaviour


def test_the_same_words_are_no_new_version(company, talks):
    said = talks.said()
    with pytest.raises(Refused, match="has already"):
        revise_feedback(by=company.viewer("ana"), feedback=said, words=WORDS)


def test_only_the_author_writes_it_anew(company, talks):
    said = talks.said(readers="manager", by="mei")
    for key in ("tomas", "ana", "ingrid"):
        with pytest.raises(PermissionDenied, match="Only who gave"):
            revise_feedback(by=company.viewer(key), feedback=said, words=OTHER)


def test_who_saw_which_version_is_known(company, talks):
    said = talks.said()
    tomas = company.viewer("tomas")
    note_readings(by=tomas, feedback=[said])
    note_readings(by=tomas, feedback=[said])
    note_readings(by=company.viewer("ana"), feedback=[said])
    assert [(one.reader, one.version.number) for one in Reading.objects.all()] == [
        (company.tomas, 1)
    ]
    revise_feedback(by=company.viewer("ana"), feedback=said, words=OTHER)
    assert not queries.received(tomas).get().is_read
    note_readings(by=tomas, feedback=[said])
    assert set(Reading.objects.values_list("version__number", flat=True)) == {1, 2}
    assert Record.objects.filter(kind="conversations.FeedbackSeen").count() == 2


def test_a_reader_of_later_days_saw_what_it_said_before_as_well(company, talks):
    said = talks.said(readers="everyone")
    revise_feedback(by=company.viewer("ana"), feedback=said, words=OTHER)
    note_readings(by=company.viewer("yusuf"), feedback=[said])
    assert Reading.objects.filter(reader=company.yusuf).count() == 2


def test_the_ledger_does_not_tell_who_else_reads_it(company, talks):
    said = talks.said(by="mei", readers="manager")
    note_readings(by=company.viewer("ana"), feedback=[said])
    assert Reading.objects.get().reader == company.ana
    assert not Record.objects.filter(kind="conversations.FeedbackSeen").exists()


def test_nobody_notes_reading_what_he_may_not_read(company, talks):
    said, open_to_all = talks.said(), talks.said(readers="everyone")
    with pytest.raises(PermissionDenied, match="readers it names"):
        note_readings(by=company.viewer("ingrid"), feedback=[open_to_all, said])
    assert not Reading.objects.exists()


def test_nothing_to_read_leaves_no_trace(company):
    note_readings(by=company.viewer("tomas"), feedback=[])
    assert not Record.objects.filter(kind="conversations.FeedbackSeen").exists()


def test_feedback_about_a_goal_keeps_its_name_of_that_day(talks, private_goal):
    reference = f"goal:{private_goal.pk}"
    said = talks.said(topic=reference)
    assert (said.topic, said.topic_title) == (reference, "Imports that arrive")


def test_nothing_is_said_about_a_goal_that_one_does_not_see(talks, private_goal):
    with pytest.raises(Refused, match="not there any more"):
        talks.said(by="yusuf", topic=f"goal:{private_goal.pk}")
    assert not Feedback.objects.exists()


@pytest.mark.parametrize("reference", ["goal:0", "goal:", "goal:x", "goal:²", "plan:12", ":", ""])
def test_what_is_no_reference_leads_nowhere(company, private_goal, reference):
    assert topics.topic_seen_by(company.viewer("ana"), reference) is None


def test_one_asks_about_oneself_or_as_the_manager(company, talks):
    assert talks.asked(by="tomas", of="mei")
    assert talks.asked(by="ana", of="mei", about="tomas")
    with pytest.raises(PermissionDenied, match="whose manager one is"):
        talks.asked(by="leo", of="mei", about="tomas")
    with pytest.raises(PermissionDenied, match="about oneself"):
        talks.asked(by="tomas", of="mei", about="kofi")
    with pytest.raises(PermissionDenied, match="people who work here"):
        talks.asked(by="samuel", of="mei")


def test_one_asks_somebody_else_who_works_here(company, talks):
    with pytest.raises(Refused, match="somebody else"):
        talks.asked(by="tomas", of="tomas")
    with pytest.raises(Refused, match="somebody else"):
        talks.asked(by="ana", of="tomas", about="tomas")
    with pytest.raises(Refused, match="does not work here"):
        talks.asked(by="tomas", of="rui")


def test_one_asks_once_until_there_is_an_answer(company, talks):
    asked = talks.asked()
    with pytest.raises(Refused, match="wait for an answer"):
        talks.asked()
    talks.said(by="mei", answers=asked)
    assert talks.asked()


def test_a_request_is_answered_once_about_the_right_person_by_who_was_asked(company, talks):
    asked = talks.asked()
    with pytest.raises(PermissionDenied, match="Only who was asked"):
        talks.said(by="kofi", answers=asked)
    with pytest.raises(Refused, match="somebody else"):
        talks.said(by="mei", to="kofi", answers=asked)
    talks.said(by="mei", answers=asked)
    with pytest.raises(Refused, match="answered this already"):
        talks.said(by="mei", answers=asked)
    with pytest.raises(Refused, match="answered this already"):
        requests.decline(by=company.viewer("mei"), request=asked)


def test_a_request_is_declined_once_and_needs_no_reason(company, talks):
    asked = talks.asked()
    with pytest.raises(PermissionDenied, match="Only who was asked"):
        requests.decline(by=company.viewer("kofi"), request=asked)
    requests.decline(by=company.viewer("mei"), request=asked)
    assert Decline.objects.get().reason == ""
    with pytest.raises(Refused, match="declined this already"):
        requests.decline(by=company.viewer("mei"), request=asked)
    with pytest.raises(Refused, match="declined this already"):
        talks.said(by="mei", answers=asked)
    assert talks.asked()
