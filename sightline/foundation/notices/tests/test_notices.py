from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import gettext as _

from sightline.foundation.core.errors import Refused
from sightline.foundation.identity.models import Account
from sightline.foundation.jobs.models import Job
from sightline.foundation.jobs.testing import run_waiting_jobs
from sightline.foundation.notices import actions, jobs, kinds, letters, queries
from sightline.foundation.notices.models import Letter, Notice
from sightline.foundation.notices.notify import notify
from sightline.foundation.notices.rules import digest_due_since


@pytest.fixture(autouse=True)
def known_kinds(monkeypatch):
    monkeypatch.setattr(kinds, "KINDS", {})
    for module in (queries, actions, letters):
        monkeypatch.setattr(module, "KINDS", kinds.KINDS)
    kinds.register_kind("tests.news", "News", default="at once")
    kinds.register_kind("tests.gossip", "Gossip", default="daily")
    kinds.register_kind("tests.noise", "Noise", default="off")


@pytest.fixture
def ada(db):
    return Account.objects.create_user("ada@example.org", name="Ada", time_zone="Asia/Kolkata")


@pytest.fixture
def bob(db):
    return Account.objects.create_user("bob@example.org")


def tell(account, sentence="Something happened.", kind="tests.news", key=None, url="/people/"):
    return notify(account=account, kind=kind, sentence=sentence, url=url, key=key or sentence)


def at(monkeypatch, moment):
    for module in (jobs, actions):
        monkeypatch.setattr(module, "now", lambda: moment)


def test_a_thing_is_told_once_in_the_app_and_by_mail(ada, mailoutbox):
    assert tell(ada, key="x")
    assert tell(ada, key="x") is None
    run_waiting_jobs()
    assert Notice.objects.count() == len(mailoutbox) == 1
    assert run_waiting_jobs() == 0


def test_the_same_key_may_tell_several_people(ada, bob):
    assert tell(ada, key="x")
    assert tell(bob, key="x")


def test_a_letter_says_what_happened_where_to_see_it_and_how_to_stop_it(ada, mailoutbox, settings):
    settings.PUBLIC_URL = "https://sightline.example.org"
    tell(ada, "Mona is your manager <now>.")
    run_waiting_jobs()
    letter = mailoutbox[0]
    html = letter.alternatives[0][0]
    assert (letter.to, letter.subject) == (["ada@example.org"], "News")
    assert "Good day, Ada," in letter.body
    assert "Mona is your manager <now>." in letter.body
    assert "https://sightline.example.org/people/" in letter.body
    assert "Mona is your manager &lt;now&gt;." in html
    for text in (letter.body, html, letter.extra_headers["List-Unsubscribe"]):
        assert "https://sightline.example.org/notices/settings/" in text


def test_a_letter_is_written_in_the_time_zone_of_its_reader(ada, mailoutbox, monkeypatch):
    at(monkeypatch, datetime(2026, 3, 2, 20, 0, tzinfo=UTC))
    tell(ada)
    run_waiting_jobs()
    assert "3 March 2026, 01:30" in mailoutbox[0].body


def test_a_sentence_is_made_in_the_language_of_its_reader(ada):
    ada.language = "de"
    ada.save()
    assert tell(ada, lambda: _("Monday"), key="day").sentence == "Montag"


def test_who_has_left_is_told_nothing(ada, mailoutbox):
    tell(ada, "Written before.")
    Account.objects.update(is_active=False)
    ada.refresh_from_db()
    assert tell(ada, "Written after.") is None
    run_waiting_jobs()
    assert mailoutbox == []


def test_a_letter_whose_reader_left_before_it_was_sent_is_withdrawn(ada, mailoutbox):
    jobs.send_letter.enqueue(
        actions.post(account=ada, words=letters.Words("Hello", "Hello", ""), key="k").pk
    )
    Account.objects.update(is_active=False)
    run_waiting_jobs()
    assert mailoutbox == []
    assert Letter.objects.get().withdrawn_at


def test_a_letter_that_cannot_leave_is_tried_again_and_leaves_once(ada, mailoutbox, settings):
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    tell(ada)
    with pytest.raises(OSError, match="refused"):
        run_waiting_jobs()
    assert Letter.objects.get().sent_at is None
    settings.EMAIL_BACKEND = backend
    Job.objects.update(run_after=datetime(2020, 1, 1, tzinfo=UTC))
    run_waiting_jobs()
    letter = Letter.objects.get()
    assert (letter.attempts, len(mailoutbox)) == (2, 1)
    jobs.send_letter.enqueue(letter.pk)
    run_waiting_jobs()
    assert len(mailoutbox) == 1


def test_a_letter_has_the_same_message_id_however_often_it_is_sent(ada):
    letter = actions.post(account=ada, words=letters.Words("Hello", "Hello", ""), key="k")
    first, second = (letters.message_of(letter).message()["Message-ID"] for _time in range(2))
    assert first == second == letters.message_id("k")
    assert letters.message_id("other") != first


def test_a_subject_never_breaks_into_a_second_header(ada):
    words = letters.written(
        "notice", "Hello\nBcc: all@example.org", ada, {"notice": Notice(account=ada, at=None)}
    )
    assert words.subject == "Hello Bcc: all@example.org"


