import pytest
from django.urls import reverse

from sightline.foundation.identity.models import Account
from sightline.foundation.notices import kinds, queries
from sightline.foundation.notices.models import Notice
from sightline.foundation.notices.notify import notify


@pytest.fixture(autouse=True)
def known_kind(monkeypatch):
    monkeypatch.setitem(
        kinds.KINDS, "tests.news", kinds.Kind("tests.news", "News", kinds.Choice.DAILY)
    )


@pytest.fixture
def ada(db):
    return Account.objects.create_user("ada@example.org", name="Ada")


@pytest.fixture
def page(client, ada):
    client.force_login(ada)
    return client


def tell(account, count=1):
    return [
        notify(account=account, kind="tests.news", sentence=f"News {n}.", url="/", key=str(n))
        for n in range(count)
    ]


def test_an_empty_list_says_so(page):
    assert "Nothing to read" in page.get(reverse("notices:list")).content.decode()


def test_opening_a_notice_reads_it_and_leads_to_its_page(page, ada):
    [notice] = tell(ada)
    assert "News 0." in page.get(reverse("notices:list")).content.decode()
    answer = page.post(reverse("notices:reading", args=[notice.pk]), {"open": "1"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert queries.unread_count(ada) == 0


def test_a_notice_may_be_read_without_leaving_the_list(page, ada):
    [notice] = tell(ada)
    answer = page.post(reverse("notices:reading", args=[notice.pk]))
    assert answer["Location"] == reverse("notices:list")
    first_read = Notice.objects.get().read_at
    page.post(reverse("notices:reading", args=[notice.pk]))
    assert Notice.objects.get().read_at == first_read


def test_the_notices_of_others_do_not_exist(page):
    bob = Account.objects.create_user("bob@example.org")
    [notice] = tell(bob)
    assert page.post(reverse("notices:reading", args=[notice.pk])).status_code == 404
    assert "News" not in page.get(reverse("notices:list")).content.decode()
    page.post(reverse("notices:reading_of_all"))
    assert queries.unread_count(bob) == 1


def test_all_may_be_read_at_once(page, ada):
    tell(ada, 3)
    page.post(reverse("notices:reading_of_all"))
    assert queries.unread_count(ada) == 0


def test_unread_come_first_and_pages_neither_repeat_nor_leave_out(ada):
    told = tell(ada, 7)
    Notice.objects.filter(pk__in=[told[5].pk, told[6].pk, told[0].pk]).update(read_at=told[0].at)
    seen, after = [], ""
    while True:
        found = queries.page_of(ada, after=after, size=2)
        seen += [notice.key for notice in found.notices]
        if not (after := found.after):
            break
    assert seen == ["4", "3", "2", "1", "6", "5", "0"]


@pytest.mark.parametrize(
    "mark", ["x", "unread-", "read-1e9", "-", "unread-99999999999999999999999"]
)
def test_a_mark_that_makes_no_sense_is_the_first_page(page, ada, mark):
    tell(ada)
    answer = page.get(reverse("notices:list"), {"after": mark})
    assert "News 0." in answer.content.decode()


def test_a_long_list_leads_on_to_older_ones(page, ada):
    tell(ada, queries.PAGE_SIZE + 1)
    first = page.get(reverse("notices:list"))
    assert "Show more" in first.content.decode()
    after = first.context["page"].after
    second = page.get(reverse("notices:list"), {"after": after}).content.decode()
    assert "News 0." in second
    assert "News 1." not in second


def test_mail_is_chosen_by_kind(page, ada):
    where = reverse("notices:settings")
    assert "News" in page.get(where).content.decode()
    answers = {kind.name: "off" for kind, _choice in queries.choices_of(ada)}
    assert page.post(where, answers).status_code == 302
    assert queries.choice_of(ada, kinds.KINDS["tests.news"]) == "off"


def test_a_choice_that_is_not_offered_is_refused_beside_its_question(page, ada):
    answer = page.post(reverse("notices:settings"), {"tests.news": "hourly"})
    assert answer.status_code == 422
    assert "field__error" in answer.content.decode()
    assert queries.choice_of(ada, kinds.KINDS["tests.news"]) == "daily"


def test_the_pages_need_somebody_who_is_signed_in(client, db):
    assert client.get(reverse("notices:list")).status_code == 302
