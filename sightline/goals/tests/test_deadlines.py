"""By when goals are to be agreed, and who is reminded; docs/rules/catchball.md says what is so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sightline.foundation.core.errors import Refused
from sightline.foundation.ledger.models import Record
from sightline.foundation.ledger.queries import event_of
from sightline.foundation.notices.models import Notice
from sightline.goals.actions import catchball
from sightline.goals.actions.deadlines import remind_of_proposals
from sightline.goals.actions.periods import change_period, close_period
from sightline.goals.models import Period, Side
from sightline.goals.policies import standing_on
from sightline.goals.queries.owners import speakers
from sightline.goals.queries.proposals import agree_by_of, open_proposals
from sightline.goals.rules.catchball import agree_by, timing
from sightline.goals.tests.making import a_period, a_text, agreed, fresh, proposed
from sightline.goals.tests.test_document import table

DAY = timedelta(days=1)


def day(text: str) -> date | None:
    return None if text == "–" else date.fromisoformat(text)


@pytest.mark.parametrize("row", table("catchball.md", "put forward on"))
def test_the_day_is_as_the_table_says(row):
    assert agree_by(date(2027, 1, 15), date.fromisoformat(row[0])) == date.fromisoformat(row[1])
    assert agree_by(None, date.fromisoformat(row[0])) is None


@pytest.mark.parametrize("row", table("catchball.md", "to be agreed by", "today"))
def test_how_near_it_is_is_as_the_table_says(row):
    assert timing(day(row[0]), date.fromisoformat(row[1])) == row[2]


def reminders(company, key):
    rows = Notice.objects.filter(account=company.account(key), kind="goals.reminders")
    return [one.sentence for one in rows.order_by("pk")]


def set_day(company, period, on):
    said = {"cadence_days": period.cadence_days, "standing_percent": period.standing_percent}
    change_period(by=company.viewer("ingrid"), period=period, agree_by_on=on, **said)


@pytest.mark.django_db
class TestPeriods:
    def test_a_period_says_by_when_its_goals_are_agreed(self, company):
        period = a_period(company)
        assert period.agree_by_on == period.from_on + 14 * DAY
        none = a_period(company, name="Another", agree_within_days=None)
        assert none.agree_by_on is None
        short = a_period(company, name="Short", until_on=period.from_on + 5 * DAY)
        assert short.agree_by_on == period.from_on + 4 * DAY

    def test_hr_chooses_another_day_or_none_and_the_ledger_says_so(self, company):
        period = a_period(company)
        set_day(company, period, period.from_on - 30 * DAY)
        assert Period.objects.get().agree_by_on == period.from_on - 30 * DAY
        said = event_of(Record.objects.filter(kind="goals.PeriodChanged").latest("pk"))
        assert "its goals are to be agreed by" in said.sentence()
        set_day(company, period, None)
        said = event_of(Record.objects.filter(kind="goals.PeriodChanged").latest("pk"))
        assert "took the day" in said.sentence()
        set_day(company, period, None)
        said = event_of(Record.objects.filter(kind="goals.PeriodChanged").latest("pk"))
        assert said.sentence() == "changed the period This half"

    @pytest.mark.parametrize("days", [-185, 400])
    def test_a_day_far_from_the_period_is_refused_beside_the_field(self, company, days):
        period = a_period(company)
        with pytest.raises(Refused, match="Choose a day from") as refusal:
            set_day(company, period, period.from_on + days * DAY)
        assert refusal.value.reasons[0][0] == "agree_by_on"

    def test_the_pages_take_a_number_of_days_and_then_a_day(self, company):
        hr = company.client("ingrid")
        said = {"name": "Q9", "kind": "quarter", "cadence_days": 14, "standing_percent": 30}
        first = company.today + 30 * DAY
        said |= {"from_on": str(first), "last_on": str(first + 80 * DAY), "agree_within_days": ""}
        assert hr.post("/goals/periods/new/", said).status_code == 302
        period = Period.objects.get(name="Q9")
        assert period.agree_by_on is None
        page = f"/goals/periods/{period.pk}/change/"
        late = {"cadence_days": 14, "standing_percent": 30, "agree_by_on": str(period.until_on)}
        refused = hr.post(page, late)
        assert refused.status_code == 422
        assert "Choose a day from" in refused.content.decode()
        assert hr.post(page, late | {"agree_by_on": str(first)}).status_code == 302
        assert Period.objects.get(name="Q9").agree_by_on == first


@pytest.mark.django_db
class TestReminders:
    def test_whose_turn_it_is_is_reminded_once_before_and_once_after(self, company):
        proposed(company.viewer("mei"), a_period(company))
        assert remind_of_proposals(company.today + 3 * DAY) == 0
        assert remind_of_proposals(company.today + 4 * DAY) == 1
        assert remind_of_proposals(company.today + 7 * DAY) == 0
        assert remind_of_proposals(company.today + 8 * DAY) == 1
        assert remind_of_proposals(company.today + 30 * DAY) == 0
        soon, passed = reminders(company, "ana")
        assert "is to be agreed by" in soon
        assert "was to be agreed by" in passed
        assert reminders(company, "mei") == []

    def test_passing_it_back_moves_the_turn_and_not_the_day(self, company):
        period = a_period(company)
        goal = proposed(company.viewer("mei"), period)
        text = a_text(period, weight_percent=40)
        catchball.revise(by=company.viewer("ana"), goal=goal, text=text, reason="More work.")
        remind_of_proposals(company.today + 5 * DAY)
        assert len(reminders(company, "mei")) == 1
        assert reminders(company, "ana") == []

    def test_a_change_to_what_was_agreed_is_a_proposal_of_its_own(self, company):
        period = a_period(company)
        mei, ana = company.viewer("mei"), company.viewer("ana")
        goal = agreed(mei, ana, period)
        assert list(open_proposals()) == []
        catchball.revise(by=mei, goal=goal, text=a_text(period, weight_percent=40), reason="More.")
        [one] = open_proposals()
        assert agree_by_of(one) == company.today + 7 * DAY

    def test_nobody_is_reminded_without_a_day_or_in_a_closed_period(self, company):
        period = a_period(company)
        proposed(company.viewer("mei"), period)
        set_day(company, period, None)
        assert remind_of_proposals(company.today + 8 * DAY) == 0
        set_day(company, period, period.from_on)
        close_period(by=company.viewer("ingrid"), period=period)
        assert remind_of_proposals(company.today + 8 * DAY) == 0

    def test_who_speaks_for_a_side_is_the_same_read_at_once_or_one_by_one(self, company):
        period = a_period(company)
        goals = [
            proposed(company.viewer("mei"), period),
            proposed(company.viewer("ana"), period, unit=company.units["PLAT"]),
            proposed(company.viewer("ana"), period, employee=company.tomas),
        ]
        found = standing_on(goals, company.today)
        for goal in goals:
            for side in Side:
                alone = sorted(one.pk for one in speakers(goal, side, company.today))
                assert found[goal.pk, side] == alone
                assert alone

    def test_the_page_says_that_the_day_has_passed(self, company):
        goal = proposed(company.viewer("mei"), a_period(company))
        period = goal.period
        goal.revisions.update(written_at=goal.changed_at - 20 * DAY)
        set_day(company, period, company.today - 3 * DAY)
        page = company.client("ana").get(f"/goals/{goal.pk}/").content.decode()
        assert "It was to be agreed by" in page
        assert "It still can be" in page
        set_day(company, period, company.today + 3 * DAY)
        assert "To be agreed by" in company.client("mei").get(f"/goals/{goal.pk}/").content.decode()
        assert fresh(goal).turn == "lead"