def test_a_person_chooses_when_mail_about_a_kind_comes(ada, mailoutbox):
    actions.choose(by=ada, kind="tests.news", choice="off")
    actions.choose(by=ada, kind="tests.noise", choice="at once")
    tell(ada, "News.", "tests.news")
    tell(ada, "Noise.", "tests.noise")
    run_waiting_jobs()
    assert [mail.subject for mail in mailoutbox] == ["Noise"]
    assert queries.unread_count(ada) == 2
    actions.choose(by=ada, kind="tests.noise", choice="off")
    assert {kind.name: choice for kind, choice in queries.choices_of(ada)} == {
        "tests.news": "off",
        "tests.gossip": "daily",
        "tests.noise": "off",
    }


def test_an_unknown_choice_or_kind_is_refused(ada):
    with pytest.raises(Refused):
        actions.choose(by=ada, kind="tests.news", choice="hourly")
    with pytest.raises(Refused):
        actions.choose(by=ada, kind="tests.unheard", choice="off")
    with pytest.raises(LookupError, match="no app registered"):
        tell(ada, kind="tests.unheard")


@pytest.mark.parametrize("url", ["https://elsewhere.example", "//elsewhere.example", "people/"])
def test_a_notice_leads_to_a_page_of_ours(ada, url):
    with pytest.raises(ValueError, match="a page of ours"):
        tell(ada, url=url)


def test_a_long_sentence_is_cut_rather_than_lost(ada):
    assert len(tell(ada, "word " * 400, key="long").sentence) == 1000


# ── The daily digest ──────────────────────────────────────────────────────────────────────────

MORNING_IN_KOLKATA = datetime(2026, 3, 3, 1, 30, tzinfo=UTC)  # 07:00 there


def digests_at(monkeypatch, moment):
    at(monkeypatch, moment)
    jobs.write_digests.enqueue()
    run_waiting_jobs()


def test_a_digest_comes_at_seven_in_the_morning_of_its_reader(ada, mailoutbox, monkeypatch):
    at(monkeypatch, MORNING_IN_KOLKATA - timedelta(hours=10))
    tell(ada, "First.", "tests.gossip")
    tell(ada, "Second.", "tests.gossip")
    digests_at(monkeypatch, MORNING_IN_KOLKATA - timedelta(minutes=15))
    assert mailoutbox == []
    digests_at(monkeypatch, MORNING_IN_KOLKATA)
    assert [mail.subject for mail in mailoutbox] == ["2 notices for you"]
    assert "First." in mailoutbox[0].body
    assert "Second." in mailoutbox[0].alternatives[0][0]
    digests_at(monkeypatch, MORNING_IN_KOLKATA + timedelta(minutes=15))
    assert len(mailoutbox) == 1


def test_a_digest_that_was_missed_comes_late_the_same_day(ada, mailoutbox, monkeypatch):
    at(monkeypatch, MORNING_IN_KOLKATA - timedelta(hours=1))
    tell(ada, "First.", "tests.gossip")
    digests_at(monkeypatch, MORNING_IN_KOLKATA + timedelta(hours=9))
    assert len(mailoutbox) == 1


def test_what_comes_after_seven_waits_for_the_next_morning(ada, mailoutbox, monkeypatch):
    at(monkeypatch, MORNING_IN_KOLKATA + timedelta(minutes=1))
    tell(ada, "First.", "tests.gossip")
    digests_at(monkeypatch, MORNING_IN_KOLKATA + timedelta(hours=5))
    assert mailoutbox == []
    digests_at(monkeypatch, MORNING_IN_KOLKATA + timedelta(days=1))
    assert len(mailoutbox) == 1


def test_what_was_read_meanwhile_is_not_in_the_digest(ada, mailoutbox, monkeypatch):
    at(monkeypatch, MORNING_IN_KOLKATA - timedelta(hours=1))
    actions.mark_read(by=ada, notice=tell(ada, "Read.", "tests.gossip"))
    digests_at(monkeypatch, MORNING_IN_KOLKATA)
    assert mailoutbox == []


def test_there_is_no_digest_for_who_has_left(ada, mailoutbox, monkeypatch):
    at(monkeypatch, MORNING_IN_KOLKATA - timedelta(hours=1))
    tell(ada, "First.", "tests.gossip")
    Account.objects.update(is_active=False)
    digests_at(monkeypatch, MORNING_IN_KOLKATA)
    assert mailoutbox == []


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        ("2026-03-29T04:59+00:00", None),
        ("2026-03-29T05:00+00:00", "2026-03-29T07:00+02:00"),
        ("2026-03-28T05:30+00:00", None),
        ("2026-03-28T23:30+00:00", None),
        ("2026-03-28T22:30+00:00", "2026-03-28T07:00+01:00"),
    ],
)
def test_seven_in_the_morning_is_local_through_changes_of_the_clock(moment, due):
    found = digest_due_since(datetime.fromisoformat(moment), ZoneInfo("Europe/Berlin"))
    assert found == (due and datetime.fromisoformat(due))


def test_an_unknown_time_zone_is_that_of_the_installation(ada):
    ada.time_zone = "Moon/Sea of Tranquility"
    assert letters.zone_of(ada) == ZoneInfo("UTC")
