"""The specification of who reads what people say to each other. Names are those of the cast."""

import pytest

from sightline.conversations import policies
from sightline.conversations.actions import notes
from sightline.conversations.models import PrivateNote, Series
from sightline.conversations.queries import talks as queries
from sightline.people.viewer import viewer_as

pytestmark = pytest.mark.django_db


def everybody(company):
    viewers = {key: viewer_as(person) for key, person in company.people.items()}
    return {key: viewer for key, viewer in viewers.items() if viewer}


def test_the_words_of_a_talk_are_read_by_the_two_and_by_nobody_else(company, talks):
    row = talks.begun()
    for key, viewer in everybody(company).items():
        seen = Series.objects.filter(policies.series_visible_to(viewer), pk=row.pk).exists()
        assert seen == (key in {"ana", "tomas"}), key


def test_that_two_talk_is_known_to_their_line_and_hr(company, talks):
    row = talks.begun()
    knows = {
        key
        for key, viewer in everybody(company).items()
        if Series.objects.filter(policies.rhythms_visible_to(viewer), pk=row.pk).exists()
    }
    assert knows == {"ana", "tomas", "leo", "nkechi", "fatima", "ingrid"}


def test_private_notes_are_read_by_their_writer_alone(company, talks):
    meeting = talks.planned(talks.begun())
    notes.keep_note(by=company.viewer("ana"), meeting=meeting, text="Hers")
    notes.keep_note(by=company.viewer("tomas"), meeting=meeting, text="His")
    for key, viewer in everybody(company).items():
        read = set(queries.notes_of(viewer).values_list("text", flat=True))
        assert read == {"ana": {"Hers"}, "tomas": {"His"}}.get(key, set()), key


def test_notes_of_one_talk_are_kept_once_and_the_last_stands(company, talks):
    meeting = talks.planned(talks.begun())
    for text in ("First", "Second"):
        notes.keep_note(by=company.viewer("ana"), meeting=meeting, text=text)
    assert PrivateNote.objects.get().text == "Second"


@pytest.mark.parametrize(
    ("readers", "expected"),
    [
        ("subject", {"mei", "tomas"}),
        ("manager", {"mei", "tomas", "ana"}),
        ("unit", {"mei", "tomas", "ana", "joao", "cida", "kofi", "sara"}),
    ],
)
def test_feedback_is_read_by_the_readers_it_names(company, talks, readers, expected):
    said = talks.said(by="mei", to="tomas", readers=readers)
    assert talks.readers_of(said) == expected


def test_praise_for_everybody_is_read_by_those_who_work_here(company, talks):
    said = talks.said(by="mei", to="tomas", readers="everyone")
    outside = {"rui", "priya", "samuel"}
    assert talks.readers_of(said) == set(company.people) - outside


def test_guidance_is_hidden_from_hr_executives_and_auditors(company, talks):
    said = talks.said(by="mei", to="tomas", kind="guidance", readers="manager")
    assert not talks.readers_of(said) & {"ingrid", "fatima", "nkechi", "leo", "samuel", "ruth"}


def test_what_one_reads_one_may_be_noted_to_have_read(company, talks):
    said = talks.said(by="mei", to="tomas", readers="manager")
    for key, viewer in everybody(company).items():
        assert bool(policies.may_read(viewer, said)) == (key in {"mei", "tomas", "ana"}), key


def test_who_read_it_is_known_to_the_two_whom_it_concerns(company, talks):
    said = talks.said(by="mei", to="tomas", readers="manager")
    knows = {k for k, one in everybody(company).items() if policies.may_see_readings(one, said)}
    assert knows == {"mei", "tomas"}


def test_a_request_exists_for_the_three_whom_it_concerns(company, talks):
    asked = talks.asked(by="ana", of="mei", about="tomas")
    for key, viewer in everybody(company).items():
        seen = policies.requests_visible_to(viewer)
        assert type(asked).objects.filter(seen).exists() == (key in {"ana", "mei", "tomas"}), key


def test_managers_and_hr_watch_over_rhythms(company):
    watch = {k for k, one in everybody(company).items() if policies.may_watch_rhythms(one)}
    assert watch == {"nkechi", "leo", "nora", "ingrid", "ana", "amara", "fatima"}


def test_only_hr_administrators_bring_in_the_past(company):
    may = {k for k, one in everybody(company).items() if policies.may_bring_in_past(one)}
    assert may == {"ingrid"}


def test_who_has_yet_to_start_neither_talks_nor_asks(company, talks):
    priya = company.viewer("priya")
    for decision in (
        policies.may_talk(priya),
        policies.may_give(priya, company.ana),
        policies.may_ask_about(priya, company.priya),
        policies.may_open_series(priya, company.ana),
    ):
        assert "people who work here" in decision.reason


def test_others_keep_no_notes_on_a_talk(company, talks):
    meeting = talks.planned(talks.begun())
    assert "Only the two" in policies.may_keep_note(company.viewer("ingrid"), meeting).reason
    assert policies.may_keep_note(company.viewer("tomas"), meeting)


def test_a_rhythm_tells_no_word_of_a_talk(company, talks):
    row = talks.begun(purpose="Something private")
    talks.point(row, "A point that is private")
    page = company.client("ingrid").get("/talks/rhythms/").content.decode()
    assert "Tomás Silva" in page
    assert "private" not in page
