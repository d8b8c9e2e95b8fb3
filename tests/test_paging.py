import pytest

from sightline.foundation.core.paging import page_after
from sightline.people.models import Competency

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    Competency.objects.bulk_create(
        Competency(code=f"C{n:03}", name=f"Craft {n % 7}") for n in range(60)
    )
    return Competency.objects.all()


@pytest.mark.parametrize("by", [("name", "id"), ("-name", "-id"), ("name", "-id")])
def test_every_row_is_met_once_in_order(rows, by):
    met, token = [], ""
    while True:
        page = page_after(rows, token, by=by, size=7)
        met += [row.pk for row in page.rows]
        token = page.next
        if not token:
            break
    assert met == list(rows.order_by(*by).values_list("pk", flat=True))


@pytest.mark.parametrize(
    "token",
    [
        "?",
        "eyJ9",
        "W10",
        "WyJ4IiwgIngiXQ",
        "WzEsIDk5OTk5OTk5OTk5OTk5OTk5OTk5OTld",
        "W251bGwsIG51bGxd",
    ],
)
def test_a_token_that_is_not_ours_starts_from_the_top(rows, token):
    page = page_after(rows, token, by=("name", "id"), size=5)
    assert [row.pk for row in page.rows] == list(
        rows.order_by("name", "id").values_list("pk", flat=True)[:5]
    )
